"""The code that lets the first administrator in: told in the terminal, kept as a digest only.

It is kept in the database, so that it counts the same however many processes serve. Whoever has it
proves to have the server. It is worth nothing once it has been used, after five wrong tries, and after
a day.
"""

import secrets
import unicodedata
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from tillit.site.models import FirstCode

LETTERS = "ACDEFGHJKLMNPQRTUVWXY"  # none that are taken for each other or for figures
GROUPS, LENGTH = 3, 4
TRIES = 5
LASTS = timedelta(days=1)


class Wrong(Exception):  # noqa: N818 (nothing went wrong with us)
    """Another one. `left` is how many more may be tried."""

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left


class Gone(Exception):  # noqa: N818
    """There is no code: none was made, it has been used, tried too often, or is too old."""


def make(now: datetime) -> str:
    """A new code, in place of an earlier one: KDPF-RTWA-HMXE."""
    code = "-".join(
        "".join(secrets.choice(LETTERS) for _letter in range(LENGTH)) for _group in range(GROUPS)
    )
    row = {"digest": digest(code), "tries_left": TRIES, "made_at": now}
    FirstCode.objects.update_or_create(pk=FirstCode.ONLY, defaults=row)
    return code


def is_waiting(now: datetime) -> bool:
    """Whether there is a code that may be tried."""
    return bool(lasting(now).filter(tries_left__gt=0).exists())


def lasting(now: datetime) -> QuerySet[FirstCode]:
    return FirstCode.objects.filter(made_at__gt=now - LASTS)


def attempt(typed: str, now: datetime) -> str:
    """Try a code. Returns what is to be shown again when it is used; the code is not used yet.

    Raises Wrong or Gone. A wrong one is counted even if the request fails afterwards.
    """
    with transaction.atomic():
        row = lasting(now).select_for_update().filter(tries_left__gt=0).first()
        if row is None:
            raise Gone
        right = constant_time_compare(row.digest, digest(typed))
        if not right:
            row.tries_left -= 1
            row.save(update_fields=["tries_left"])
    if not right:
        raise Wrong(row.tries_left)
    return row.digest


def use(shown: str, now: datetime) -> None:
    """Use the code up, in the transaction of what it is used for. Raises Gone.

    Of two who come at once one waits for the other, and finds nothing.
    """
    row = lasting(now).select_for_update().first()
    if row is None or not constant_time_compare(row.digest, shown):
        raise Gone
    row.delete()


def digest(code: str) -> str:
    """Of the letters alone: people leave out the hyphens, and write small letters."""
    plain = unicodedata.normalize("NFKC", code).upper()
    letters = "".join(letter for letter in plain if letter.isalpha())
    return salted_hmac("tillit.site.first_code", letters, algorithm="sha256").hexdigest()
