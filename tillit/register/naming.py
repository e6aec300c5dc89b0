"""What rows are called, many at once: one question for all nouns."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Concat

from tillit.kit.circles import Viewer
from tillit.register.choices import (
    AddressKind,
    NameKind,
    PresenceKind,
    RoleKind,
    Scheme,
    TopicKind,
    UnitKind,
)
from tillit.register.models import (
    Address,
    Identifier,
    Membership,
    Name,
    Organisation,
    Person,
    Place,
    Presence,
    Role,
    Topic,
    Unit,
)

TEXT = CharField(max_length=400)
NONE = Value("", output_field=TEXT)
# Of each noun: its text, and the kind that stands behind it.
Callings = Mapping[type[Any], tuple[Any, Any, Any]]
EMPTY: Callings = {}
TOLD: dict[type[Any], tuple[Any, Any, Any]] = {
    Organisation: (F("name"), NONE, None),
    Person: (F("name"), NONE, None),
    Name: (F("name"), F("kind"), NameKind),
    Identifier: (F("value"), F("scheme"), Scheme),
    Address: (
        Concat("street", Value(" "), "postcode", Value(" "), "town", output_field=TEXT),
        F("kind"),
        AddressKind,
    ),
    Presence: (F("place__name"), F("kind"), PresenceKind),
    Unit: (F("name"), F("kind"), UnitKind),
    Role: (F("person__name"), F("kind"), RoleKind),
    Membership: (F("umbrella__name"), NONE, None),
    Topic: (F("name"), F("kind"), TopicKind),
}
KINDS = {model.noun: choices for model, (_text, _kind, choices) in TOLD.items()}


@dataclass(frozen=True)
class Called:
    """What a row is called, and which kind it is of."""

    text: str
    kind: str = ""

    def __str__(self) -> str:
        return f"{self.text} ({self.kind})" if self.kind else self.text


def called(subjects: Iterable[str], viewer: Viewer, more: Callings = EMPTY) -> dict[str, Called]:
    """What those of the subjects are called that the viewer may read; `more` are nouns of others."""
    nouns = {**TOLD, **more}
    keys: dict[str, set[str]] = defaultdict(set)
    for subject in subjects:
        noun, _colon, key = subject.partition(":")
        keys[noun].add(key)
    parts = [
        _part(model, told, keys[model.noun], viewer)
        for model, told in nouns.items()
        if keys[model.noun]
    ]
    places = keys.get(Place.noun)
    if places:
        parts.append(_columns(Place.objects.filter(pk__in=places), Place.noun, "pk", F("name")))
    if not parts:
        return {}
    rows = parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]
    return {
        f"{noun}:{key}": Called(text.strip(), kind_in_words(noun, kind))
        for noun, key, text, kind in rows
    }


def _part(
    model: type[Any], told: tuple[Any, Any, Any], keys: set[str], viewer: Viewer
) -> QuerySet[Any, Any]:
    rows = Person.objects.known_to(viewer) if model is Person else model.objects.visible_to(viewer)
    text, kind, _choices = told
    return _columns(rows.filter(key__in=keys), model.noun, "key", text, kind)


def _columns(rows: Any, noun: str, key: str, text: Any, kind: Any = NONE) -> QuerySet[Any, Any]:
    told = {"told_noun": Value(noun, output_field=TEXT), "told_text": text, "told_kind": kind}
    found: QuerySet[Any, Any] = rows.order_by().annotate(**told)
    return found.values_list("told_noun", key, "told_text", "told_kind")


def kind_in_words(noun: str, kind: str) -> str:
    choices: Any = KINDS.get(noun)
    return str(dict(choices.choices).get(kind, kind)).lower() if choices and kind else ""
