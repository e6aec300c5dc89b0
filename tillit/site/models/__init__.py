from tillit.site.models.backup_place import BackupPlace, BackupRun
from tillit.site.models.export import Export
from tillit.site.models.first_run import FirstCode, FirstRun, Postponement
from tillit.site.models.installation import Installation

__all__ = [
    "BackupPlace",
    "BackupRun",
    "Export",
    "FirstCode",
    "FirstRun",
    "Installation",
    "Postponement",
]
