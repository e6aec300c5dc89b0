from tillit.site.views.background import background
from tillit.site.views.backups import backup_key, backup_now
from tillit.site.views.components import components
from tillit.site.views.desk import desk
from tillit.site.views.documents import document, document_removal, new_document
from tillit.site.views.exports import export_file, export_removal, exports
from tillit.site.views.guide import administrator, done, guide, step
from tillit.site.views.installation_settings import installation_settings, setting
from tillit.site.views.logo import logo
from tillit.site.views.mail_settings import mail_settings, new_bounce_token
from tillit.site.views.search import search
from tillit.site.views.sources import source, source_list
from tillit.site.views.start import start
from tillit.site.views.suggestions import suggestions
from tillit.site.views.timeline import timeline

__all__ = [
    "administrator",
    "background",
    "backup_key",
    "backup_now",
    "components",
    "desk",
    "document",
    "document_removal",
    "done",
    "export_file",
    "export_removal",
    "exports",
    "guide",
    "installation_settings",
    "logo",
    "mail_settings",
    "new_bounce_token",
    "new_document",
    "search",
    "setting",
    "source",
    "source_list",
    "start",
    "step",
    "suggestions",
    "timeline",
]
