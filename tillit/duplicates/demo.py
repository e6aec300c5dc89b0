"""The demo has looked through its register once, as every night. Never in a real register."""

from tillit.duplicates.models import Pair
from tillit.duplicates.pairing import find_all
from tillit.kit.days import today


def populate() -> None:
    """Nothing is invented: what may be the same is what the sources write in two ways."""
    if not Pair.objects.exists():
        find_all(today())
