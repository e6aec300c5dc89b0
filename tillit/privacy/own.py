"""What is kept about one person, from all contexts: for the page, for print and as a file."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tillit.kit.circles import Viewer
from tillit.kit.contributions import OwnData, own_data_of
from tillit.kit.days import format_day

FORMAT = "tillit-own-data/1"
WITHOUT_END = ".."  # as the register writes a period


@dataclass(frozen=True)
class Opened:
    """A part with its rows, each as pairs of a word and a value, in words."""

    part: OwnData
    rows: list[list[tuple[str, str]]]
    count: int

    @property
    def left_out(self) -> int:
        return self.count - len(self.rows)


def parts_of(viewer: Viewer) -> list[OwnData]:
    return own_data_of(viewer.identity.person, viewer.account)


def titles_of(names: Collection[str]) -> list[str]:
    """What the parts of these names are called. They are the same for everybody."""
    return [str(it.title) for it in own_data_of("", None) if it.name in names]


def named(parts: Sequence[OwnData], name: str) -> OwnData | None:
    return next((it for it in parts if it.name == name), None)


def opened(part: OwnData, most: int | None = None) -> Opened:
    """The part with its latest rows, or all of them."""
    rows = list(part.rows())
    shown = rows if most is None else rows[-most:]
    return Opened(part, [list(_pairs(part, row)) for row in reversed(shown)], len(rows))


def _pairs(part: OwnData, row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in row.items():
        text = in_words(value)
        if text:
            yield str(part.labels.get(name, name)), text


def in_words(value: Any) -> str:
    """A plain value as people read it; nothing for what is empty."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "Y-m-d H:i")
    if isinstance(value, date):
        return format_day(value)
    if isinstance(value, Mapping):
        said = ((name, in_words(it)) for name, it in value.items())
        return "; ".join(f"{name}: {text}" for name, text in said if text)
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(in_words, value)))
    empty = value is None or value == ""
    return _("until further notice") if value == WITHOUT_END else "" if empty else str(value)


def as_file(parts: Sequence[OwnData], person: str, day: date) -> dict[str, Any]:
    """The file of one's own data, in the shape that docs/own-data.md tells."""
    return {
        "format": FORMAT,
        "made": day.isoformat(),
        "person": person,
        "parts": [
            {
                "name": it.name,
                "title": str(it.title),
                "why": str(it.why),
                "ground": str(it.ground),
                "seen_by": str(it.seen_by),
                "kept_for": str(it.kept_for),
                "rows": [
                    {name: as_plain(value) for name, value in row.items()} for row in it.rows()
                ],
            }
            for it in parts
        ],
    }


def as_plain(value: Any) -> Any:
    """The value as JSON holds it: moments in UTC and days as ISO 8601 writes them."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): as_plain(it) for name, it in value.items()}
    if isinstance(value, list | tuple):
        return [as_plain(it) for it in value]
    plain = value is None or isinstance(value, bool | int | float | str)
    return value if plain else str(value)
