"""The list of what has been erased: who is on it can be asked, but not read.

It stands in the database, and in a file beside the secret that made it: the database may be lost, and
filled again from a day when all of them were still in it.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from tillit.privacy.models import ErasedKey, ErasureDecision

SALT = "tillit.privacy.erased"
FILE = "erased-keys"
MANY = 500


def secrets() -> list[str]:
    """The installation's secret, and those that it had before and still knows."""
    return [str(it) for it in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def digest(subject: str, secret: str) -> str:
    return salted_hmac(SALT, subject, secret, algorithm="sha256").hexdigest()


def mark(secret: str) -> str:
    """By which a secret is known again, without telling it."""
    return sha256(salted_hmac(SALT, "which", secret, algorithm="sha256").digest()).hexdigest()[:16]


def bar(subjects: Iterable[str], decision: ErasureDecision, now: datetime) -> int:
    """From now on the subjects can't be loaded. How many they are."""
    secret = settings.SECRET_KEY
    rows = [
        ErasedKey(digest=digest(it, secret), secret=mark(secret), at=now, decision=decision)
        for it in sorted(subjects)
    ]
    ErasedKey.objects.bulk_create(rows, batch_size=MANY, ignore_conflicts=True)
    transaction.on_commit(lambda: write(rows))
    return len(rows)


def file() -> Path:
    return Path(settings.DATA) / FILE


def write(rows: Iterable[ErasedKey]) -> None:
    """Note them in the file, those that it has not yet."""
    known = in_file()
    new = [f"{row.secret} {row.digest}\n" for row in rows if row.digest not in known]
    if new:
        with file().open("a") as kept:
            kept.write("\n" + "".join(new))  # the last line may have been cut short


def in_file() -> set[str]:
    """The digests in the file. A line that was not written to its end says nothing."""
    try:
        lines = file().read_text().splitlines()
    except FileNotFoundError:
        return set()
    return {line.partition(" ")[2] for line in lines}


def is_empty() -> bool:
    return not in_file() and not ErasedKey.objects.exists()


def barred(subjects: Collection[str]) -> set[str]:
    """Those of the subjects that are on the list."""
    if is_empty():
        return set()
    by_digest = {digest(it, secret): it for it in subjects for secret in secrets()}
    digests = list(by_digest)
    found = {by_digest[it] for it in in_file() & by_digest.keys()}
    for at in range(0, len(digests), MANY):
        rows = ErasedKey.objects.filter(digest__in=digests[at : at + MANY])
        found |= {by_digest[it] for it in rows.values_list("digest", flat=True)}
    return found


def unreadable() -> int:
    """How many were made with a secret that is no longer known, so that they bar nothing."""
    known = [mark(secret) for secret in secrets()]
    return ErasedKey.objects.exclude(secret__in=known).count()
