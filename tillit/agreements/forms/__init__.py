from tillit.agreements.forms.asking import ComparisonForm, DayForm

__all__ = ["ComparisonForm", "DayForm"]
