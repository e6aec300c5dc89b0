"""Asking somebody to act for an organisation."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.accounts.addresses import AddressField
from tillit.kit.forms import WritingForm
from tillit.register.actions.inviting import waiting_for
from tillit.register.choices import Extent, RoleKind
from tillit.register.forms.mandate import Day
from tillit.register.models import Contact, Invitation, Organisation, Secretariat
from tillit.register.models.offered import WHOLE

CONCERNED = gettext_lazy("Those who act for the organisation, and its secretariat, see this.")
INVITED = gettext_lazy("Whoever is invited sees this.")


class InvitationForm(WritingForm):
    """To whom, how far, for how long, and what to say."""

    email = AddressField(label=gettext_lazy("E-mail address"))
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    extent = forms.ChoiceField(label=gettext_lazy("How far"), widget=forms.RadioSelect)
    unit = forms.ChoiceField(label=gettext_lazy("For"), required=False)
    start = Day(
        label=gettext_lazy("First day"),
        help_text=gettext_lazy("From the answer on, if left empty."),
        required=False,
    )
    end = Day(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("Until further notice, if left empty."),
        required=False,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Role in the register"),
        choices=[("", gettext_lazy("None")), *RoleKind.choices],
        required=False,
    )
    gets_letters = forms.BooleanField(
        label=gettext_lazy("Gets letters to the organisation at this address"), required=False
    )
    is_function = forms.BooleanField(
        label=gettext_lazy("The address belongs to the role"),
        help_text=gettext_lazy(
            "Such as ordforande@…: whoever has the role signs in by it, and a successor takes it over."
        ),
        required=False,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the mail"), choices=settings.LANGUAGES
    )
    note = forms.CharField(
        label=gettext_lazy("Your message"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
    )

    audience = {
        **dict.fromkeys(("email", "name", "extent", "unit", "start", "end"), CONCERNED),
        "kind": gettext_lazy("Everybody sees the name and the role, once the answer is yes."),
        "note": INVITED,
    }

    def __init__(
        self,
        *args: Any,
        organisation: Organisation,
        extents: Sequence[str],
        secretariat: Secretariat | None,
        now: datetime,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.organisation, self.secretariat, self.now = organisation, secretariat, now
        self.units = list(
            organisation.units.on(timezone.localdate(now)).order_by("sort_key", "key")
        )
        extent: Any = self.fields["extent"]
        extent.choices = [(it, explained(Extent(it))) for it in extents]
        if len(extents) == 1:
            extent.initial = extents[0]
        self._choose_unit()
        self.fields["language"].initial = settings.LANGUAGE_CODE

    def _choose_unit(self) -> None:
        unit: Any = self.fields["unit"]
        whole = _("All of %(name)s") % {"name": self.organisation.name}
        unit.choices = [("", whole), *((it.key, it.name) for it in self.units)]
        if not self.units:
            del self.fields["unit"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("unit") and said.get("extent") in WHOLE:
            self.add_error(
                "unit", _("This is for the whole organisation. Choose no unit, or another extent.")
            )
        self._check_days(said)
        if email := said.get("email"):
            self._check_address(email, said)
        return said

    def _check_days(self, said: dict[str, Any]) -> None:
        start, end = said.get("start"), said.get("end")
        if end and end < timezone.localdate(self.now):
            self.add_error("end", _("The last day has passed already."))
        elif start and end and end < start:
            self.add_error("end", _("The last day comes before the first."))

    def _check_address(self, email: str, said: dict[str, Any]) -> None:
        waiting = waiting_for(self.organisation, email, self.now).filter(extent=said.get("extent"))
        if waiting.exists():
            self.add_error(
                "email",
                _("This address has been invited already, and has not answered. Send that again."),
            )
        functions = Contact.objects.functions(email).on(timezone.localdate(self.now))
        if said.get("is_function") and functions.exclude(organisation=self.organisation).exists():
            self.add_error("email", _("That is the address of a function of another organisation."))

    @property
    def invitation(self) -> Invitation:
        """What was filled in, as a row that is not yet written."""
        said = self.cleaned_data
        unit = next((it for it in self.units if it.key == said.get("unit")), None)
        extent = said["extent"]
        return Invitation(
            organisation=self.organisation,
            unit=unit,
            extent=extent,
            secretariat=self.secretariat if extent == Extent.SECRETARIAT else None,
            start=said["start"].isoformat() if said["start"] else "",
            end=said["end"].isoformat() if said["end"] else "",
            **{name: said[name] for name in AS_SAID},
        )


AS_SAID = ("email", "name", "kind", "is_function", "gets_letters", "language", "note")


class MeantForm(forms.Form):
    """Whether the invited is somebody whom the register knows already."""

    person = forms.ChoiceField(
        label=gettext_lazy("Is it this person?"), widget=forms.RadioSelect, required=False
    )

    def __init__(self, *args: Any, persons: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.persons = {it.key: it for it in persons}
        person: Any = self.fields["person"]
        person.choices = [
            *((it.key, in_words(it)) for it in persons),
            ("", _("No, somebody else of the same name")),
        ]
        if len(persons) == 1:
            person.initial = persons[0].key


def in_words(person: Any) -> str:
    """The person with what is known: “Maria Leiner (regional koordinator 2012)”."""
    roles = "; ".join(str(role) for role in person.roles.all()[:3])
    return f"{person.name} ({roles})" if roles else str(person.name)


def explained(extent: Extent) -> str:
    return format_html("<span><strong>{}</strong><br>{}</span>", extent.label, extent.means)


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("For your own memory. Whoever was invited is not told."),
        max_length=400,
        required=False,
    )


class DeclineForm(WritingForm):
    reason = forms.CharField(
        label=gettext_lazy("Do you want to say why?"), max_length=400, required=False
    )

    audience = {"reason": gettext_lazy("Whoever invited you sees this.")}
