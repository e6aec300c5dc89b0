"""Where django-allauth asks us: its words, its mails, its steps, its secrets."""

import base64
import hashlib
from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tillit.accounts import mails
from tillit.accounts.answers import closed, failed, stranger
from tillit.accounts.middleware import THROUGH
from tillit.accounts.models import User
from tillit.accounts.owners import owner_of

log = structlog.get_logger("tillit.accounts")
SAID = {
    "socialaccount/messages/account_connected.txt": _("It is linked: you can sign in with it."),
    "socialaccount/messages/account_connected_updated.txt": _("It was linked already."),
    "socialaccount/messages/account_connected_other.txt": _(
        "That sign-in is linked to another account already, so it was not linked to yours."
    ),
}
LINKED = _("You can now sign in with %(provider)s.")
WRONG_CODE = _("That code isn't right. Look again at where it comes from, and write it once more.")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "The address and the password don't belong together. Try again, or get a code by e-mail."
        ),
        "too_many_login_attempts": _(
            "That was too many attempts. Wait a quarter of an hour, or sign in in another way."
        ),
        "incorrect_code": WRONG_CODE,
        "incorrect_password": _("That isn't your password. Try again, or confirm in another way."),
    }

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str = "",
        *_more: Any,
        **_named: Any,
    ) -> None:
        """Our views tell what they did; django-allauth only what it does alone."""
        if message_template in SAID:
            messages.add_message(request, level, SAID[message_template])

    def send_notification_mail(
        self, template_prefix: str, user: User, context: Any = None, email: str | None = None
    ) -> None:
        """Of a provider that was linked; of all else we tell where we do it."""
        if template_prefix == "socialaccount/email/account_connected":
            provider = context["provider"].name
            mails.changed(self.request, user, LINKED, {"provider": provider})

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        raise NotImplementedError(template_prefix)  # none of its ways that write are in use

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come from invitations."""
        return False

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        return closed(request)

    def get_login_stages(self) -> list[str]:
        return ["tillit.accounts.steps.SecondStep"]

    def is_reauthentication_required(self, app: str) -> bool:
        """Our own pages ask for it: see tillit.accounts.fresh."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """By which attempts are counted. What a proxy tells wrongly counts as the proxy's own."""
        try:
            ip = get_client_ip(request)
        except ImproperlyConfigured:  # fewer proxies than TILLIT_PROXIES says
            ip = None
        return str(ip or request.META.get("REMOTE_ADDR", ""))

    def login(self, request: HttpRequest, user: User) -> None:
        request.session.pop(THROUGH, None)
        super().login(request, user)
        ways = [it["method"] for it in get_authentication_records(request, user)]
        log.info("signed in", account=user.pk, ways=ways[-2:])

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Remembers the address of a function by which somebody came in."""
        address = kwargs["email"]
        own = EmailAddress.objects.filter(user=user, email=address, verified=True)
        if address and not own.exists():
            request.session[THROUGH] = address
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of apps and reserve codes are kept encrypted: a copy of the database is not enough."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": WRONG_CODE}

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002
        """The person gives it."""
        return ""

    def encrypt(self, text: str) -> str:
        return keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return keys().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            log.exception("a second factor can't be read: has the secret key changed?")
            secret: str = generate_totp_secret()  # that no code fits
            return secret


def keys() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.sha256(f"tillit.accounts:{it!s}".encode()).digest() for it in secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(it)) for it in digests])


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Sign-in by OpenID Connect: for who has an account, found by the link or by a verified address."""

    def new_user(self, request: HttpRequest, sociallogin: SocialLogin) -> User:
        """Called with what the provider said. Only whether it has verified the address is kept."""
        claims = sociallogin.account.extra_data
        said = (claims.get("userinfo") or claims.get("id_token") or {}).get("email_verified")
        for address in sociallogin.email_addresses:
            trusted = self.is_email_verified(sociallogin.provider, address.email)
            address.verified = trusted or said is True or said == "true"
        sociallogin.account.extra_data = {}
        return User()

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[User, str] | None:
        said = [it.email for it in sociallogin.email_addresses if it.verified]
        for address in filter(lambda it: self.can_authenticate_by_email(sociallogin, it), said):
            if user := owner_of(address):
                return user, address
        return None

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if not sociallogin.is_existing and sociallogin.state.get("process") != "connect":
            raise ImmediateHttpResponse(stranger(request, sociallogin.provider.name))

    def on_authentication_error(self, request: HttpRequest, provider: Any, **kwargs: Any) -> None:
        theirs = kwargs.get("exception") is not None  # else it is what came back that is of no use
        raise ImmediateHttpResponse(failed(request, provider.name, theirs=theirs))

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        return reverse("account_settings")
