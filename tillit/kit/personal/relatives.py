"""Which rows are about a person: those that point at one, found by how the columns are declared.

The kit doesn't know what a person is; it is the noun that a person's subject begins with.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

from tillit.kit.models import Row

Column = tuple[type[models.Model], "models.ForeignKey[Any, Any]"]


def row_of(subject: str) -> Row | None:
    """The row that a subject names, if it is there."""
    noun, _colon, key = subject.partition(":")
    model = next((it for it in rows_of_all() if it.noun == noun), None)
    return model._default_manager.filter(key=key).first() if model else None  # noqa: SLF001


@cache
def rows_of_all() -> tuple[type[Row], ...]:
    return tuple(model for model in apps.get_models() if issubclass(model, Row))


def columns_to(target: type[models.Model]) -> Iterator[Column]:
    """All columns that point at rows of the model."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:  # noqa: SLF001
            if isinstance(field, models.ForeignKey) and field.related_model is target:
                yield model, field


def relatives(row: Row) -> list[Row]:
    """The rows with a key of their own that can't be without the row: a person's roles."""
    found: list[Row] = []
    for model, column in columns_to(type(row)):
        if issubclass(model, Row) and not column.null:
            found += model._default_manager.filter(**{column.name: row})  # noqa: SLF001
    return found


@cache
def is_personal(model: type[models.Model]) -> bool:
    """Whether its rows are of a person: with an address of e-mail, or pointing at such a row."""
    if model is get_user_model():
        return True
    fields = model._meta.concrete_fields  # noqa: SLF001
    return any(
        field.name == "email"
        or (
            isinstance(field, models.ForeignKey)
            and field.related_model is not model
            and _is_of_one(field.related_model)
        )
        for field in fields
    )


def _is_of_one(model: Any) -> bool:
    """Whether it is the user, or a noun that is tied to one user at most: a person."""
    if model is get_user_model():
        return True
    fields = model._meta.concrete_fields  # noqa: SLF001
    return any(
        isinstance(field, models.OneToOneField) and field.related_model is get_user_model()
        for field in fields
    )
