"""What a browser answers for a passkey: read by django-allauth; whatever is wrong is told as such."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tillit.accounts.models import User

LONGEST_NAME = 60
WRONG = _("The passkey could not be used. Try again, or choose another way.")
KEPT = {"too_many_login_attempts"}


@contextmanager
def readable() -> Iterator[None]:
    """The answer comes from anybody, and the libraries take it apart without looking first."""
    try:
        yield
    except ValidationError as error:
        raise error if getattr(error, "code", "") in KEPT else ValidationError(WRONG)
    except (AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError):
        raise ValidationError(WRONG)


class CredentialField(forms.JSONField):
    """Never shown again: an answer works once."""

    widget = forms.HiddenInput

    def bound_data(self, data: Any, initial: Any) -> str:
        return ""

    def prepare_value(self, value: Any) -> str:
        return ""

    def clean(self, value: Any) -> Any:
        with readable():
            credential = super().clean(value)
            if not isinstance(credential["response"], dict):
                raise TypeError
        return credential


class Credential(forms.Form):
    """Over one of django-allauth's forms."""

    credential = CredentialField()

    def clean_credential(self) -> Any:
        with readable():
            return super().clean_credential()  # type: ignore[misc]


class SignInByPasskey(Credential, LoginWebAuthnForm):  # type: ignore[misc]
    pass


class CredentialOf(Credential):
    """Of one user, who is known already."""

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)  # type: ignore[call-arg]


class SecondStepByPasskey(CredentialOf, AuthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class ConfirmByPasskey(CredentialOf, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class NewPasskey(AddWebAuthnForm):  # type: ignore[misc]
    """A passkey to add: it signs in alone, so it must have asked for a finger, a face or a PIN."""

    name = forms.CharField(
        label=_("Name of the passkey"),
        max_length=LONGEST_NAME,
        help_text=_("So that you know it again: for example “my phone”."),
        error_messages={"required": _("Give the passkey a name.")},
    )
    credential = CredentialField()
    passwordless = None

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["passwordless"] = True
        with readable():
            found: dict[str, Any] = super().clean()
        return found
