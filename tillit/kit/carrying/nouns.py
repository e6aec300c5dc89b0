"""Which models are carried, and which of their columns: worked out from how they are declared.

A noun (`Row`) is carried, and what can't be without one: a citation, an answer. A model says otherwise
by `carried`. Rows with a key are written by it, in its order; those without one in the order in which
they came, and others name them by their number.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from django.apps import apps
from django.db import models

from tillit.kit.fields import Derived
from tillit.kit.models import Row

# A link that was mailed leads to where it was made.
SECRETS = frozenset({"token_seed", "token_hash"})


@dataclass(frozen=True)
class Noun:
    """A model that is carried. Its file has its name."""

    model: type[models.Model]

    @property
    def name(self) -> str:
        return str(self.model._meta.model_name)  # noqa: SLF001

    @property
    def has_key(self) -> bool:
        return issubclass(self.model, Row)

    @cached_property
    def columns(self) -> list[Any]:
        """Those that are carried: what follows from others, and what leads out of it, is not."""
        return [it for it in self.model._meta.concrete_fields if is_carried_column(it)]  # noqa: SLF001

    @cached_property
    def sets(self) -> list[Any]:
        return list(self.model._meta.many_to_many)  # noqa: SLF001

    @cached_property
    def own(self) -> list[Any]:
        """Those that tell of the row alone."""
        return [it for it in self.columns if not it.is_relation]

    @cached_property
    def not_own(self) -> frozenset[str]:
        return frozenset(it.name for it in self.model._meta.fields if it not in self.own)  # noqa: SLF001

    @cached_property
    def derived(self) -> list[Any]:
        """Those that are worked out anew."""
        return [it for it in self.model._meta.concrete_fields if isinstance(it, Derived)]  # noqa: SLF001

    @cached_property
    def names(self) -> frozenset[str]:
        """What its records may tell."""
        return frozenset(it.name for it in [*self.columns, *self.sets])

    @property
    def instead(self) -> dict[str, Any]:
        """Columns that are told otherwise, since what they rest on stays behind."""
        return getattr(self.model, "carried_as", {})


@cache
def nouns() -> tuple[Noun, ...]:
    return tuple(Noun(model) for model in apps.get_models() if is_carried(model))


def noun_named(name: str) -> Noun | None:
    return next((noun for noun in nouns() if noun.name == name), None)


@cache
def is_carried(model: type[models.Model]) -> bool:
    said: bool | None = getattr(model, "carried", None)
    return (
        said
        if said is not None
        else any(is_carried(it) for it in _needed(model) if it is not model)
    )


def _needed(model: type[models.Model]) -> Iterator[type[models.Model]]:
    """The models without which its rows can't be."""
    for field in model._meta.concrete_fields:  # noqa: SLF001
        if isinstance(field, models.ForeignKey) and not field.null:
            yield field.related_model


def is_carried_column(field: Any) -> bool:
    if field.primary_key or field.name in SECRETS or isinstance(field, Derived):
        return False
    return not field.is_relation or is_named(field.related_model)


def is_named(model: type[models.Model]) -> bool:
    """Whether others can name its rows: they are carried too, or have their key everywhere."""
    return is_carried(model) or has_natural_key(model)


def has_natural_key(model: type[models.Model]) -> bool:
    """Whether it is known by the same key everywhere, as places are."""
    return not isinstance(model._meta.pk, models.AutoField)  # noqa: SLF001
