from tillit.agreements.views.impact.checks import check, checks
from tillit.agreements.views.impact.editing import answer, edit_check, new_check

__all__ = ["answer", "check", "checks", "edit_check", "new_check"]
