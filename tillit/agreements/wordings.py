"""What a version says, in one question: its sections, aims, words, principles, promises and measures.

A version's own text is long and is fetched by itself; all else that it says, and what something of it is
called, is had here.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tillit.agreements.choices import AimKind
from tillit.agreements.models import (
    Aim,
    Commitment,
    Definition,
    Measure,
    Principle,
    Section,
    Version,
)
from tillit.kit.circles import Viewer
from tillit.register.choices import Side

EMPTY = Value("", output_field=TextField())
NUMBER = Cast("number", TextField())
PRINCIPLE = Coalesce("principle__heading", EMPTY, output_field=TextField())
# Of each noun: its kind, its number, its heading, what it sorts by beside these, and the heading of the
# principle that it carries out.
COLUMNS: Mapping[type[Any], tuple[Any, ...]] = {
    Section: (EMPTY, "number", "heading", "place", EMPTY),
    Aim: ("kind", NUMBER, EMPTY, EMPTY, EMPTY),
    Definition: (EMPTY, EMPTY, "term", "sort_key", EMPTY),
    Principle: (EMPTY, NUMBER, "heading", EMPTY, EMPTY),
    Commitment: ("side", NUMBER, EMPTY, EMPTY, PRINCIPLE),
    Measure: (EMPTY, NUMBER, "title", EMPTY, EMPTY),
}
BY_NOUN = {model.noun: model for model in COLUMNS}
BESIDE = tuple(model for model in COLUMNS if model is not Section)
IN_MARKDOWN = {Section.noun, Aim.noun, Principle.noun}
# The headings under which they are told.
TITLES = {
    Aim.noun: _("Purpose, vision and goals"),
    Section.noun: _("Text"),
    Definition.noun: _("Words and what they mean"),
    Principle.noun: _("Principles"),
    Commitment.noun: _("Commitments"),
    Measure.noun: _("Measures"),
}
KINDS = [*AimKind.values, *Side.values]  # in the order in which they are told


@dataclass
class Wording:
    """One of them, as it is told. `kind` is that of an aim, or the side of a promise."""

    version: Version
    noun: str
    key: str
    kind: str
    number: str
    heading: str
    place: str
    principle: str
    text: str
    came_of: list[Any] = field(default_factory=list)  # responses that say that they led to it

    def __str__(self) -> str:
        """There mostly is one purpose and one vision, which need no number."""
        if self.noun == Commitment.noun:
            return f"{Side(self.kind).label} {self.number}"
        if self.noun == Aim.noun:
            is_alone = self.number == "1" and self.kind != AimKind.GOAL
            label = AimKind(self.kind).label
            return str(label if is_alone else f"{label} {self.number}")
        stop = "" if self.noun == Section.noun else "."
        return f"{self.number}{stop} {self.heading}".strip() if self.number else self.heading

    @property
    def called(self) -> str:
        """By itself, where nothing else says what it is."""
        if self.noun in {Section.noun, Aim.noun}:
            return str(self)
        name = str(BY_NOUN[self.noun]._meta.verbose_name)  # noqa: SLF001
        return f"{name[:1].upper()}{name[1:]}: {self}"

    @property
    def side(self) -> str:
        """Whose promise it is."""
        return self.kind

    @property
    def subject(self) -> str:
        return f"{self.noun}:{self.key}"

    @property
    def anchor(self) -> str:
        """As the row has it: see `OfVersion.anchor`."""
        return f"{self.noun}-{self.key.rpartition(f'{self.version.key}.')[2]}"

    def get_absolute_url(self) -> str:
        """A measure has a page of its own."""
        if self.noun != Measure.noun:
            return f"{self.version.get_absolute_url()}#{self.anchor}"
        agreement = self.version.agreement.key
        return reverse(
            "agreements:measure", args=[agreement, self.key.removeprefix(f"{agreement}.")]
        )

    @property
    def order(self) -> tuple[Any, ...]:
        nouns = [*BY_NOUN]
        kind = KINDS.index(self.kind) if self.kind in KINDS else 0
        number = int(self.number) if self.number.isdigit() else 0
        return (nouns.index(self.noun), kind, self.place, number, self.key)


def wordings_of(version: Version, viewer: Viewer | None = None) -> dict[str, list[Wording]]:
    """All but its sections, by noun, in the order in which they are told; as far as the viewer may read,
    if any is given.
    """
    found: dict[str, list[Wording]] = defaultdict(list)
    for it in wordings_among([version], viewer, BESIDE):
        found[it.noun].append(it)
    return dict(found)


def wordings_among(
    versions: Sequence[Version], viewer: Viewer | None, models: Iterable[Any] = COLUMNS
) -> list[Wording]:
    """Of the versions in their order, each in the order in which it tells them."""
    by_pk = {it.pk: it for it in versions}
    asked = [rows_of(model, viewer).filter(version__in=by_pk) for model in models]
    found = [Wording(by_pk[pk], *row) for pk, *row in united(models, asked)]
    places = {pk: place for place, pk in enumerate(by_pk)}
    return sorted(found, key=lambda it: (places[it.version.pk], *it.order))


def wordings_called(subjects: Iterable[str], viewer: Viewer) -> dict[str, Wording]:
    """By subject, as far as the viewer may read them. Two questions, however many there are."""
    keys: dict[str, set[str]] = defaultdict(set)
    for noun, _colon, key in (it.partition(":") for it in subjects):
        keys[noun].add(key)
    models = [BY_NOUN[noun] for noun in keys if noun in BY_NOUN]
    if not models:
        return {}
    asked = [rows_of(model, viewer).filter(key__in=keys[model.noun]) for model in models]
    rows = list(united(models, asked))
    known = Version.objects.visible_to(viewer).filter(pk__in={row[0] for row in rows})
    versions = {it.pk: it for it in known.select_related("agreement")}
    found = [Wording(versions[pk], *row) for pk, *row in rows if pk in versions]
    return {it.subject: it for it in found}


def rows_of(model: Any, viewer: Viewer | None) -> Any:
    rows = model.objects.order_by()
    return rows if viewer is None else rows.visible_to(viewer)


def united(models: Iterable[Any], asked: Sequence[Any]) -> Any:
    """The columns of a wording, after the version that it belongs to."""
    columns = [
        rows.values_list(
            "version_id",
            Value(model.noun, output_field=TextField()),
            "key",
            *COLUMNS[model],
            "text",
        )
        for model, rows in zip(models, asked, strict=True)
    ]
    return columns[0].union(*columns[1:], all=True)
