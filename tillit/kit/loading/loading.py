"""`tillit load DIR`: read all, check all, and only then write all."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from tillit.kit.loading.barring import bar
from tillit.kit.loading.entries import items, refuse_unknown, shaped
from tillit.kit.loading.faults import Faults
from tillit.kit.loading.log import Tally
from tillit.kit.loading.nodes import Node
from tillit.kit.loading.plan import Plan
from tillit.kit.loading.reading import Documents, files_below, read_files
from tillit.kit.loading.resolving import resolve
from tillit.kit.loading.tables import Table, clean, tables
from tillit.kit.loading.writing import write
from tillit.kit.locks import one_at_a_time


@dataclass
class Outcome:
    """What came of a load: faults and nothing written, or how many rows met which fate."""

    files: int
    faults: Faults = field(default_factory=Faults)
    warnings: Faults = field(default_factory=Faults)
    tally: Tally = field(default_factory=dict)
    # Whether all files could be read: if not, what rows name was not looked up.
    complete: bool = True
    left_out: int = 0  # rows of an export that have been erased here, and what fell with them


def load(folder: Path, today: date) -> Outcome:
    """Load what stands in the files. A fault anywhere leaves the database as it was."""
    files = files_below(folder)
    outcome = Outcome(len(files))
    documents = read_files(files, outcome.faults)
    outcome.complete = documents.complete
    with transaction.atomic():
        one_at_a_time("load")
        plan = _plan(documents, tables(), outcome.faults, today)
        outcome.warnings = plan.warnings
        if outcome.faults:
            transaction.set_rollback(True)
        else:
            outcome.tally = write(plan, tables(), folder.resolve().name)
    return outcome


def _plan(documents: Documents, known: Sequence[Table[Any]], faults: Faults, today: date) -> Plan:
    plan = Plan(faults, today, complete=documents.complete)
    refuse_unknown(documents.read, [table.name for table in known], faults)
    for table in known:
        table.prepare()
        for file, node in items(documents.read, table.name, faults):
            _add(table, file, node, plan)
    bar(plan)
    resolve(plan)
    for table in known:
        table.check(plan)
        clean(table, plan)
    return plan


def _add(table: Table[Any], file: str, node: Node, plan: Plan) -> None:
    entry = shaped(file, node, table.shape, plan.faults)
    if entry is not None:
        table.rows(entry, plan)
    elif isinstance(key := node.at(["key"]).value, str):
        plan.forgive(key)
