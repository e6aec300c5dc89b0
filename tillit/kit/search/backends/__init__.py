"""What the two databases do each in its own way: the tables behind the index, and asking them."""

from types import ModuleType

from django.db import connection

from tillit.kit.search.backends import postgres, sqlite

BACKENDS = {"sqlite": sqlite, "postgresql": postgres}


def backend() -> ModuleType:
    return BACKENDS[connection.vendor]
