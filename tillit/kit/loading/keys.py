"""Keys worked out of what a row says, the same at every load."""

import re
from hashlib import sha256

from tillit.kit.loading.shapes import LONGEST_KEY
from tillit.kit.swedish import fold

LONGEST_PART = 60


def slugged(text: str) -> str:
    """The text as a key: Åhus Föreningsråd is ahus-foreningsrad. Without such letters, a hash."""
    slug = re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
    return slug[:LONGEST_PART].strip("-") or _digest(text)


def joined(*parts: str) -> str:
    """The parts with full stops between; one that is too long for a column ends in its hash."""
    key = ".".join(part for part in parts if part)
    if len(key) <= LONGEST_KEY - 10:  # room for the number of a repetition
        return key
    return f"{key[: LONGEST_KEY - 30]}-{_digest(key)}"


def _digest(text: str) -> str:
    return "x" + sha256(text.encode()).hexdigest()[:12]
