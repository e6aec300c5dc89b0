"""Forms by which people write: each field says who will see it, and two who write meet in the open.

A form that changes a row carries, signed, what the row was when it was opened. If somebody changed
it meanwhile the person sees what, keeps the own text, and decides.
"""

from collections.abc import Collection, Mapping
from http import HTTPStatus
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.kit.lines import clean

SEEN = "seen"
SALT = "tillit.kit.forms"
Text = str | Promise

EVERYBODY = gettext_lazy("Everybody sees this.")
CHANGED = gettext_lazy(
    "Somebody else has changed this since you opened it. What you wrote is still here: send it once "
    "more if it shall stand."
)

FILL_IN, CHOOSE = gettext_lazy("Fill in: {field}"), gettext_lazy("Choose: {field}")
WEB_ADDRESS = gettext_lazy("Write a web address, for example www.forening.se.")


class WritingField(forms.BoundField):
    """A field that points at all that is said of it, at who will see it too.

    Of text on one line, what can't be seen is left out.
    """

    @property
    def data(self) -> Any:
        found = super().data
        is_line = isinstance(self.field.widget, forms.TextInput)
        return clean(found) if is_line and isinstance(found, str) else found

    @property
    def aria_describedby(self) -> str | None:
        said = super().aria_describedby
        heard = getattr(self.field, "audience", "") and self.auto_id and not self.is_hidden
        return f"{said} {self.auto_id}_audience".strip() if heard and said is not None else said


class WritingForm(forms.Form):
    """A form with `audience`: who will see each field, told beside it. What may be left out says so."""

    audience: Mapping[str, Any] = {}
    at_times: Collection[str] = ()  # fields that something else makes necessary: they don't say so
    required_css_class = "field--required"
    bound_field_class = WritingField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.arrange()
        for name, field in self.fields.items():
            is_yes_or_no = isinstance(field, forms.BooleanField)
            may_be_left_out = not field.required and not is_yes_or_no and name not in self.at_times
            field.is_optional = may_be_left_out  # type: ignore[attr-defined]
            say_in_our_words(field)
            if name in self.audience:
                field.audience = self.audience[name]  # type: ignore[attr-defined]

    def arrange(self) -> None:
        """Fit the fields to what this form is for, before anything is said of them."""


def say_in_our_words(field: forms.Field) -> None:
    """What is wrong with the field, where it has no words of its own and Django's would stand."""
    said = field.error_messages
    if said["required"] is forms.Field.default_error_messages["required"] and field.label:
        words = CHOOSE if isinstance(field, forms.ChoiceField) else FILL_IN
        said["required"] = format_lazy(words, field=field.label)
    if isinstance(field, forms.URLField):
        said["invalid"] = WEB_ADDRESS


class ProseField(forms.CharField):
    """Text of several lines, counted as people count it: a new line is one letter."""

    widget = forms.Textarea(attrs={"rows": 6})

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value) or "").replace("\r\n", "\n")


class SealedForm(WritingForm):
    """A form that changes what stands. Who comes second is told what the first changed, keeps the own
    text, and changes it only by sending once more.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, standing: Mapping[str, Any], **kwargs: Any) -> None:
        self.standing = dict(standing)
        initial = {**standing, **kwargs.pop("initial", {}), SEEN: seal(standing)}
        super().__init__(data, initial=initial, **kwargs)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        others = changed_meanwhile(unseal(said.pop(SEEN, "")), self.standing)
        if others:
            data: Any = self.data.copy()  # type: ignore[attr-defined]
            data[self.add_prefix(SEEN)] = seal(self.standing)
            self.data = data
            self.add_error(None, [CHANGED, *(self.told(name) for name in others)])
        return said

    def told(self, name: str) -> str:
        """What somebody else has put in a field."""
        label = self.fields[name].label if name in self.fields else name
        words = {"field": label, "value": self.standing.get(name)}
        return _("%(field)s is now: %(value)s") % words


def seal(values: Mapping[str, Any]) -> str:
    """What a row was when its form was opened, for a hidden field."""
    return signing.dumps(dict(values), salt=SALT, compress=True)


def unseal(text: str) -> dict[str, Any]:
    """What was sealed; nothing when it has been tampered with or is missing."""
    try:
        found: dict[str, Any] = signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return {}
    return found


def changed_meanwhile(sealed: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, list[Any]]:
    """What somebody else changed since the form was opened: {field: [then, now]}."""
    return {name: [sealed[name], now[name]] for name in sealed if sealed[name] != now.get(name)}


def posted(request: HttpRequest) -> Any:
    """What was sent, for a form to take; nothing when the page is only opened."""
    return request.POST if request.method == "POST" else None


def form_page(
    request: HttpRequest, form: forms.Form, template: str = "form_page.html", **context: Any
) -> HttpResponse:
    """A page with a form: 422 when what was typed can't be taken, and it stands as it was typed."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, template, {"form": form, **context}, status=status)


def take_errors(form: forms.Form, error: ValidationError) -> None:
    """Put what a rule of the noun refused at its field, or above the form if it has no such field."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, ValidationError(errors))
