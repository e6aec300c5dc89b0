"""One party of the agreement, and who keeps its secretariat. Both sides are asked the same."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tillit.kit.changes import Actor, change
from tillit.kit.forms import Text
from tillit.register.choices import Side, forms_of
from tillit.register.entering import is_called
from tillit.register.founding import take_back
from tillit.register.looking_after import give_secretariat, secretariat_for
from tillit.register.models import Organisation, Secretariat
from tillit.site.forms.base import Part, StepForm
from tillit.site.forms.picking import OrganisationPicked, organisation_fields, told_of

SAME, OTHER = "same", "other"
OTHER_SIDE = {Side.CIVIL: Side.PUBLIC, Side.PUBLIC: Side.CIVIL}
KEEPERS = [
    (SAME, _("The same organisation")),
    (OTHER, _("Another organisation")),
]


class PartyForm(StepForm):
    """Which side is said by the classes below, and nothing else differs."""

    side: Side

    at_times = ("keeper_name",)
    parts = (
        Part(("name", "which", "number", "form"), _("The party")),
        Part(("title", "text"), _("On the start page")),
        Part(("keeper",), _("The secretariat")),
        Part(
            ("keeper_name", "keeper_which", "keeper_number", "keeper_form"),
            _("If another organisation keeps the secretariat"),
            only=f"keeper-{OTHER}",
        ),
    )

    title = forms.CharField(
        label=_("What the side is called"),
        max_length=120,
        required=False,
        help_text=_("If left empty: the name of the organisation."),
    )
    text = forms.CharField(
        label=_("More about it, in a line"),
        max_length=200,
        required=False,
        help_text=_("Such as: represented by the network."),
    )
    keeper = forms.ChoiceField(
        label=_("Which organisation keeps the secretariat of this side?"),
        choices=KEEPERS,
        widget=forms.RadioSelect,
        initial=SAME,
        help_text=_(
            "The secretariat looks after what is said here of the organisations of its side."
        ),
    )

    def arrange(self) -> None:
        kinds = forms_of(self.side)
        self.fields |= organisation_fields(kinds=kinds)
        self.fields |= organisation_fields("keeper_", required=False, kinds=kinds)

    @property
    def kept(self) -> Secretariat | None:
        """The secretariat of the side today."""
        place = self.installation.place if self.installation else None
        return secretariat_for(self.side, place, timezone.localdate())

    @property
    def party(self) -> Organisation | None:
        return self.installation.party(self.side) if self.installation else None

    def known(self) -> dict[str, Any]:
        party, kept = self.party, self.kept
        if party is None:
            return {}
        title = getattr(self.installation, f"{self.side}_title")
        found = {
            **told_of(party),
            "title": "" if title == party.name else title,
            "text": getattr(self.installation, f"{self.side}_text"),
        }
        if kept and kept.organisation != party:
            found |= {"keeper": OTHER, **told_of(kept.organisation, "keeper_")}
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.picked = OrganisationPicked(self, self.viewer, self.side)
        self.picked.clean(self.party)
        self.other: OrganisationPicked | None = None
        if cleaned.get("keeper") == OTHER:
            self.clean_other()
        return cleaned

    def clean_other(self) -> None:
        self.other = OrganisationPicked(self, self.viewer, self.side, "keeper_")
        if not self.cleaned_data.get("keeper_name"):
            self.add_error("keeper_name", _("Write the name of the organisation."))
        kept = self.kept
        self.other.clean(kept.organisation if kept and kept.organisation != self.party else None)

    def save(self, actor: Actor) -> list[Text]:
        installation = self.named_installation()
        now = timezone.now()
        day = timezone.localdate(now)
        before = {it for it in (self.party, self.kept and self.kept.organisation) if it}
        party = self.picked.save(actor, day)
        keeper = self.other.save(actor, day) if self.other else party
        new = {
            self.side.value: party,
            f"{self.side}_title": self.cleaned_data["title"] or party.name,
            f"{self.side}_text": self.cleaned_data["text"],
        }
        change(installation, new, actor)
        give_secretariat(self.side, installation.place, keeper, actor, now)
        for replaced in before - {party, keeper}:
            take_back(replaced, actor)
        return [
            *self.same_name(party),
            *self.picked.warnings(),
            *(self.other.warnings() if self.other else []),
        ]

    def same_name(self, party: Organisation) -> list[Text]:
        """Both sides are named; that they are called the same is hardly meant."""
        other = self.installation.party(OTHER_SIDE[self.side]) if self.installation else None
        if other is None or not is_called(other, party.name):
            return []
        said = _now("Both parties are called “%(name)s” now. Look whether that is right.")
        return [said % {"name": party.name}]


class CivilPartyForm(PartyForm):
    side = Side.CIVIL


class PublicPartyForm(PartyForm):
    side = Side.PUBLIC
