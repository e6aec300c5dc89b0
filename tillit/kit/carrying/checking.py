"""What the nouns say of their rows, asked when all of them are in: by then each finds what it names.

Rows are asked some hundreds at a time, at the cost of the same few questions however many they are. Only
where something is wrong with them is each asked by itself, to tell which.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tillit.kit.carrying.at_hand import lay_at_hand
from tillit.kit.carrying.nouns import Noun, nouns
from tillit.kit.carrying.reading import Export, again
from tillit.kit.guarding import guard_anew
from tillit.kit.loading.faults import Faults
from tillit.kit.models import StoredFile

ROWS_AT_ONCE = 500


def check(export: Export, faults: Faults) -> None:
    """Hold each row against the rules that its noun has for every writer, and in its circle."""
    for noun in nouns():
        if noun.has_key:
            _check(noun, export, faults)
        if noun.model is StoredFile:
            _check_bytes(noun, export, faults)


def _check(noun: Noun, export: Export, faults: Faults) -> None:
    for rows in _chunks(noun):
        lay_at_hand(rows)
        guard_anew(rows)
        alone = _refused(rows, "clean")
        beside = _refused_beside(noun, [row for row in rows if row.pk not in alone])
        for pk, messages in sorted((alone | beside).items()):
            for message in messages:
                faults.add(export.spot(noun, pk), message, again())


def _check_bytes(noun: Noun, export: Export, faults: Faults) -> None:
    """What a row says of its bytes, where they came along; the sweep tells of those that did not."""
    for row in StoredFile.objects.order_by("pk").iterator(ROWS_AT_ONCE):
        held = export.manifest.files.get(row.path)
        if held and (held.sha256, held.size) != (row.sha256, row.size):
            faults.add(export.spot(noun, row.pk), _("the file is another than this says"), again())


def _refused_beside(noun: Noun, rows: Sequence[Any]) -> dict[int, list[str]]:
    model: Any = noun.model
    try:
        model.check_all_beside(rows)
    except ValidationError:
        return _refused(rows, "check_beside")
    return {}


def _refused(rows: Sequence[Any], rule: str) -> dict[int, list[str]]:
    """What the rule says of rows that it refuses, by their lines."""
    refused = {}
    for row in rows:
        try:
            getattr(row, rule)()
        except ValidationError as error:
            refused[row.pk] = list(error.messages)
    return refused


def _chunks(noun: Noun) -> Iterator[list[Any]]:
    rows, last = noun.model._base_manager.order_by("pk"), 0  # noqa: SLF001
    while chunk := list(rows.filter(pk__gt=last)[:ROWS_AT_ONCE]):
        yield chunk
        last = chunk[-1].pk
