"""The lists of Statistics Sweden (SCB), and the names in them as other names have them."""

import csv
from collections.abc import Iterator
from pathlib import Path

from tillit.register.choices import PlaceKind

DATA = Path(__file__).parent / "data"
LAN = " län"


def rows_of(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def place_names() -> Iterator[tuple[str, PlaceKind]]:
    """Municipalities, then counties without “län” and its genitive: Värmland, Skåne, Dalarna."""
    for row in rows_of("kommuner_scb.csv"):
        yield row["kommun_namn"], PlaceKind.MUNICIPALITY
    for row in rows_of("lan_scb.csv"):
        yield row["lan_namn"].removesuffix(LAN).removesuffix("s"), PlaceKind.COUNTY
