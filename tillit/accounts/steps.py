"""What more is asked for after the first step of signing in.

A password is never enough alone: then comes the app, a passkey or a reserve code, or a code by
e-mail for those who have none of these. Other ways are enough, unless the account has chosen to
always take two steps.
"""

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.stages import LoginStage, LoginStageController
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.flows import did_use_passwordless_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from tillit.accounts import codes, mails
from tillit.accounts.models import User

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_factor(user: User) -> bool:
    """An app or a passkey."""
    return bool(Authenticator.objects.filter(user=user, type__in=FACTORS).exists())


class SecondStep(LoginStage):  # type: ignore[misc]
    key = "second_step"
    urlname = "mfa_authenticate"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """Where one goes next, or nothing; and True, since signing in goes on."""
        user, records = self.login.user, self.records
        by_password = bool(records) and records[-1]["method"] == "password"
        if did_use_passwordless_login(self.request, user):
            return None, True
        if (by_password or user.second_step) and has_factor(user):
            return HttpResponseRedirect(reverse("mfa_authenticate")), True
        return (self.send_code() if by_password else None), True

    @property
    def records(self) -> list[dict[str, object]]:
        found: list[dict[str, object]] = get_authentication_records(self.request, self.login.user)
        return found

    def send_code(self) -> HttpResponse:
        """Raises Limited."""
        address = self.login.email
        mails.code(address, codes.ask(self.request, codes.Use.SECOND, address, self.login.user.pk))
        return HttpResponseRedirect(reverse("account_confirm_login_code"))

    def by_code(self) -> HttpResponse:
        """The code that was sent has been written."""
        record_authentication(self.request, self.login.user, "code", email=self.login.email)
        response: HttpResponse = self.exit()
        return response


def pending(request: HttpRequest) -> SecondStep | None:
    """The second step that waits for this browser."""
    found: SecondStep | None = LoginStageController.enter(request, SecondStep.key)
    return found
