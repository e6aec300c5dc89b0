"""How the nouns of the register stand in files."""

from typing import Any

TABLES: tuple[Any, ...] = ()
