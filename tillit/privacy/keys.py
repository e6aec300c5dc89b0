"""The list of what has been erased: who is on it can be asked, but not read."""

from collections.abc import Collection, Iterable
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.utils.crypto import salted_hmac

from tillit.privacy.models import ErasedKey, ErasureDecision

SALT = "tillit.privacy.erased"
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
    return len(rows)


def barred(subjects: Collection[str]) -> set[str]:
    """Those of the subjects that are on the list."""
    if not ErasedKey.objects.exists():
        return set()
    by_digest = {digest(it, secret): it for it in subjects for secret in secrets()}
    digests = list(by_digest)
    found: set[str] = set()
    for at in range(0, len(digests), MANY):
        rows = ErasedKey.objects.filter(digest__in=digests[at : at + MANY])
        found |= {by_digest[it] for it in rows.values_list("digest", flat=True)}
    return found


def unreadable() -> int:
    """How many were made with a secret that is no longer known, so that they bar nothing."""
    known = [mark(secret) for secret in secrets()]
    return ErasedKey.objects.exclude(secret__in=known).count()
