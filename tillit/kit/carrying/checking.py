"""What the nouns say of their rows, asked when all of them are in: by then each finds what it names."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import ForeignKey
from django.utils.translation import gettext as _

from tillit.kit.carrying.nouns import Noun, nouns
from tillit.kit.carrying.reading import Export, again
from tillit.kit.guarding import guard_anew
from tillit.kit.loading.faults import Faults
from tillit.kit.models import Row, StoredFile

ROWS_AT_ONCE = 500


def check(export: Export, faults: Faults) -> None:
    """Hold each row against the rules that its noun has for every writer, and in its circle."""
    for noun in nouns():
        if noun.has_key:
            _check(noun, export, faults)
        if noun.model is StoredFile:
            _check_bytes(noun, export, faults)


def _check(noun: Noun, export: Export, faults: Faults) -> None:
    beside = noun.model.check_beside is not Row.check_beside  # type: ignore[attr-defined]
    for rows in _chunks(noun):
        guard_anew(rows)
        for row in rows:
            for message in _refusals(row, beside=beside):
                faults.add(export.spot(noun, row.pk), message, again())


def _check_bytes(noun: Noun, export: Export, faults: Faults) -> None:
    """What a row says of its bytes, where they came along; the sweep tells of those that did not."""
    for row in StoredFile.objects.order_by("pk").iterator(ROWS_AT_ONCE):
        held = export.manifest.files.get(row.path)
        if held and (held.sha256, held.size) != (row.sha256, row.size):
            faults.add(export.spot(noun, row.pk), _("the file is another than this says"), again())


def _refusals(row: Any, *, beside: bool) -> list[str]:
    try:
        row.clean()
        if beside:
            row.check_beside()
    except ValidationError as error:
        return list(error.messages)
    return []


def _chunks(noun: Noun) -> Iterator[list[Any]]:
    rows = noun.model._base_manager.order_by("pk").select_related(*_named(noun.model))  # noqa: SLF001
    last = 0
    while chunk := list(rows.filter(pk__gt=last)[:ROWS_AT_ONCE]):
        yield chunk
        last = chunk[-1].pk


def _named(model: Any) -> list[str]:
    """What its rows name, and what that names: so much do rules ask of."""
    found = []
    for name, target in _references(model):
        found += [name, *(f"{name}__{further}" for further, _model in _references(target))]
    return found


def _references(model: Any) -> Iterator[tuple[str, Any]]:
    for field in model._meta.concrete_fields:  # noqa: SLF001
        if isinstance(field, ForeignKey):
            yield field.name, field.related_model
