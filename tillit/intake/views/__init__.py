from tillit.intake.views.bringing import intakes, new
from tillit.intake.views.confirmation import confirmation, undoing
from tillit.intake.views.intake import intake, removal
from tillit.intake.views.reading import reading
from tillit.intake.views.rows import rows, suggestions

__all__ = [
    "confirmation",
    "intake",
    "intakes",
    "new",
    "reading",
    "removal",
    "rows",
    "suggestions",
    "undoing",
]
