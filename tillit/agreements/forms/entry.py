"""The forms of an agreement's entry, of its parties, and of what begins one."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tillit.agreements.forms.part import PARTIES, PartForm
from tillit.agreements.models import Agreement, Party, Version
from tillit.kit.bounds import Edge
from tillit.kit.circles import Viewer
from tillit.kit.editing.choices import Deed
from tillit.kit.editing.form import Values
from tillit.kit.forms import ProseField, Text, WritingForm
from tillit.kit.part_days import PartDayField
from tillit.register.choices import Level, Side
from tillit.register.forms.organisation_field import OrganisationField, let_read
from tillit.register.forms.place_field import PlaceField

PRIVATE = _("Only the parties see the agreement for now")
SECTOR = _(
    "For example Civil society in Skåne. Leave it empty if the party is an organisation itself."
)


def parents(viewer: Viewer) -> Any:
    return Agreement.objects.visible_to(viewer)


class AgreementForm(PartForm):
    slug, one, several = "uppgifter", _("The agreement's entry"), _("The agreement's entry")
    model, own = Agreement, ("title", "level", "place", "parent", "description", "private")
    all_deeds = (Deed.CORRECT,)

    title = forms.CharField(label=_("Title"), max_length=200)
    level = forms.ChoiceField(label=_("Level"), choices=Level.choices)
    place = PlaceField(label=_("Place"), required=False)
    parent = forms.ModelChoiceField(
        Agreement.objects.none(), label=_("Builds on"), required=False, to_field_name="key"
    )
    description = ProseField(label=_("Description"), required=False, max_length=4000)
    private = forms.BooleanField(label=PRIVATE, required=False)

    def fit(self) -> None:
        it = self.sitting.agreement
        self.choose_from("parent", parents(self.sitting.viewer).exclude(pk=it.pk))
        if not it.private and Version.objects.filter(agreement=it).beyond_draft().exists():
            del self.fields["private"]

    def written(self, name: str, value: Any) -> Any:
        return PlaceField.row(value) if name == "place" else super().written(name, value)


class PartyForm(PartForm):
    """A party for a time: it joins, is replaced, ends."""

    slug, one, several = "part", _("Party"), _("Parties")
    model, own = Party, ("title", "organisation", "text")
    only_new = ("side",)
    all_deeds = tuple(Deed)
    hints = {}

    side = forms.ChoiceField(label=_("Side"), choices=Side.choices)
    title = forms.CharField(
        label=_("Title of a sector"), max_length=200, required=False, help_text=SECTOR
    )
    organisation = OrganisationField(
        label=_("Organisation"),
        required=False,
        help_text=_("The organisation itself, or the one that represents the sector."),
    )
    text = forms.CharField(
        label=_("How it is represented"),
        max_length=200,
        required=False,
        help_text=_("For example: by the committee for regional development."),
    )

    def fit(self) -> None:
        if "side" in self.fields and self.sitting.side:
            asked: Any = self.fields["side"]
            asked.choices = [(self.sitting.side, Side(self.sitting.side).label)]

    def belong(self, row: Any) -> None:
        row.agreement = self.sitting.owner

    def fill(self, row: Any) -> Values:
        if "side" in self.cleaned_data:
            row.side = self.cleaned_data["side"]
        return super().fill(row)

    def clean(self) -> Values:
        said: Values = super().clean() or {}
        if self.sitting.deed in {Deed.ADD, Deed.CHANGE, Deed.CORRECT}:
            side = str(said.get("side") or getattr(self.sitting.row, "side", ""))
            check_party(self, said, side, "title", "organisation")
        return said

    @property
    def heading(self) -> str:
        return super(PartForm, self).heading

    @property
    def kicker(self) -> str:
        return super(PartForm, self).kicker

    @classmethod
    def act(cls, deed: Deed) -> str:
        return super(PartForm, cls).act(deed)


def check_party(form: forms.Form, said: Values, side: str, title: str, organisation: str) -> None:
    """A party is somebody, and an organisation stands on its own side."""
    it = said.get(organisation)
    if organisation in form.errors:
        return
    if it is None and not said.get(title):
        form.add_error(
            organisation, ValidationError(_now("Write an organisation, or the title of a sector."))
        )
    elif it is not None and it.side and it.side != side:
        words = _now("%(name)s belongs to the other side.") % {"name": it}
        form.add_error(organisation, ValidationError(words))


class NewAgreementForm(WritingForm):
    """A new agreement, with a party of each side."""

    title = forms.CharField(label=_("Title"), max_length=200)
    level = forms.ChoiceField(label=_("Level"), choices=Level.choices)
    place = PlaceField(label=_("Place"), required=False)
    parent = forms.ModelChoiceField(
        Agreement.objects.none(), label=_("Builds on"), required=False, to_field_name="key"
    )
    description = ProseField(label=_("Description"), required=False, max_length=4000)
    start = PartDayField(label=_("Since when it stands"), edge=Edge.START, required=False)
    civil_title = forms.CharField(
        label=_("Civil society: title of the sector"),
        max_length=200,
        required=False,
        help_text=SECTOR,
    )
    civil_organisation = OrganisationField(
        label=_("Civil society: organisation that is party, or represents it"), required=False
    )
    public_title = forms.CharField(
        label=_("Public sector: title of the sector"),
        max_length=200,
        required=False,
        help_text=SECTOR,
    )
    public_organisation = OrganisationField(
        label=_("Public sector: organisation that is party, or represents it"), required=False
    )
    private = forms.BooleanField(label=PRIVATE, required=False)

    at_times = ("civil_title", "public_title", "civil_organisation", "public_organisation")

    def __init__(self, viewer: Viewer, own: Any, data: Any = None) -> None:
        self.own = own  # the organisation whose secretariat begins it
        super().__init__(data, initial={f"{own.side}_organisation": own.key})
        let_read(self, viewer)
        asked: Any = self.fields["parent"]
        asked.queryset = parents(viewer)
        self.audience = {}

    def arrange(self) -> None:
        self.audience = dict.fromkeys(self.fields, EVERYBODY_OR_PARTIES)

    def clean(self) -> Values:
        said: Values = super().clean() or {}
        for side in Side.values:
            check_party(self, said, side, f"{side}_title", f"{side}_organisation")
        parties = [said.get(f"{side}_organisation") for side in Side.values]
        if said.get("private") and self.own not in parties:
            words = _now("If only the parties see it, %(name)s must be one of them.")
            self.add_error("private", ValidationError(words % {"name": self.own}))
        return said


EVERYBODY_OR_PARTIES: Text = _(
    "Everybody sees this, unless you say below that only the parties do."
)


class NewVersionForm(WritingForm):
    """A new draft: empty, or as a copy of another version."""

    label = forms.CharField(
        label=_("What the version is called"),
        max_length=80,
        help_text=_("Briefly, such as 2027 or Revised 2027."),
    )
    title = forms.CharField(label=_("What stands at its head"), max_length=300, required=False)
    made_from = forms.ChoiceField(label=_("Begin with"), required=False)

    audience = dict.fromkeys(("label", "title", "made_from"), PARTIES)

    def __init__(self, sources: list[tuple[str, str]], data: Any = None) -> None:
        self.sources = sources
        super().__init__(data)

    def arrange(self) -> None:
        asked: Any = self.fields["made_from"]
        asked.choices = [("", _("An empty text")), *self.sources]
