"""From keys to rows: what the database already holds, and what the rows of a load name."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, QuerySet

from tillit.kit.loading.plan import Plan
from tillit.kit.loading.wanted import Wanted, held_by
from tillit.kit.models import Source

CHUNK = 500


def resolve(plan: Plan) -> None:
    """Give each wanted row its row and set on it what the files say. Unknown keys are told."""
    for model, keys in _needed(plan).items():
        plan.stored[model] = _fetch(model, keys, plan)
    for wanted in plan.all():
        _adopt(wanted, plan)
    for wanted in plan.all():
        _fill(wanted, plan)
        plan.check_cited(wanted)


def _needed(plan: Plan) -> dict[type[Model], set[str]]:
    needed: dict[type[Model], set[str]] = defaultdict(set)
    for wanted in plan.all():
        needed[wanted.model].add(wanted.key)
        needed[Source].update(cited.source for cited in wanted.cited)
        for ref in wanted.all_refs():
            needed[ref.model].add(ref.key)
    return needed


def _fetch(model: type[Model], keys: set[str], plan: Plan) -> dict[str, Any]:
    rows: QuerySet[Any] = model._default_manager.all()  # noqa: SLF001
    for wanted in plan.of(model)[:1]:  # all rows of a noun name others by the same columns
        rows = rows.select_related(*wanted.refs).prefetch_related(*wanted.many)
    column = key_column(model)
    found = (
        row for chunk in chunks(sorted(keys)) for row in rows.filter(**{f"{column}__in": chunk})
    )
    return {row.key: row for row in found}


def key_column(model: type[Model]) -> str:
    """The column of the public key: places have it as their primary key."""
    try:
        model._meta.get_field("key")  # noqa: SLF001
    except FieldDoesNotExist:
        return "pk"
    return "key"


def chunks(items: Iterable[Any]) -> Iterator[list[Any]]:
    """Parts that any database takes in one query."""
    rest = iter(items)
    while part := list(islice(rest, CHUNK)):
        yield part


def _adopt(wanted: Wanted, plan: Plan) -> None:
    row = plan.stored[wanted.model].get(wanted.key)
    wanted.is_new = row is None
    wanted.row = wanted.model(key=wanted.key) if row is None else row
    if row is not None:
        wanted.before = held_by(row, wanted)
        wanted.circle_before = row.circle


def _fill(wanted: Wanted, plan: Plan) -> None:
    for name, value in wanted.values.items():
        setattr(wanted.row, name, value)
    for name, ref in wanted.refs.items():
        found = ref and plan.look_up(wanted, ref)
        if found or ref is None:
            setattr(wanted.row, name, found)
    for ref in wanted.named:
        plan.look_up(wanted, ref)
    for name, refs in wanted.many.items():
        wanted.sets[name] = [plan.look_up(wanted, ref) for ref in refs]
