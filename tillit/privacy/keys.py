"""The list of what has been erased: who is on it can be asked, but not read.

It stands in the database, and in a file beside the secret that made it: the database may be lost, and
filled again from a day when all of them were still in it.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from tillit.privacy.models import ErasedKey, ErasureDecision

SALT = "tillit.privacy.erased"
FILE = "erased-keys"
LINE = re.compile("([0-9a-z]{1,16}) ([0-9a-z]{64})", re.ASCII)
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
    note({row.digest: row.secret for row in rows}, file())


def note(them: Mapping[str, str], kept: Path) -> None:
    """Add to a file of the list, by their digests, those that it lacks."""
    known = read(kept)
    new = [f"{secret} {digest}\n" for digest, secret in them.items() if digest not in known]
    if new:
        with kept.open("a") as written:
            written.write("\n" + "".join(new))  # the last line may have been cut short


def read(kept: Path) -> dict[str, str]:
    """The digests in a file of the list, each with the mark of its secret. All else is passed over."""
    try:
        lines = kept.read_text(errors="replace").splitlines()
    except FileNotFoundError:
        return {}
    return {match[2]: match[1] for line in lines if (match := LINE.fullmatch(line))}


def in_file() -> set[str]:
    return set(read(file()))


def whole() -> dict[str, str]:
    """All of the list, wherever it stands."""
    return read(file()) | dict(ErasedKey.objects.values_list("digest", "secret"))


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
