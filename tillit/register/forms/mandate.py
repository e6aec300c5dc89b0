"""Ending mandates, and changing how far they reach."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.kit.days import DayField
from tillit.kit.forms import WritingForm
from tillit.register.choices import LADDER, Extent
from tillit.register.models import Mandate

NOW, LATER = "now", "later"


class Day(DayField):
    """A day that is chosen in the browser's calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class EndForm(WritingForm):
    """When, and why. Whether at once, or at the end of a last day."""

    when = forms.ChoiceField(
        label=gettext_lazy("When?"),
        choices=[
            (NOW, gettext_lazy("Now, at once")),
            (LATER, gettext_lazy("At the end of a last day")),
        ],
        widget=forms.RadioSelect,
        initial=LATER,
    )
    last_day = Day(label=gettext_lazy("Last day"), required=False)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=400, required=False)
    suggestion = forms.CharField(
        label=gettext_lazy("Who could take over?"),
        help_text=gettext_lazy("Those who decide get this by mail."),
        max_length=200,
        required=False,
    )
    knowing = forms.BooleanField(
        label=gettext_lazy("I know that nobody is left in the secretariat then"), required=False
    )

    audience = {
        "reason": gettext_lazy(
            "Whoever loses the mandate, those who act for the organisation and its secretariat see this."
        )
    }

    def __init__(
        self, *args: Any, mandate: Mandate, today: date, own: bool, lonely: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.mandate, self.today = mandate, today
        self.fields["last_day"].initial = max(today, mandate.certain_from)
        if not own:
            del self.fields["suggestion"]
        if not lonely:
            del self.fields["knowing"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("when") == LATER and "last_day" not in self.errors:
            self._check(said.get("last_day"))
        return said

    def _check(self, day: date | None) -> None:
        if day is None:
            self.add_error("last_day", _("Write the last day."))
        elif day < self.today:
            self.add_error("last_day", _("The last day is today or later."))
        elif day < self.mandate.certain_from:
            self.add_error("last_day", _("The mandate has not begun then. End it at once instead."))
        elif day > self.mandate.certain_until:
            self.add_error("last_day", _("It ends before that already."))

    @property
    def until(self) -> date | None:
        """None: at once."""
        said = self.cleaned_data
        return said["last_day"] if said["when"] == LATER else None


class ExtentForm(WritingForm):
    extent = forms.ChoiceField(label=gettext_lazy("How far"), widget=forms.RadioSelect)

    audience = {
        "extent": gettext_lazy("Those who act for the organisation, and its secretariat, see this.")
    }

    def __init__(self, *args: Any, mandate: Mandate, labels: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        extent: Any = self.fields["extent"]
        extent.choices = [(it.value, labels(it)) for it in LADDER]
        extent.initial = mandate.extent
        self.mandate = mandate

    @property
    def chosen(self) -> Extent:
        return Extent(self.cleaned_data["extent"])
