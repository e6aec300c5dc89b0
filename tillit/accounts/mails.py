"""The mails of signing in: codes, and what was changed in how one signs in."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, override

from tillit.accounts import limits
from tillit.accounts.codes import LASTS
from tillit.accounts.middleware import THROUGH
from tillit.accounts.models import User
from tillit.accounts.owners import own_addresses
from tillit.post.outbox import Addressee, Page, write

CODE, UNKNOWN, TAKEN, CHANGED = (
    f"accounts/mail/{name}.md" for name in ("code", "unknown", "taken", "changed")
)


def current_language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def code(address: str, figures: str) -> None:
    """The code that somebody asked for, in the language of the page where it was."""
    spaced = f"{figures[:3]} {figures[3:]}"
    until = timezone.now() + timedelta(seconds=LASTS)
    send(CODE, address, {"code": spaced, "minutes": LASTS // 60}, good_until=until)


def unknown(request: HttpRequest, address: str) -> None:
    """That nobody signs in by this address, and what to do; not often, whoever asks."""
    try:
        limits.take(request, "unknown_address", address)
    except limits.Limited:
        return
    send(UNKNOWN, address, {"address": address, "sign_in": Page("account_login")})


def taken(request: HttpRequest, address: str) -> None:
    """That somebody wanted to add an address that leads to another account."""
    try:
        limits.take(request, "unknown_address", address)
    except limits.Limited:
        return
    send(TAKEN, address, {"address": address})


def changed(
    request: HttpRequest | None,
    user: User,
    what: Promise,
    values: Mapping[str, str] | None = None,
    *,
    also: str = "",
) -> None:
    """What was changed in how the user signs in: to the main address, and to one more."""
    through = request.session.get(THROUGH, "") if request else ""
    language = user.language or current_language()
    main = own_addresses(user)[:1] or ([through] if through else [])
    with override(language):
        said = str(what) % (values or {})
    for address in dict.fromkeys([*main, *([also] if also else [])]):
        send(CHANGED, address, {"what": said, "settings": Page("account_settings")}, language)


def send(
    template: str,
    address: str,
    values: dict[str, object],
    language: str = "",
    *,
    good_until: datetime | None = None,
) -> None:
    write(
        template,
        Addressee(address, language=language or current_language()),
        values,
        kind="sign_in",
        urgent=True,
        secret=True,
        good_until=good_until,
    )
