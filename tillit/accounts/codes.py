"""Six figures sent to an address, to be written where they were asked for.

The session keeps for what, to whom and what the code would digest to, never the code. How often it
has been tried is counted outside of it, so that a session used by many at once gives no more tries.
"""

import secrets
import time
import unicodedata
from dataclasses import asdict, dataclass

from django.db.models import TextChoices
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

from tillit.accounts import limits

FIGURES = 6
LASTS = 15 * 60  # seconds


class Use(TextChoices):
    SIGN_IN = "sign-in"
    SECOND = "second"  # after a password
    CONFIRM = "confirm"  # that it is you, before something is changed
    ADDRESS = "address"  # that a new address is yours
    INVITATION = "invitation"  # that you read the address that was invited
    FUNCTION = "function"  # that you read the address of the function that you hold


class Gone(Exception):  # noqa: N818 (nothing went wrong)
    """There is no code to try: it was never asked for here, or that was too long ago."""


class Wrong(Exception):  # noqa: N818
    """Another one. `left` is how many more may be tried; with none left a new code is needed."""

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left


@dataclass(frozen=True)
class Asked:
    """A code that was asked for. Without an account none was sent, which the answer doesn't show."""

    address: str
    account: int | None
    onward: str
    key: str
    digest: str
    at: float


def ask(request: HttpRequest, use: Use, address: str, account: int | None, onward: str = "") -> str:
    """A new code, in place of an earlier one. Raises Limited."""
    whither = f"{use.value}:{address}"
    limits.take(request, "ask_code", f"{whither}:{limits.source(request)}")
    limits.take(request, "mail_code", whither)
    code, key = f"{secrets.randbelow(10**FIGURES):0{FIGURES}}", secrets.token_urlsafe(12)
    asked = Asked(address, account, onward, key, digest(key, code), time.time())
    request.session[name(use)] = asdict(asked)
    return code


def asked(request: HttpRequest, use: Use) -> Asked:
    """What was asked for. Raises Gone."""
    kept = request.session.get(name(use))
    if not kept or time.time() - kept["at"] > LASTS:
        request.session.pop(name(use), None)
        raise Gone
    return Asked(**kept)


def is_spent(request: HttpRequest, it: Asked) -> bool:
    return limits.left(request, "try_code", it.key) <= 0


def check(request: HttpRequest, use: Use, typed: str) -> Asked:
    """What was asked for, when it is the code. Raises Wrong or Gone."""
    it = asked(request, use)
    try:
        limits.take(request, "try_code", it.key)
    except limits.Limited:
        raise Wrong(0)
    right = constant_time_compare(it.digest, digest(it.key, figures(typed)))
    if not right or it.account is None:
        raise Wrong(limits.left(request, "try_code", it.key))
    del request.session[name(use)]
    return it


def figures(typed: str) -> str:
    """The figures alone: people write spaces and hyphens between them."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", typed) if sign.isdecimal())


def digest(key: str, code: str) -> str:
    return salted_hmac("tillit.accounts.codes", f"{key}:{code}", algorithm="sha256").hexdigest()


def name(use: Use) -> str:
    return f"code:{use.value}"
