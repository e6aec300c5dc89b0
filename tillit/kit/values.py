"""What a row says as plain values, so that it can be kept, shown, compared and given back.

Text and numbers stay as they are, days are ISO, another row is its key, a set is a sorted list.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from tillit.kit.fields import Derived
from tillit.kit.models import Row
from tillit.kit.refusal import Refused

Values = dict[str, Any]
NOT_TOLD = {"id", "key", "circle", "also", "token_seed", "token_hash"}


def values_of(row: models.Model) -> Values:
    """The row's own columns and sets as plain values, without what follows from them."""
    found = values_of_columns(row)
    if row.pk:
        for name in sets_of(row):
            found[name] = sorted(plain(it) for it in getattr(row, name).all())
    return found


def values_of_new(row: models.Model) -> Values:
    """Those of a row that has just been written, whose sets are empty: asks for nothing."""
    return values_of_columns(row) | {name: [] for name in sets_of(row)}


def values_of_columns(row: models.Model) -> Values:
    found: Values = {}
    for field in row._meta.concrete_fields:  # noqa: SLF001 (Django's own public-in-all-but-name API)
        untold = field.name in NOT_TOLD or field.name in getattr(row, "untold", ())
        if not untold and not isinstance(field, Derived):
            found[field.name] = plain(getattr(row, field.name))
    return found


def plain(value: Any) -> Any:
    if isinstance(value, Row):
        return value.key
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, date | datetime):
        return value.isoformat()
    # As short as it can be: a database fills up with zeros what was just written.
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def sets_of(row: models.Model) -> set[str]:
    return {field.name for field in row._meta.many_to_many}  # noqa: SLF001


def fill(row: models.Model, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Give the row what plain values say, and return the sets that it shall have when written.

    Raises Refused when what they name is gone.
    """
    sets = {}
    for name, value in values.items():
        field: Any = row._meta.get_field(name)  # noqa: SLF001
        if field.many_to_many:
            by = {f"{key_column(field.related_model)}__in": value or []}
            sets[name] = list(field.related_model._default_manager.filter(**by))  # noqa: SLF001
        elif field.is_relation:
            setattr(row, name, _named(field.related_model, value))
        else:
            setattr(row, name, field.to_python(value))
    return sets


def key_column(model: type[models.Model]) -> str:
    return "key" if issubclass(model, Row) else "pk"


def _named(model: Any, value: Any) -> Any:
    if value is None:
        return None
    found = model._default_manager.filter(**{key_column(model): value}).first()  # noqa: SLF001
    if found is None:
        raise Refused(_("What it belonged to is no longer there."), 409)
    return found
