"""The rows whose circles follow from an organisation's, whichever context they are of."""

from collections.abc import Collection, Iterator
from typing import Any

from django.apps import apps
from django.db.models import Model, Q

from tillit.kit.circles import Shared
from tillit.kit.models import Row

ORGANISATION = "organisation"  # the noun; its class rests on this module


def dependants_of(organisations: Collection[Any]) -> Iterator[Any]:
    """All rows of the organisations that set their circle by them."""
    for model in apps.get_models():
        if issubclass(model, Row) and hasattr(model, "guard"):
            yield from _rows(model, organisations)


def kept_of(organisations: Collection[Any]) -> Iterator[Any]:
    """Those that a secretariat reads as well."""
    for model in apps.get_models():
        if issubclass(model, Shared) and hasattr(model, "guard"):
            yield from _rows(model, organisations)


def _rows(model: type[Model], organisations: Collection[Any]) -> Iterator[Any]:
    owners = [field.name for field in model._meta.concrete_fields if _is_owner(field)]  # noqa: SLF001
    if owners:
        of_these = Q(*((f"{name}__in", organisations) for name in owners), _connector=Q.OR)
        related = [f"{name}__secretariat" for name in owners]
        yield from model._default_manager.filter(of_these).select_related(*related)  # noqa: SLF001


def _is_owner(field: Any) -> bool:
    """Whether the column names an organisation."""
    return getattr(field.related_model, "noun", "") == ORGANISATION
