"""The forms of what a version consists of."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tillit.agreements import numbering
from tillit.agreements.choices import AimKind
from tillit.agreements.forms.part import PartForm
from tillit.agreements.models import (
    Aim,
    Commitment,
    Definition,
    Measure,
    Principle,
    Section,
    Version,
)
from tillit.agreements.models.numbered import Numbered
from tillit.kit.editing.choices import Deed
from tillit.kit.forms import ProseField, Text
from tillit.kit.together import Together
from tillit.register.forms.organisation_field import OrganisationField

MARKDOWN = _("You can write *emphasis*, lists with - and links as [text](address).")
LONGEST = 40_000
NUMBER = {"attrs": {"inputmode": "numeric", "class": "field__short"}}


def markdown_field(
    label: Any, *, required: bool = True, longest: int = LONGEST, rows: int = 10
) -> ProseField:
    field = ProseField(label=label, required=required, max_length=longest, help_text=MARKDOWN)
    field.widget.attrs["rows"] = rows
    return field


def whole_number() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Its number"), min_value=1, max_value=999, widget=forms.TextInput(**NUMBER)
    )


def room_field() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("If the number is taken, move those that follow one step"), required=False
    )


class NumberedForm(PartForm):
    """A part that is counted. A new one gets the next number, or takes one and moves the others."""

    only_new = ("room",)

    def arrange(self) -> None:
        super().arrange()
        self.order_fields([name for name in self.fields if name != "room"])
        self.audience = {it: who for it, who in self.audience.items() if it != "room"}

    def fit(self) -> None:
        if self.sitting.deed is Deed.ADD:
            like = "1" if self.model is Section else 1
            numbers = [row.number for row in self.beside()]
            self.initial.setdefault("number", numbering.next_number(numbers, like))

    def beside(self) -> list[Any]:
        """Those that it is counted with."""
        rows: Any = self.model._default_manager  # noqa: SLF001
        return list(rows.filter(version=self.sitting.owner))

    def carry_out(self, it: Together) -> None:
        if self.cleaned_data.get("room"):
            for row, number in numbering.making_room(self.beside(), self.cleaned_data["number"]):
                it.change(row, {"number": number})
        super().carry_out(it)


class VersionForm(PartForm):
    slug, one, several = "uppgifter", _("Title and description"), _("Title and description")
    model, own = Version, ("label", "title", "description")
    all_deeds = (Deed.CORRECT,)
    prose = ("description",)

    label = forms.CharField(
        label=_("What the version is called"),
        max_length=80,
        help_text=_("Briefly, such as 2027 or Revised 2027."),
    )
    title = forms.CharField(label=_("What stands at its head"), max_length=300, required=False)
    description = markdown_field(_("Description"), required=False, longest=4000, rows=4)

    def bounds(self) -> list[tuple[str, Text, bool]]:
        """From when it is in force is said when it is adopted."""
        return []

    @classmethod
    def held_by(cls, row: Any) -> dict[str, Any]:
        return {name: cls.read(row, name) for name in cls.own}


class SectionForm(NumberedForm):
    slug, one, several = "avsnitt", _("Section"), _("Sections")
    model, own = Section, ("number", "heading", "text")
    prose = ("text",)

    number = forms.CharField(
        label=_("Its number"),
        max_length=20,
        help_text=_("2, or 2.1 for one that stands within 2."),
        widget=forms.TextInput(attrs={"class": "field__short"}),
        validators=Section._meta.get_field("number").validators[:1],  # noqa: SLF001
    )
    room = room_field()
    heading = forms.CharField(  # type: ignore[assignment] # a field, which Django takes out of the class
        label=_("Heading"), max_length=300, required=False
    )
    text = markdown_field(_("Text"), required=False, rows=16)

    def carry_out(self, it: Together) -> None:
        row = self.sitting.row
        if self.sitting.deed is Deed.REMOVE:
            within = f"{row.number}."
            if any(other.number.startswith(within) for other in self.beside()):
                raise ValidationError(
                    _now("There are sections within this one. Remove or move them first.")
                )
        super().carry_out(it)


class AimForm(PartForm):
    """An aim stands last of its kind when it is new; then it is moved."""

    model, own = Aim, ("text",)
    prose = ("text",)

    text = markdown_field(_("Text"), longest=4000, rows=5)

    def belong(self, row: Any) -> None:
        super().belong(row)
        row.kind = self.among["kind"]
        rows = Aim.objects.filter(version=row.version, kind=row.kind)
        row.number = numbering.next_number(rows.values_list("number", flat=True))


class PurposeForm(AimForm):
    slug, one, several = "syfte", _("Purpose"), _("Purpose")
    among = {"kind": AimKind.PURPOSE}


class VisionForm(AimForm):
    slug, one, several = "vision", _("Vision"), _("Vision")
    among = {"kind": AimKind.VISION}


class GoalForm(AimForm):
    slug, one, several = "mal", _("Goal"), _("Goals")
    among = {"kind": AimKind.GOAL}


class DefinitionForm(PartForm):
    slug, one, several = "definition", _("Word"), _("Words and what they mean")
    model, own = Definition, ("term", "text")

    term = forms.CharField(label=_("Word"), max_length=120)
    text = ProseField(label=_("What it means"), max_length=4000)


class PrincipleForm(NumberedForm):
    slug, one, several = "princip", _("Principle"), _("Principles")
    model, own = Principle, ("number", "heading", "text", "taken_from")
    prose = ("text",)

    number = whole_number()
    room = room_field()
    heading = forms.CharField(label=_("Heading"), max_length=200)  # type: ignore[assignment] # likewise
    text = markdown_field(_("Text"), required=False)
    taken_from = forms.ModelChoiceField(
        Principle.objects.none(),
        label=_("Taken from"),
        required=False,
        to_field_name="key",
        empty_label=_("none: it is our own"),
        help_text=_("The principle of the agreement that this one builds on, reworded or not."),
    )

    def fit(self) -> None:
        super().fit()
        it, viewer = self.sitting.agreement, self.sitting.viewer
        above = Principle.objects.visible_to(viewer).filter(version__agreement=it.parent_id)
        held = [self.sitting.row.taken_from_id] if self.sitting.row else []
        known = above | Principle.objects.filter(pk__in=[pk for pk in held if pk])
        self.choose_from("taken_from", known.select_related("version"))
        if "taken_from" in self.fields:
            field: Any = self.fields["taken_from"]
            field.label_from_instance = lambda row: f"{row.number}. {row} ({row.version.label})"

    def carry_out(self, it: Together) -> None:
        row = self.sitting.row
        if self.sitting.deed is Deed.REMOVE and row.commitments.exists():
            raise ValidationError(
                _now("There are commitments that carry out this principle. Change them first.")
            )
        super().carry_out(it)


class CommitmentForm(NumberedForm):
    """What the viewer's own side promises."""

    slug, one, several = "atagande", _("Commitment"), _("Commitments")
    model, own = Commitment, ("number", "text", "principle")

    number = whole_number()
    room = room_field()
    text = ProseField(label=_("What you promise"), max_length=4000)
    principle = forms.ModelChoiceField(
        Principle.objects.none(),
        label=_("Which principle it carries out"),
        required=False,
        to_field_name="key",
        empty_label=_("none of them"),
    )

    def fit(self) -> None:
        super().fit()
        self.choose_from("principle", Principle.objects.filter(version=self.sitting.owner.pk))

    def beside(self) -> list[Any]:
        return [row for row in super().beside() if row.side == self.sitting.side]

    def belong(self, row: Any) -> None:
        super().belong(row)
        row.side = self.sitting.side

    def carry_out(self, it: Together) -> None:
        row = self.sitting.row
        if self.sitting.deed is Deed.REMOVE:
            for served in row.served_by.all():
                rest = [other for other in served.serves.all() if other != row]
                it.change(served, {"serves": rest})
        super().carry_out(it)


class MeasureForm(NumberedForm):
    slug, one, several = "atgard", _("Measure"), _("Measures")
    model, own = Measure, ("number", "title", "text", "lead", "serves")

    number = whole_number()
    room = room_field()
    title = forms.CharField(label=_("Title"), max_length=200)
    text = ProseField(label=_("What is to be done"), max_length=4000)
    lead = OrganisationField(label=_("Who leads it"), required=False)
    serves = forms.ModelMultipleChoiceField(
        Commitment.objects.none(),
        label=_("Which commitments it serves"),
        required=False,
        to_field_name="key",
        widget=forms.CheckboxSelectMultiple,
    )

    def fit(self) -> None:
        super().fit()
        self.choose_from("serves", Commitment.objects.filter(version=self.sitting.owner.pk))
        if "serves" in self.fields:
            field: Any = self.fields["serves"]
            field.label_from_instance = lambda row: f"{row.get_side_display()} {row.number}: {row}"

    @property
    def key_by_nonce(self) -> str:
        """Within its agreement, so that it keeps its address whichever version speaks of it."""
        version: Any = self.sitting.owner
        return f"{version.agreement.key}.{version.local_key}-{self.sitting.nonce}"


FORMS: tuple[type[PartForm], ...] = (
    PurposeForm,
    VisionForm,
    GoalForm,
    SectionForm,
    DefinitionForm,
    PrincipleForm,
    CommitmentForm,
    MeasureForm,
)
BY_SLUG = {form.slug: form for form in FORMS}
MOVED = {form.slug for form in FORMS if issubclass(form.model, Numbered)}
