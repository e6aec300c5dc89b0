"""What a version says beside its sections: aims, words, principles, promises and measures."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import SmallIntegerField, TextField, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from tillit.agreements.choices import AimKind
from tillit.agreements.models import Aim, Commitment, Definition, Measure, Principle, Version
from tillit.kit.circles import Viewer
from tillit.register.choices import Side

EMPTY = Value("", output_field=TextField())
NONE = Value(0, output_field=SmallIntegerField())
PRINCIPLE = Coalesce("principle__heading", EMPTY, output_field=TextField())
# Of each noun: its kind, its number, its heading, what it sorts by beside these, and the heading of the
# principle that it carries out.
COLUMNS: Mapping[type[Any], tuple[Any, ...]] = {
    Aim: ("kind", "number", EMPTY, EMPTY, EMPTY),
    Definition: (EMPTY, NONE, "term", "sort_key", EMPTY),
    Principle: (EMPTY, "number", "heading", EMPTY, EMPTY),
    Commitment: ("side", "number", EMPTY, EMPTY, PRINCIPLE),
    Measure: (EMPTY, "number", "title", EMPTY, EMPTY),
}
IN_MARKDOWN = {Aim.noun, Principle.noun}
KINDS = [*AimKind.values, *Side.values]  # in the order in which they are told


@dataclass(frozen=True)
class Wording:
    """One of them, as it is told. `kind` is that of an aim, or the side of a promise."""

    version: Version
    noun: str
    key: str
    kind: str
    number: int
    heading: str
    place: str
    principle: str
    text: str

    def __str__(self) -> str:
        """There mostly is one purpose and one vision, which need no number."""
        if self.noun == Commitment.noun:
            return f"{Side(self.kind).label} {self.number}"
        if self.noun == Aim.noun:
            is_alone = self.number == 1 and self.kind != AimKind.GOAL
            label = AimKind(self.kind).label
            return str(label if is_alone else f"{label} {self.number}")
        return f"{self.number}. {self.heading}" if self.number else self.heading

    @property
    def subject(self) -> str:
        return f"{self.noun}:{self.key}"

    @property
    def anchor(self) -> str:
        """As the row has it: see `OfVersion.anchor`."""
        return f"{self.noun}-{self.key.rpartition(f'{self.version.key}.')[2]}"

    @property
    def url(self) -> str:
        """Of a measure, which has a page of its own."""
        agreement = self.version.agreement.key
        return reverse(
            "agreements:measure", args=[agreement, self.key.removeprefix(f"{agreement}.")]
        )

    @property
    def order(self) -> tuple[Any, ...]:
        kind = KINDS.index(self.kind) if self.kind in KINDS else 0
        return (kind, self.number, self.place, self.key)


def wordings_of(version: Version, viewer: Viewer | None = None) -> dict[str, list[Wording]]:
    """By noun, in the order in which they are told; as far as the viewer may read, if any is given."""
    asked = [rows_of(model, version, viewer) for model in COLUMNS]
    found: dict[str, list[Wording]] = defaultdict(list)
    for row in asked[0].union(*asked[1:], all=True):
        it = Wording(version, *row)
        found[it.noun].append(it)
    return {noun: sorted(rows, key=lambda it: it.order) for noun, rows in found.items()}


def rows_of(model: Any, version: Version, viewer: Viewer | None) -> Any:
    rows = model.objects.filter(version=version).order_by()
    if viewer is not None:
        rows = rows.visible_to(viewer)
    noun = Value(model.noun, output_field=TextField())
    return rows.values_list(noun, "key", *COLUMNS[model], "text")
