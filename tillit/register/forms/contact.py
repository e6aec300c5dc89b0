"""At which addresses an organisation is reached."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.accounts.addresses import AddressField
from tillit.kit.forms import WritingForm
from tillit.register.actions.contacts import is_somebodys_own
from tillit.register.choices import RoleKind
from tillit.register.forms.mandate import Day
from tillit.register.models import Contact, Person

CONCERNED = gettext_lazy("Those who act for the organisation, and its secretariat, see this.")
COLUMNS = ("kind", "email", "phone", "language", "gets_letters")


class ContactForm(WritingForm):
    """An address of a person or of a function."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=RoleKind.choices,
        initial=RoleKind.CONTACT_PERSON,
    )
    person = forms.ChoiceField(label=gettext_lazy("Whose"), required=False)
    new_name = forms.CharField(
        label=gettext_lazy("The contact person's name"),
        help_text=gettext_lazy("Of somebody who does not act for the organisation here."),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = AddressField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("Needed if there is no phone number."),
        required=False,
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of mails"),
        choices=settings.LANGUAGES,
        initial=settings.LANGUAGE_CODE,
    )
    gets_letters = forms.BooleanField(
        label=gettext_lazy("Gets letters to the organisation"), required=False, initial=True
    )
    is_function = forms.BooleanField(
        label=gettext_lazy("The address belongs to the role"),
        help_text=gettext_lazy(
            "Such as ordforande@…: it passes on to the successor. Whoever holds it can sign in by it "
            "once that has been confirmed by a code."
        ),
        required=False,
    )

    audience = dict.fromkeys(("person", "new_name", "email", "phone"), CONCERNED)
    at_times = ("email", "phone")

    def __init__(
        self, *args: Any, persons: Sequence[Person], contact: Contact | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.contact, self.persons = contact, {it.key: it for it in persons}
        person: Any = self.fields["person"]
        person.choices = [
            ("", _("Nobody in particular")),
            *((it.key, it.name) for it in persons),
        ]
        if not persons:
            person.widget = forms.HiddenInput()
        if contact:
            self._begin_with(contact)

    def _begin_with(self, contact: Contact) -> None:
        """Whose it is, and whether it is a function's, is not corrected but handed over."""
        self.initial = {name: getattr(contact, name) for name in COLUMNS}
        del self.fields["person"], self.fields["new_name"], self.fields["is_function"]
        if contact.is_function:
            del self.fields["email"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        email = said.get("email", self.contact.email if self.contact else "")
        if not email and not said.get("phone") and "email" not in self.errors:
            self.add_error("email", _("Give an e-mail address or a phone number."))
        if said.get("person") and said.get("new_name"):
            self.add_error("new_name", _("Choose somebody, or write a name: not both."))
        if said.get("is_function"):
            self._check_function(email)
        return said

    def _check_function(self, email: str) -> None:
        if not email:
            self.add_error("email", _("A function is reached by its e-mail address."))
        elif is_somebodys_own(email):
            self.add_error(
                "is_function",
                _(
                    "Somebody signs in with this address as their own. Invite it as the address of a "
                    "role instead: then whoever reads its mail confirms it."
                ),
            )

    @property
    def said(self) -> dict[str, Any]:
        """The columns that were filled in."""
        whose = {"person", "new_name"}
        said = {name: value for name, value in self.cleaned_data.items() if name not in whose}
        if "person" in self.fields:
            said["person"] = self.persons.get(self.cleaned_data["person"])
        return said


class LastDayForm(WritingForm):
    """Until when something is used."""

    last_day = Day(label=gettext_lazy("Last day"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["last_day"].initial = today

    def clean_last_day(self) -> date:
        day: date = self.cleaned_data["last_day"]
        if day < self.today:
            raise forms.ValidationError(_("The last day is today or later."))
        return day


class SuccessorForm(WritingForm):
    """To whom the address of a function passes, and when."""

    successor = forms.ChoiceField(label=gettext_lazy("Who holds it from then on?"))
    first_day = Day(label=gettext_lazy("First day"))

    audience = {"successor": CONCERNED}

    def __init__(self, *args: Any, persons: Sequence[Person], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.persons = today, {it.key: it for it in persons}
        successor: Any = self.fields["successor"]
        successor.choices = [("", "–"), *((it.key, it.name) for it in persons)]
        self.fields["first_day"].initial = today

    def clean_first_day(self) -> date:
        day: date = self.cleaned_data["first_day"]
        if day < self.today:
            raise forms.ValidationError(_("The first day is today or later."))
        return day

    @property
    def chosen(self) -> Person:
        return self.persons[self.cleaned_data["successor"]]
