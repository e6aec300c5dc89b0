"""Working out anew what follows from rows: after a rule has changed, or a row was written past it."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models, transaction

from tillit.kit.fields import Derived
from tillit.kit.search.index import follow

BATCH = 500


def nouns() -> Iterator[tuple[type[models.Model], list[str]]]:
    """The models with derived columns, and the names of these."""
    for model in apps.get_models():
        names = [it.name for it in model._meta.concrete_fields if isinstance(it, Derived)]  # noqa: SLF001
        if names:
            yield model, names


def rederive(model: type[models.Model], names: list[str]) -> int:
    """Write the derived columns that say something else than their rows do; how many rows."""
    mended, batch = 0, []
    fields = [model._meta.get_field(name) for name in names]  # noqa: SLF001
    for row in model._default_manager.order_by("pk").iterator(chunk_size=BATCH):  # noqa: SLF001
        before = [getattr(row, name) for name in names]
        if before != [it.pre_save(row, add=False) for it in fields]:  # type: ignore[union-attr]
            batch.append(row)
        if len(batch) == BATCH:
            mended += write(batch, names)
    return mended + write(batch, names)


def write(batch: list[models.Model], names: list[str]) -> int:
    """Write the columns of the rows, and empty the batch."""
    if not batch:
        return 0
    with transaction.atomic():
        type(batch[0])._default_manager.bulk_update(batch, names)  # noqa: SLF001
        follow(batch)
    written = len(batch)
    batch.clear()
    return written
