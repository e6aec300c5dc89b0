from tillit.kit.models.activity import Activity, Verb
from tillit.kit.models.dated import Dated, DatedQuerySet
from tillit.kit.models.happened import Happened
from tillit.kit.models.linked import Linked
from tillit.kit.models.made_document import MadeDocument
from tillit.kit.models.row import Row
from tillit.kit.models.source import Citation, Source
from tillit.kit.models.stated_figure import Looseness, StatedFigure
from tillit.kit.models.stored_file import StoredFile

__all__ = [
    "Activity",
    "Citation",
    "Dated",
    "DatedQuerySet",
    "Happened",
    "Linked",
    "Looseness",
    "MadeDocument",
    "Row",
    "Source",
    "StatedFigure",
    "StoredFile",
    "Verb",
]
