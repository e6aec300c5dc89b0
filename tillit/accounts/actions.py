"""What other contexts ask of accounts."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import EmailAddress, Login
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import logout, update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from tillit.accounts import mails
from tillit.accounts.addresses import check, folded
from tillit.accounts.mails import current_language
from tillit.accounts.models import User
from tillit.accounts.models.user import new_stamp
from tillit.kit.locks import one_at_a_time


def account_for(email: str) -> User:
    """The account that the address is an own address of, made if there is none.

    For who has shown that the address is theirs, as by a link that was sent to it. If the account
    was made by hand before, whoever got in by it may be another: all ways in but this one end.
    Raises ValidationError for what is no address.
    """
    address = folded(email)
    check(address)
    with transaction.atomic():
        one_at_a_time(f"accounts:{address}")
        owned = EmailAddress.objects.filter(email=address, verified=True)
        row = owned.select_related("user").first()
        user: User | None = row.user if row else User.objects.filter(email=address).first()
        if user is None:
            user = User.objects.create_user(address, language=current_language())
        elif row is None:
            close(user)
        if row is None:
            own(user, address)
    return user


def account_by_hand(email: str) -> User:
    """A new account for whoever got a link by hand, where no mail can show whose the address is.

    It has the address and doesn't own it: nothing leads there by it until somebody has shown to
    read it (`account_for`). Raises IntegrityError when another account has the address.
    """
    address = folded(email)
    check(address)
    return User.objects.create_user(address, language=current_language())


def close(user: User) -> None:
    """All ways in end: password, passkeys and app, linked sign-ins, open sessions."""
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()
    user.set_unusable_password()
    user.second_step = False
    user.save(update_fields=["password", "second_step"])
    end_sessions(user)


def account_without_address() -> User:
    """A new account for somebody who signs in only by the address of a function."""
    return User.objects.create_user(language=current_language())


def own(user: User, address: str) -> EmailAddress:
    """Make the address, shown to be the user's, one of its own: the main one if it is the first.

    Raises IntegrityError when it is another account's own.
    """
    with transaction.atomic():
        # Another account may have been made for it by hand, and has not shown to read it.
        User.objects.filter(email=address).exclude(pk=user.pk).update(email=None)
        first = not EmailAddress.objects.filter(user=user, primary=True).exists()
        row, _made = EmailAddress.objects.update_or_create(
            user=user,
            email=address,
            defaults={"verified": True},
            create_defaults={"verified": True, "primary": first},
        )
        if first:
            User.objects.filter(pk=user.pk).update(email=address)
            user.email = address
    return row


def let_go(address: str) -> int:
    """The address is that of a function from now on, and nobody's own. How many accounts had it."""
    kept = folded(address)
    with transaction.atomic():
        users = list(User.objects.filter(emailaddress__email=kept).distinct())
        EmailAddress.objects.filter(email=kept).delete()
        for user in users:
            choose_main(user)
    return len(users)


def choose_main(user: User, address: str = "") -> None:
    """Make an own address the main one: the given, or else whichever is left."""
    rows = EmailAddress.objects.filter(user=user, verified=True)
    with transaction.atomic():
        new = (rows.filter(email=address) if address else rows.order_by("-primary", "pk")).first()
        EmailAddress.objects.filter(user=user, primary=True).update(primary=False)
        if new:
            EmailAddress.objects.filter(pk=new.pk).update(primary=True)
        user.email = new.email if new else None
        user.save(update_fields=["email"])


def sign_in(
    request: HttpRequest, user: User, way: str, *, address: str = "", onward: str = ""
) -> HttpResponse:
    """Sign the user in, who has shown in a `way` of the caller's to be it; what to answer with.

    `address` is that of a function when it was by such a one. It may be that a second step is
    asked for first, so the answer is what must be returned.
    """
    if request.user.is_authenticated and request.user != user:
        logout(request)
    record_authentication(request, user, way, email=address or None)
    login = Login(user=user, email=address or None, redirect_url=onward or None)
    response: HttpResponse = perform_login(request, login)
    return response


def sign_out_elsewhere(request: HttpRequest, user: User) -> None:
    """End all sessions of the user but this one."""
    end_sessions(user)
    update_session_auth_hash(request, user)


def end_sessions(user: User) -> None:
    user.stamp = new_stamp()
    user.save(update_fields=["stamp"])


def reset_second_factor(user: User) -> None:
    """For an administrator, when somebody has lost all: app, passkeys and reserve codes go.

    A code by e-mail is enough again; whoever is signed in is signed out; the user gets a mail.
    """
    with transaction.atomic():
        Authenticator.objects.filter(user=user).delete()
        user.second_step = False
        user.save(update_fields=["second_step"])
        end_sessions(user)
        mails.changed(None, user, _("Your second step was reset by an administrator."))
