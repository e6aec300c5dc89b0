"""E-mail addresses: written in many ways, kept in one."""

import contextlib
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

LONGEST = 254


def folded(address: str) -> str:
    """The one way in which an address is kept: small letters, å as one character, domains readable.

    Mail servers don't mind capitals, and people write them as they please.
    """
    name, at, host = unicodedata.normalize("NFC", address.strip()).casefold().rpartition("@")
    with contextlib.suppress(UnicodeError):  # no name of a host: it is kept as it was written
        host = host.encode("idna").decode("idna") if host else host
    return f"{name}{at}{host}"


def check(address: str) -> None:
    """Raises ValidationError for what can't be an address. Å may stand before the @ as well."""
    name, at, host = address.rpartition("@")
    plain = "".join("x" if sign.isalpha() else sign for sign in name)
    if len(address) > LONGEST:
        raise ValidationError(WRONG, code="invalid")
    EmailValidator(WRONG)(f"{plain}{at}{host}")


WRONG = _("Write an e-mail address, such as namn@forening.se.")


class AddressField(forms.CharField):
    """An e-mail address, given back as it is kept."""

    widget = forms.EmailInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": _("E-mail address"), "max_length": LONGEST, **kwargs})
        self.error_messages["required"] = WRONG
        self.widget.attrs = {"autocomplete": "email", "spellcheck": "false"} | self.widget.attrs

    def clean(self, value: Any) -> str:
        address = folded(str(super().clean(value)))
        if address:
            check(address)
        return address
