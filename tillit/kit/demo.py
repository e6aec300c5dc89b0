"""A demo: invented persons, and mail that goes nowhere. Never what was begun for real."""

from functools import cache

from django.conf import settings

from tillit.kit.background.models import Mark

DEMO = "demo"


def begin_demo() -> None:
    """Say that all in this database is invented. Done once, while it is empty."""
    Mark.objects.get_or_create(name=DEMO)
    was_begun.cache_clear()


def is_demo() -> bool:
    """Whether a demo is asked for, and this database was begun as one.

    Nothing else may ask for `TILLIT_DEMO`: it can be set by mistake where persons and mails are real.
    """
    return settings.TILLIT_DEMO and was_begun()


@cache
def was_begun() -> bool:
    """Remembered by the process, since every page asks."""
    return bool(Mark.objects.filter(name=DEMO).exists())
