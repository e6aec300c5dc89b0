"""What a member fills in: four short forms, one for each part."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.accounts.addresses import AddressField
from tillit.enquiries.details import ADDRESS, NEW, REACHED, Said
from tillit.enquiries.models import Correction, Kind, Question, What
from tillit.kit.forms import EVERYBODY, ProseField, SealedForm

LONGEST_ANSWER = 4000
OWN = gettext_lazy("The organisation and its secretariat see this.")
ASKER = gettext_lazy("The umbrella that asks sees this.")
PHONE = {"autocomplete": "off", "inputmode": "tel"}


class RightForm(SealedForm):
    """Says that a part is right as it stands: nothing but what it was when it was opened."""

    def __init__(self, *args: Any, labels: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.labels = labels

    def told(self, name: str) -> str:
        return told_of(self.labels.get(name, name), self.standing.get(name))


def told_of(label: Any, value: Any) -> str:
    if isinstance(value, dict):
        value = ", ".join(str(it) for it in value.values() if it)
    words = {"field": label, "value": _("ended") if value is None else value or "–"}
    return _("%(field)s is now: %(value)s") % words


class DetailsForm(SealedForm):
    name = forms.CharField(label=gettext_lazy("The organisation's name"), max_length=200)
    web = forms.URLField(
        label=gettext_lazy("Website"),
        required=False,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )
    street = forms.CharField(label=gettext_lazy("Street or box"), max_length=120, required=False)
    postcode = forms.CharField(
        label=gettext_lazy("Postcode"),
        max_length=10,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    town = forms.CharField(label=gettext_lazy("Town"), max_length=60, required=False)

    audience = dict.fromkeys(("name", "web", *ADDRESS), EVERYBODY)

    def __init__(self, *args: Any, is_protected: bool = False, **kwargs: Any) -> None:
        if is_protected:
            self.audience = {**self.audience, **dict.fromkeys(ADDRESS, OWN)}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        missing = "town" in said and not said["town"]
        if missing and any(said.get(name) for name in ADDRESS):
            self.add_error("town", _("Write the town as well."))
        elif missing and self.standing.get("town"):
            self.add_error("town", _("Write the address, or leave it as it stood."))
        return said

    @property
    def said(self) -> dict[What, dict[str, Any]]:
        found = self.cleaned_data
        return {
            What.NAME: {"name": found["name"]},
            What.WEB: {"web": found["web"]},
            What.ADDRESS: {name: found[name] for name in ADDRESS},
        }


def standing_facts(facts: Sequence[Said]) -> dict[str, Any]:
    return {name: value for it in facts for name, value in it.after.items()}


class ContactsForm(SealedForm):
    """Each contact, those that the member has told of, and room for one more."""

    def __init__(
        self,
        data: Any = None,
        *,
        contacts: Sequence[Said],
        new: Sequence[Correction],
        **kwargs: Any,
    ) -> None:
        self.contacts, self.new = contacts, new
        super().__init__(data, standing=standing_contacts(contacts, new), **kwargs)
        for it in contacts:
            self._add_known(it)
        for key, after in [*((it.key, it.after) for it in new), ("", dict.fromkeys(NEW, ""))]:
            self._add_new(key, after)

    def _add_known(self, it: Said) -> None:
        has_ended = it.what == What.CONTACT_ENDED
        self._add(f"{it.row_key}-ended", ended_field(), has_ended)
        shown = it.before if has_ended else it.after
        if not it.is_function:
            self._add(f"{it.row_key}-email", email_field(), shown.get("email", ""))
        self._add(f"{it.row_key}-phone", phone_field(), shown.get("phone", ""))

    def _add_new(self, key: str, after: Mapping[str, Any]) -> None:
        self._add(f"new{key}-name", name_field(), after["name"])
        self._add(f"new{key}-email", email_field(), after["email"])
        self._add(f"new{key}-phone", phone_field(), after["phone"])

    def _add(self, name: str, field: forms.Field, initial: Any) -> None:
        field.initial = initial
        field.is_optional = False  # type: ignore[attr-defined] # the group says what is needed
        self.fields[name] = field

    def groups(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """The fields of each contact, under its name."""
        for it in self.contacts:
            names = [f"{it.row_key}-{name}" for name in ("email", "phone", "ended")]
            yield it.title, [self[name] for name in names if name in self.fields]
        for found in self.new:
            yield found.after["name"], [self[f"new{found.key}-{name}"] for name in NEW]

    def blank(self) -> list[forms.BoundField]:
        return [self[f"new-{name}"] for name in NEW]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        for it in self.contacts:
            key = it.row_key
            if not it.is_function and not said.get(f"{key}-ended"):
                self._must_reach(said, key)
        for key in ["", *(it.key for it in self.new)]:
            if said.get(f"new{key}-name"):
                self._must_reach(said, f"new{key}")
            elif said.get(f"new{key}-email") or said.get(f"new{key}-phone"):
                self.add_error(f"new{key}-name", _("Write the name of the contact person."))
        return said

    def _must_reach(self, said: Mapping[str, Any], key: str) -> None:
        wrong = f"{key}-email" in self.errors
        if not (said.get(f"{key}-email") or said.get(f"{key}-phone") or wrong):
            self.add_error(f"{key}-email", _("Give an e-mail address or a phone number."))

    def told(self, name: str) -> str:
        titles = {it.row_key: it.title for it in self.contacts}
        value = self.standing.get(name)
        label = titles.get(name) or (value or {}).get("name") or _("A new contact person")
        return told_of(label, value)

    @property
    def known(self) -> dict[str, dict[str, Any] | None]:
        """What shall stand of each contact; nothing of one that has ended."""
        found: dict[str, dict[str, Any] | None] = {}
        for it in self.contacts:
            said = {
                name: self.cleaned_data.get(f"{it.row_key}-{name}", it.before.get(name, ""))
                for name in REACHED
            }
            found[it.row_key] = None if self.cleaned_data[f"{it.row_key}-ended"] else said
        return found

    @property
    def added(self) -> list[tuple[str, dict[str, Any]]]:
        keys = [*(it.key for it in self.new), ""]
        return [
            (key, {name: self.cleaned_data[f"new{key}-{name}"] for name in NEW}) for key in keys
        ]


def standing_contacts(contacts: Sequence[Said], new: Sequence[Correction]) -> dict[str, Any]:
    known = {it.row_key: None if it.what == What.CONTACT_ENDED else it.after for it in contacts}
    return {**known, **{f"new{it.key}": it.after for it in new}}


def ended_field() -> forms.BooleanField:
    return forms.BooleanField(label=gettext_lazy("Is no longer a contact person"), required=False)


def name_field() -> forms.CharField:
    return forms.CharField(label=gettext_lazy("Name"), max_length=120, required=False)


def email_field() -> AddressField:
    field = AddressField(label=gettext_lazy("E-mail"), required=False)
    field.widget.attrs["autocomplete"] = "off"
    return field


def phone_field() -> forms.CharField:
    widget = forms.TextInput(attrs=PHONE)
    return forms.CharField(
        label=gettext_lazy("Phone"), max_length=40, required=False, widget=widget
    )


class NumberField(forms.CharField):
    """A number as people write it: 1 200 or 1200,5. Kept as text with a full stop."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    MOST = Decimal(10) ** 12

    def clean(self, value: Any) -> str:
        text = "".join(str(super().clean(value)).split()).replace(",", ".")
        if not text:
            return ""
        try:
            number = Decimal(text)
            is_one = number.is_finite() and "e" not in text.lower()
        except InvalidOperation:
            is_one = False
        if not is_one or not text.isascii():
            raise forms.ValidationError(_("Write a number, with digits."))
        if not 0 <= number < self.MOST:
            raise forms.ValidationError(_("Write a number from 0 up."))
        return format(number.quantize(Decimal("0.01")).normalize(), "f")


class QuestionsForm(SealedForm):
    """The umbrella's own questions, each with a field of its kind."""

    def __init__(
        self,
        data: Any = None,
        *,
        questions: Sequence[Question],
        answers: Mapping[int, Any],
        **kw: Any,
    ) -> None:
        self.questions = questions
        standing = {f"q{it.pk}": answers.get(it.pk) for it in questions}
        initial = {f"q{it.pk}": initial_of(it, answers.get(it.pk)) for it in questions}
        super().__init__(data, standing=standing, initial=initial, **kw)
        for it in questions:
            field = field_of(it)
            field.is_optional = not it.is_required  # type: ignore[attr-defined]
            self.fields[f"q{it.pk}"] = field

    @property
    def said(self) -> dict[Question, Any]:
        return {it: value_of(it, self.cleaned_data[f"q{it.pk}"]) for it in self.questions}

    def told(self, name: str) -> str:
        value = self.standing.get(name)
        shown = ", ".join(value) if isinstance(value, list) else value
        return told_of(self.fields[name].label, "" if shown is None else str(shown))


YES, NO = "yes", "no"


def field_of(it: Question) -> forms.Field:
    words: dict[str, Any] = {
        "label": it.text,
        "help_text": it.hint,
        "required": it.is_required,
    }
    match it.kind:
        case Kind.TEXT:
            return ProseField(max_length=LONGEST_ANSWER, **words)
        case Kind.NUMBER:
            return NumberField(max_length=30, **words)
        case Kind.YES_NO:
            choices = [(YES, _("Yes")), (NO, _("No"))]
            return radio(choices, it, words)
        case Kind.ONE:
            return radio([(name, name) for name in it.alternatives], it, words)
    choices = [(name, name) for name in it.alternatives]
    return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **words)


def radio(choices: list[tuple[str, Any]], it: Question, words: dict[str, Any]) -> forms.Field:
    """What need not be answered can be taken back."""
    every = choices if it.is_required else [*choices, ("", _("No answer"))]
    return forms.ChoiceField(choices=every, widget=forms.RadioSelect, **words)


def initial_of(it: Question, value: Any) -> Any:
    if it.kind == Kind.YES_NO and value is not None:
        return YES if value else NO
    if it.kind == Kind.NUMBER and value:
        return str(value).replace(".", ",")
    return "" if value is None else value


def value_of(it: Question, said: Any) -> Any:
    if it.kind == Kind.YES_NO:
        return {YES: True, NO: False}.get(said)
    return said


class NameForm(SealedForm):
    answered_by = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    answered_as = forms.CharField(
        label=gettext_lazy("Your role in the organisation"),
        help_text=gettext_lazy("Such as chair or contact person."),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )

    audience = dict.fromkeys(("answered_by", "answered_as"), ASKER)
