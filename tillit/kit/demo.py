"""A demo: invented persons, and mail that goes nowhere. Never what was begun for real."""

from django.conf import settings

from tillit.kit.background.models import Mark

DEMO = "demo"


def begin_demo() -> None:
    """Say that all in this database is invented. Done once, while it is empty."""
    Mark.objects.get_or_create(name=DEMO)


def is_demo() -> bool:
    """Whether a demo is asked for, and this database was begun as one."""
    return settings.TILLIT_DEMO and Mark.objects.filter(name=DEMO).exists()
