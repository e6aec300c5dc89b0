"""What becomes of what somebody holds, who leaves."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.accounts.addresses import AddressField
from tillit.kit.contributions import Fate, Holding
from tillit.kit.forms import WritingForm
from tillit.register.actions.handing import Departure
from tillit.register.forms.mandate import Day
from tillit.register.models import Organisation, Person

NEW, NOBODY = "new", "nobody"
BEFORE = "fate:"
WORDS = {
    Fate.HAND_ON: gettext_lazy("The successor takes it over"),
    Fate.END: gettext_lazy("It ends"),
    Fate.STAY: gettext_lazy("It stays as it is"),
}
CONCERNED = gettext_lazy("Those who act for the organisation, and its secretariat, see this.")


class LeavingForm(WritingForm):
    """Who takes over, from when, and what becomes of each thing."""

    last_day = Day(label=gettext_lazy("Last day"))
    successor = forms.ChoiceField(
        label=gettext_lazy("Who takes over?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Say who takes over, or that nobody does for now.")
        },
    )
    name = forms.CharField(
        label=gettext_lazy("Name of somebody new"), max_length=120, required=False
    )
    email = AddressField(label=gettext_lazy("Address of somebody new"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Note to the successor"),
        help_text=gettext_lazy("What is under way, where things are, whom to ask."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4000,
        required=False,
    )

    audience = {
        "note": gettext_lazy(
            "The successor gets this by mail. Those who act for the organisation, and its "
            "secretariat, see it too."
        ),
        "name": CONCERNED,
        "email": CONCERNED,
    }

    def __init__(
        self,
        *args: Any,
        persons: Sequence[Person],
        holdings: Sequence[Holding],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.persons = today, {it.key: it for it in persons}
        self.holdings = holdings
        self.fields["last_day"].initial = today
        successor: Any = self.fields["successor"]
        successor.choices = [
            *((it.key, it.name) for it in persons),
            (NEW, _("Somebody new, who is invited")),
            (NOBODY, _("Nobody for now")),
        ]
        for holding in self.open_holdings:
            self.fields[name_of(holding)] = fate_field(holding)

    @property
    def open_holdings(self) -> list[Holding]:
        return [it for it in self.holdings if not it.fixed]

    @property
    def fixed_holdings(self) -> list[Holding]:
        return [it for it in self.holdings if it.fixed]

    def clean_last_day(self) -> date:
        day: date = self.cleaned_data["last_day"]
        if day < self.today:
            raise forms.ValidationError(_("The last day is today or later."))
        return day

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        handed_on = [it for it in self.open_holdings if said.get(name_of(it)) == Fate.HAND_ON]
        if said.get("successor") == NOBODY and handed_on:
            words = _("Nobody is there to take this over. Say that it ends, or that it stays.")
            for holding in handed_on:
                self.add_error(name_of(holding), words)
        if said.get("successor") == NEW:
            for name, words in (
                (("name"), _("Write the name.")),
                ("email", _("Write the address.")),
            ):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, words)
        return said

    def departure(self, organisation: Organisation, leaver: Person, *, knowing: bool) -> Departure:
        """What was decided."""
        said = self.cleaned_data
        is_new = said["successor"] == NEW
        return Departure(
            organisation=organisation,
            leaver=leaver,
            last_day=said["last_day"],
            fates=self.fates,
            note=said["note"],
            successor=self.persons.get(said["successor"]),
            new_name=said["name"] if is_new else "",
            new_email=said["email"] if is_new else "",
            knowing=knowing,
        )

    @property
    def fates(self) -> dict[str, Fate]:
        """What becomes of each holding."""
        said = {it.subject: Fate(self.cleaned_data[name_of(it)]) for it in self.open_holdings}
        stays = {holding.subject: Fate.STAY for holding in self.fixed_holdings}
        return {**said, **stays}

    @property
    def successor_name(self) -> str:
        chosen = self.persons.get(self.cleaned_data["successor"])
        return chosen.name if chosen else ""

    @property
    def told(self) -> list[tuple[Holding, str]]:
        """Each holding with what becomes of it, in words."""
        fates = self.fates
        return [(it, str(WORDS[fates[it.subject]])) for it in self.holdings]


def name_of(holding: Holding) -> str:
    """The name of the field that asks what becomes of it."""
    return f"{BEFORE}{holding.subject}"


def fate_field(holding: Holding) -> forms.ChoiceField:
    fates = [Fate.HAND_ON, Fate.END, Fate.STAY] if holding.passes_on else [Fate.END, Fate.STAY]
    return forms.ChoiceField(
        label=f"{holding.kind}: {holding.title}",
        choices=[(fate.value, WORDS[fate]) for fate in fates],
        initial=fates[0].value,
        widget=forms.RadioSelect,
    )
