"""What a row rests on: `S0:125`, a list of such, or mappings that say more."""

import re
from typing import Annotated, Any

from django.utils.translation import gettext as _
from pydantic import AfterValidator, BeforeValidator

from tillit.kit.loading.faults import Wrong, quoted
from tillit.kit.loading.shapes import Flag, Line, Shape, Text, at_most, line

SOURCE_KEY = r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*"
PLACE = re.compile(rf"({SOURCE_KEY})(?::(\d{{1,6}})(?:-(\d{{1,6}}))?)?", re.ASCII)


def source_key(value: object) -> str:
    written = line(value)
    if not re.fullmatch(SOURCE_KEY, written) or len(written) > 40:
        raise Wrong(
            _("“%(key)s” is not the key of a source") % {"key": quoted(written)},
            _("write letters a–z, digits and single hyphens, for example S0"),
        )
    return written


def place(value: object) -> str:
    """A source and its lines: `S0`, `S0:125` or `S0:126-128`."""
    written = line(value)
    match = PLACE.fullmatch(written)
    if not match:
        raise Wrong(
            _("“%(place)s” is not a place in a source") % {"place": quoted(written)},
            _("write for example S0:125 or S0:126-128; several places are a list"),
        )
    first, last = match[2], match[3] or match[2]
    if first and not 1 <= int(first) <= int(last):
        raise Wrong(
            _("the lines of “%(place)s” end before they begin") % {"place": quoted(written)},
            _("write the first line, counted from 1, before the last"),
        )
    return written


class Cited(Shape):
    """One place in a source."""

    at: Annotated[str, BeforeValidator(place)]
    field: Line = ""
    says: Annotated[Text, AfterValidator(at_most(400))] = ""
    contradicts: Flag = False
    note: Text = ""

    @property
    def source(self) -> str:
        return self.at.partition(":")[0]

    @property
    def lines(self) -> tuple[int | None, int | None]:
        """The first and the last, or neither."""
        first, _hyphen, last = self.at.partition(":")[2].partition("-")
        return (int(first), int(last or first)) if first else (None, None)


def as_list(value: Any) -> Any:
    """One citation is a list of one, and a bare place is a citation that says no more."""
    several = value if isinstance(value, list) else [value]
    return [{"at": one} if isinstance(one, str) else one for one in several]


Citations = Annotated[list[Cited], BeforeValidator(as_list)]


class Sourced(Shape):
    """A row that says where it was read."""

    source: Citations = []
