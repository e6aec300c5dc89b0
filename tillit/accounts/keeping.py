"""What is kept of a user, and how it goes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.utils import timezone

from tillit.accounts.factors import factors_of
from tillit.accounts.models import User
from tillit.accounts.owners import own_addresses


def rows_of(account: int | None) -> list[Mapping[str, Any]]:
    user = User.objects.filter(pk=account).first() if account else None
    if user is None:
        return []
    factors = factors_of(user)
    linked = SocialAccount.objects.filter(user=user).order_by("provider")
    return [
        {
            "addresses": own_addresses(user),
            "language": user.language,
            "since": timezone.localdate(user.created_at),
            "last_sign_in": timezone.localdate(user.last_login) if user.last_login else "",
            "password": user.has_usable_password(),
            "app": factors.app is not None,
            "passkeys": [str(it) for it in factors.passkeys],
            "reserve_codes": factors.reserve is not None,
            "always_two_steps": user.second_step,
            "linked": list(linked.values_list("provider", flat=True)),
        }
    ]


def sessions_of(account: int | None) -> list[Mapping[str, Any]]:
    """Where one is signed in; a session tells no more than until when it lasts."""
    if not account:
        return []
    lasting = Session.objects.filter(expire_date__gt=timezone.now()).order_by("expire_date")
    return [{"until": it.expire_date} for it in lasting.iterator() if is_of(it, account)]


def erase_account(account: int) -> int:
    """The account, all that belongs to it, and its sessions, which tell how it signed in."""
    user = User.objects.filter(pk=account).first()
    if user is None:
        return 0
    with transaction.atomic():
        sessions = [it.pk for it in Session.objects.iterator() if is_of(it, account)]
        Session.objects.filter(pk__in=sessions).delete()
        user.delete()
    return 1


def is_of(session: Session, account: int) -> bool:
    return bool(session.get_decoded().get(SESSION_KEY) == str(account))


def ended_sessions(_today: date) -> int:
    return int(Session.objects.filter(expire_date__lt=timezone.now()).delete()[0])


def old_attempts(_today: date) -> int:
    """What was counted and counts no more: else it would lie in the cache until there is no room."""
    table = connection.ops.quote_name(str(settings.CACHES["default"]["LOCATION"]))
    with connection.cursor() as cursor:
        now = connection.ops.adapt_datetimefield_value(timezone.now().replace(microsecond=0))
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [now])  # noqa: S608 (our own name)
        return int(cursor.rowcount)
