"""The forms by which a side tells how it goes: statuses, and what came of a year."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.agreements.choices import MeasureState
from tillit.agreements.forms.part import PartForm
from tillit.agreements.forms.wording import markdown_field
from tillit.agreements.models import CommitmentFollowUp, MeasureFollowUp, MeasureStatus
from tillit.kit.bounds import Edge
from tillit.kit.editing.choices import Deed
from tillit.kit.forms import ProseField
from tillit.kit.part_days import PartDayField


class StatusForm(PartForm):
    """How it goes with a measure, as the viewer's side sees it."""

    slug, one, several = "lage", _("How it goes"), _("How it goes")
    model, own = MeasureStatus, ("status", "dated", "reason")
    all_deeds = (Deed.ADD,)
    hints = {Deed.ADD: _("You say this for your own side. The other side says what it thinks.")}

    status = forms.ChoiceField(
        label=_("How it goes"), choices=[("", _("Choose …")), *MeasureState.choices]
    )
    dated = PartDayField(label=_("Since when?"), edge=Edge.START)
    reason = ProseField(  # type: ignore[assignment] # a field, which Django takes out of the class
        label=_("Why"), required=False, max_length=2000
    )

    def __init__(self, sitting: Any, data: Any = None, initial: Any = None) -> None:
        self.measure = sitting.measure
        super().__init__(sitting, data, initial)

    def belong(self, row: Any) -> None:
        row.measure, row.side = self.measure, self.sitting.side

    @property
    def heading(self) -> str:
        return f"{self.one}: {self.measure}"


class FollowUpForm(PartForm):
    """A year's text by the viewer's side."""

    all_deeds = (Deed.ADD, Deed.CORRECT, Deed.REMOVE)
    own: ClassVar[tuple[str, ...]] = ("text",)
    prose: ClassVar[tuple[str, ...]] = ("text",)
    hints = {
        Deed.REMOVE: _("The year's text is taken away. It can be undone."),
    }

    text = markdown_field(_("What came of it"))

    @property
    def year(self) -> int:
        sitting: Any = self.sitting
        return int(sitting.year)

    @property
    def told_of(self) -> Any:
        """The measure or the commitment."""
        sitting: Any = self.sitting
        return sitting.told_of

    @property
    def heading(self) -> str:
        return f"{self.told_of}, {self.year}"


class MeasureFollowUpForm(FollowUpForm):
    slug, one, several = "uppfoljning", _("Follow-up"), _("Follow-ups")
    model = MeasureFollowUp
    own = prose = ("text", "open_points")

    open_points = markdown_field(_("What remains to be done or decided"), required=False, rows=5)

    def belong(self, row: Any) -> None:
        row.measure, row.year, row.side = self.told_of, self.year, self.sitting.side

    @property
    def key_by_nonce(self) -> str:
        return f"{self.told_of.key}.{self.year}.{self.sitting.side}"


class CommitmentFollowUpForm(FollowUpForm):
    slug, one, several = "uppfoljning", _("Follow-up"), _("Follow-ups")
    model = CommitmentFollowUp

    def belong(self, row: Any) -> None:
        row.commitment, row.year = self.told_of, self.year

    @property
    def key_by_nonce(self) -> str:
        return f"{self.told_of.key}.{self.year}"
