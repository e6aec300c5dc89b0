"""What is typed in when signing in, and in the sign-in settings."""

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tillit.accounts.adapters import WRONG_CODE
from tillit.accounts.addresses import AddressField
from tillit.accounts.codes import FIGURES, figures
from tillit.accounts.models import User
from tillit.kit.contributions import account_of

OF_A_FUNCTION = _(
    "That is the address of a function. It follows whoever holds it, and is nobody's own."
)
USABLE = 120  # seconds: longer than a code of an app is taken


class AddressForm(forms.Form):
    """Who wants to sign in."""

    email = AddressField()


class NewAddressForm(AddressForm):
    """An address to add to one's account."""

    def clean_email(self) -> str:
        address: str = self.cleaned_data["email"]
        if account_of(address):
            raise ValidationError(OF_A_FUNCTION)
        return address


class CodeForm(forms.Form):
    """A code that came by e-mail."""

    code = forms.CharField(
        label=_("The code from the mail"),
        max_length=20,
        help_text=_("Six figures."),
        error_messages={"required": _("Write the six figures from the mail.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        """What can't be a code is no try."""
        typed: str = self.cleaned_data["code"]
        if len(figures(typed)) != FIGURES:
            raise ValidationError(self.fields["code"].error_messages["required"])
        return typed


class PasswordForm(forms.Form):
    """The other way in."""

    email = AddressField(widget=forms.EmailInput(attrs={"autocomplete": "username"}))

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=1000,
        error_messages={"required": _("Write your password.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class ConfirmPasswordForm(forms.Form):
    password = PasswordForm.base_fields["password"]


class NewPasswordForm(forms.Form):
    """A password to choose."""

    password = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=1000,
        error_messages={"required": _("Write the password that you choose.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean_password(self) -> str:
        chosen: str = self.cleaned_data["password"]
        validate_password(chosen, self.user)
        return chosen


class LanguageForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = User
        fields = ("language",)


class FactorCode(forms.Form):
    """The code field of an app or a paper, over django-allauth's forms, which check it."""

    code = forms.CharField(
        label=_("Code from your app, or a reserve code"),
        max_length=40,
        error_messages={
            "required": _("Write the six figures that your app shows, or a reserve code.")
        },
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)  # type: ignore[call-arg]

    def clean_code(self) -> str:
        """A code of the app is taken once, for as long as it is taken at all."""
        code: str = super().clean_code()  # type: ignore[misc]
        factor = self.authenticator  # type: ignore[attr-defined]
        used = f"accounts:app:{factor.pk}:{code}"
        if factor.type == Authenticator.Type.TOTP and not cache.add(used, value=1, timeout=USABLE):
            raise ValidationError(WRONG_CODE)
        return code


class AppForm(ActivateTOTPForm):  # type: ignore[misc]
    """A code that shows that the app has the secret."""

    code = forms.CharField(
        label=_("Code from the app"),
        max_length=40,
        help_text=_("Six figures, which change twice a minute."),
        error_messages={"required": _("Write the six figures that your app shows.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        ),
    )


class SecondStepForm(FactorCode, AuthenticateForm):  # type: ignore[misc]
    pass


class ConfirmFactorForm(FactorCode, ReauthenticateForm):  # type: ignore[misc]
    pass
