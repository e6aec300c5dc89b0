"""The nouns of which two may be one."""

from tillit.duplicates.kinds.kind import Choice, Kind, Weighed
from tillit.duplicates.kinds.organisations import Organisations
from tillit.duplicates.kinds.persons import Persons

KINDS: dict[str, Kind] = {it.noun: it for it in (Organisations(), Persons())}

__all__ = ["KINDS", "Choice", "Kind", "Weighed"]
