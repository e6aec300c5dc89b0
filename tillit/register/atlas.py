"""The shapes of counties and municipalities, made beforehand by tools/build_map.py."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parent / "data" / "map.json"


@dataclass(frozen=True)
class Shape:
    """One place on a map: its path, and where a label may stand."""

    code: str
    d: str
    x: int = 0
    y: int = 0


@dataclass(frozen=True)
class Outline:
    """A map: its viewBox and shapes."""

    box: str
    shapes: tuple[Shape, ...]


@cache
def _read() -> Any:
    return json.loads(FILE.read_text())


def _outline(box: list[int], shapes: dict[str, Any]) -> Outline:
    return Outline(
        " ".join(map(str, box)),
        tuple(Shape(code, it["d"], it.get("x", 0), it.get("y", 0)) for code, it in shapes.items()),
    )


@cache
def counties() -> Outline:
    """All of Sweden by its 21 counties."""
    country = _read()["country"]
    return _outline(country["box"], country["counties"])


@cache
def municipalities() -> Outline:
    """All of Sweden by its 290 municipalities."""
    country = _read()["country"]
    return _outline(country["box"], country["municipalities"])


@cache
def county(code: str) -> Outline:
    """One county by its municipalities. Raises KeyError for an unknown code."""
    found = _read()["counties"][code]
    return _outline(found["box"], found["municipalities"])
