"""The forms of plans, yearly orientations and efforts, and of what is put in an effort's place."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.agreements.choices import EffortState, Responsible
from tillit.agreements.models import Commitment, Measure
from tillit.agreements.planning import fingerprint
from tillit.kit.bounds import Edge
from tillit.kit.forms import EVERYBODY, ProseField, SealedForm, WritingForm
from tillit.kit.part_days import PartDayField
from tillit.kit.widgets import LongSelect
from tillit.register.models import Organisation

WHEN_ADOPTED = _("The parties see this, and everybody once it has been adopted.")
LONGEST = 20_000


class NounForm(SealedForm):
    """A form of a row. `columns` are those of its fields that the row has too."""

    columns: Sequence[str] = ()

    @classmethod
    def standing_of(cls, row: Any) -> dict[str, Any]:
        """What the row holds, as the form shows it."""
        return {name: plain(getattr(row, name)) for name in cls.columns}

    @property
    def new(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.columns}


def plain(value: Any) -> Any:
    return "" if value is None else value


class PlanForm(NounForm):
    title = forms.CharField(label=_("Title"), max_length=200)
    start = PartDayField(label=_("From"), edge=Edge.START)
    end = PartDayField(label=_("Until"), edge=Edge.END, required=False)
    text = ProseField(label=_("What it says"), max_length=LONGEST, required=False)

    columns = ("title", "start", "end", "text")
    audience = dict.fromkeys(columns, WHEN_ADOPTED)


class AreaForm(NounForm):
    year = forms.IntegerField(label=_("Year"), min_value=1900, max_value=2200)
    title = forms.CharField(label=_("Focus area"), max_length=200)
    text = ProseField(label=_("What it is about"), max_length=LONGEST, required=False)

    columns = ("year", "title", "text")
    audience = dict.fromkeys(columns, WHEN_ADOPTED)


class OrientationForm(NounForm):
    year = forms.IntegerField(label=_("Year"), min_value=1900, max_value=2200)
    title = forms.CharField(label=_("Title"), max_length=200)
    dialogue = forms.CharField(
        label=_("Prepared in dialogue with"),
        help_text=_("In words, such as “the steering group and the members of the network”."),
        max_length=300,
        required=False,
    )
    text = ProseField(label=_("What it says"), max_length=LONGEST, required=False)

    columns = ("year", "title", "dialogue", "text")
    audience = dict.fromkeys(columns, WHEN_ADOPTED)


class AdoptionForm(WritingForm):
    """Who adopted it, and when, as one side says. It stands when the other says so too."""

    decided_by = forms.CharField(
        label=_("Who adopted it?"),
        help_text=_("In words, such as “the steering group, § 12”."),
        max_length=200,
    )
    dated = PartDayField(label=_("Adopted on"), edge=Edge.START)

    audience = dict.fromkeys(("decided_by", "dated"), EVERYBODY)


class ConfirmationForm(WritingForm):
    """That it was adopted as the other side says, and as it stood when the page was opened."""

    stood = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, standing: str) -> None:
        self.standing = standing
        super().__init__(data, initial={"stood": standing})

    @staticmethod
    def standing_of(row: Any) -> str:
        return fingerprint(row)

    def clean(self) -> None:
        if self.cleaned_data["stood"] != self.standing:
            raise forms.ValidationError(
                _("It has been changed since you opened the page. Look at it anew.")
            )


class ReturnForm(WritingForm):
    reason = forms.CharField(
        label=_("Reason"), help_text=_("Both sides read it in the list of changes."), max_length=400
    )

    audience = {"reason": WHEN_ADOPTED}


class RemovalForm(WritingForm):
    reason = forms.CharField(label=_("Reason"), max_length=400)

    audience = {"reason": WHEN_ADOPTED}


class Choices:
    """What an effort may name: who can lead it, and the measures and commitments that it may serve."""

    def __init__(
        self,
        leads: Sequence[Organisation],
        measures: Sequence[Measure],
        commitments: Sequence[Commitment],
    ) -> None:
        self.leads = {it.key: it for it in leads}
        self.measures = {it.key: it for it in measures}
        self.commitments = {it.key: it for it in commitments}

    @property
    def for_lead(self) -> list[tuple[str, str]]:
        return [("", "–"), *((key, it.name) for key, it in self.leads.items())]

    @property
    def for_measures(self) -> list[tuple[str, str]]:
        return [(key, f"{it} ({it.version.label})") for key, it in self.measures.items()]

    @property
    def for_commitments(self) -> list[tuple[str, str]]:
        return [
            (key, f"{it.get_side_display()}: {it} ({it.version.label})")
            for key, it in self.commitments.items()
        ]


class EffortForm(NounForm):
    title = forms.CharField(label=_("Effort"), max_length=200)
    text = ProseField(label=_("What is done"), max_length=LONGEST, required=False)
    responsible = forms.ChoiceField(
        label=_("Who answers for it?"), choices=Responsible.choices, widget=forms.RadioSelect
    )
    lead = forms.ChoiceField(
        label=_("Led by"),
        help_text=_("One of the parties, or of those who have joined."),
        widget=LongSelect,
        required=False,
    )
    measures = forms.MultipleChoiceField(
        label=_("Measures that it serves"), widget=forms.CheckboxSelectMultiple, required=False
    )
    commitments = forms.MultipleChoiceField(
        label=_("Promises that it serves"), widget=forms.CheckboxSelectMultiple, required=False
    )

    columns = ("title", "text", "responsible")
    audience = dict.fromkeys((*columns, "lead", "measures", "commitments"), WHEN_ADOPTED)

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        self.choices = choices
        super().__init__(*args, **kwargs)

    def arrange(self) -> None:
        fields: Any = self.fields
        fields["lead"].choices = self.choices.for_lead
        for name, choices in (
            ("measures", self.choices.for_measures),
            ("commitments", self.choices.for_commitments),
        ):
            fields[name].choices = choices
            if not choices:
                del fields[name]

    @classmethod
    def standing_of(cls, row: Any) -> dict[str, Any]:
        found = super().standing_of(row)
        found["lead"] = row.lead.key if row.lead else ""
        for name in ("measures", "commitments"):
            found[name] = sorted(it.key for it in getattr(row, name).all()) if row.pk else []
        return found

    @property
    def new(self) -> dict[str, Any]:
        said, known = self.cleaned_data, self.choices
        sets: dict[str, Any] = {
            name: [getattr(known, name)[key] for key in said[name]]
            for name in ("measures", "commitments")
            if name in said
        }
        return {**super().new, "lead": known.leads.get(said["lead"]), **sets}


class StateForm(SealedForm):
    state = forms.ChoiceField(
        label=_("How far has it come?"),
        choices=[it for it in EffortState.choices if it[0] != EffortState.SET_ASIDE],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("What has happened, for the list of changes."),
        max_length=400,
        required=False,
    )

    audience = dict.fromkeys(("state", "reason"), EVERYBODY)


class InsteadForm(WritingForm):
    """What takes the place of an effort during the year, or that nothing does; and why."""

    title = forms.CharField(
        label=_("What is done instead"),
        help_text=_("Leave it empty if nothing takes its place."),
        max_length=200,
        required=False,
    )
    text = ProseField(label=_("More about it"), max_length=LONGEST, required=False)
    reason = ProseField(label=_("Why?"), max_length=4000)
    decided_by = forms.CharField(
        label=_("Who decided?"),
        help_text=_("In words, such as “the steering group, § 12”."),
        max_length=200,
    )
    dated = PartDayField(label=_("Decided on"), edge=Edge.START)

    audience = dict.fromkeys(("title", "text", "reason", "decided_by", "dated"), EVERYBODY)
