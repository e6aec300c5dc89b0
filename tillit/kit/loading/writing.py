"""Writing what the files want, in one transaction that the caller holds.

Only what differs is written, and each difference leaves one row of activity.
"""

from collections.abc import Iterator, Sequence
from graphlib import TopologicalSorter
from typing import Any

from tillit.kit.fields import Derived
from tillit.kit.guarding import follow, guard
from tillit.kit.loading.log import Log, Tally
from tillit.kit.loading.plan import Plan
from tillit.kit.loading.removing import remove
from tillit.kit.loading.sourcing import cite
from tillit.kit.loading.tables import Table
from tillit.kit.loading.wanted import Wanted
from tillit.kit.models import Row
from tillit.kit.search import index


def write(plan: Plan, tables: Sequence[Table[Any]], reason: str) -> Tally:
    """Write the plan, which has no faults. Returns how many rows of each noun met which fate."""
    log, gone = Log(reason), []
    for table in tables:
        for model in table.models:
            _save(plan.of(model))
    cite(plan)
    for table in tables:
        for model in table.models:
            log.note(plan.of(model))
        gone += remove(table, plan, log)
    log.write()
    for table in tables:
        table.settle(plan)
    index.follow([*(each.row for each in plan.differing()), *gone])
    return log.tally


def _save(wanted: Sequence[Wanted]) -> None:
    for each in wanted:
        guard(each.row)
    for level in levels([each for each in wanted if each.is_new]):
        type(level[0])._default_manager.bulk_create(level, batch_size=1000)  # noqa: SLF001
    stored = [each for each in wanted if not each.is_new]
    moved = [each for each in stored if each.row.circle != each.circle_before]
    for each in stored:
        if each.changes or each in moved:
            each.row.save(update_fields=_columns(each))
    follow(each.row for each in moved)
    for each in wanted:
        _save_sets(each)


def _columns(wanted: Wanted) -> list[str]:
    """What may be written over: what the files speak of, and what follows from it."""
    derived = [field.name for field in wanted.model._meta.fields if isinstance(field, Derived)]  # noqa: SLF001
    return [*wanted.values, *wanted.refs, *derived, "circle"]


def levels(wanted: Sequence[Wanted]) -> Iterator[list[Row]]:
    """The rows in such groups that each row comes after those of its own kind that it names."""
    by_key = {each.key: each for each in wanted}
    sorter = TopologicalSorter(
        {each.key: _named_of_own_kind(each) & set(by_key) for each in wanted}
    )
    sorter.prepare()
    while sorter.is_active():
        ready = sorter.get_ready()
        yield [by_key[key].row for key in ready]
        sorter.done(*ready)


def _named_of_own_kind(wanted: Wanted) -> set[str]:
    return {ref.key for ref in wanted.all_refs() if ref.model is wanted.model}


def _save_sets(wanted: Wanted) -> None:
    for name, rows in wanted.sets.items():
        if wanted.before.get(name, []) != wanted.after[name]:
            getattr(wanted.row, name).set(rows)
