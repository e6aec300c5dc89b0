from tillit.intake.forms.bringing import BringingForm
from tillit.intake.forms.reading import ReadingForm

__all__ = ["BringingForm", "ReadingForm"]
