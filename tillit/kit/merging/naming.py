"""All columns that may name a row, found by how they are declared."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

from tillit.kit.circles import Circled, CircleField
from tillit.kit.fields import SubjectField
from tillit.kit.models import Row
from tillit.kit.search.models import Entry

Column = tuple[type[models.Model], Any]


def sets_with(target: type[models.Model]) -> Iterator[Column]:
    """The sets that may have rows of the model in them."""
    for model in apps.get_models():
        for field in model._meta.many_to_many:  # noqa: SLF001
            if field.related_model is target:
                yield model, field


def columns_of_rows() -> Iterator[tuple[type[Row], Any]]:
    """The columns by which rows with a key name each other."""
    for model in apps.get_models():
        if issubclass(model, Row):
            for field in model._meta.concrete_fields:  # noqa: SLF001
                if isinstance(field, models.ForeignKey):
                    yield model, field


def whole(model: type[models.Model]) -> models.QuerySet[Any]:
    """Its rows, each with all that it names: rules and circles ask for it."""
    columns: list[Any] = list(model._meta.concrete_fields)  # noqa: SLF001
    named = [it.name for it in columns if isinstance(it, models.ForeignKey)]
    rows: models.QuerySet[Any] = model._default_manager.all()  # noqa: SLF001
    return rows.select_related(*named) if named else rows


def subject_columns() -> Iterator[Column]:
    for model in apps.get_models():
        for field in model._meta.concrete_fields:  # noqa: SLF001
            if isinstance(field, SubjectField):
                yield model, field


def circle_columns() -> Iterator[Column]:
    """Those that say who reads a row. The index is made anew from the rows."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:  # noqa: SLF001
            if is_circle(model, field) and model is not Entry:
                yield model, field


def is_circle(model: type[models.Model], field: Any) -> bool:
    second = field.name == "also" or field.name.endswith("_circle")
    return isinstance(field, CircleField) or (issubclass(model, Circled) and second)


def named_by_noun_and_key() -> Iterator[tuple[type[Row], str, str]]:
    """Those that name a row by two columns: the noun and the key."""
    for model in apps.get_models():
        if issubclass(model, Row) and model.noun_and_key:
            yield (model, *model.noun_and_key)
