from tillit.site.models.backup_place import BackupPlace
from tillit.site.models.first_run import FirstCode, FirstRun, Postponement
from tillit.site.models.installation import Installation

__all__ = ["BackupPlace", "FirstCode", "FirstRun", "Installation", "Postponement"]
