"""An export loaded into the database of this process, and the same rows written plainly to another."""

import json
import os
import sys
from pathlib import Path
from time import perf_counter
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tillit.config.settings")
django.setup()

from django.db import connections, models, transaction  # noqa: E402 (after setup)

from bench.memory import Peak  # noqa: E402
from bench.table import Line, beside, number  # noqa: E402
from tillit.kit.carrying import bringing, checking  # noqa: E402
from tillit.kit.carrying.nouns import nouns  # noqa: E402

AT_ONCE = 500
COPY = "copy"


class Clock:
    """A step that is timed while it goes on as it would."""

    def __init__(self, step: object) -> None:
        self.step, self.seconds = step, 0.0

    def __call__(self, *said: object) -> object:
        began = perf_counter()
        try:
            return self.step(*said)  # type: ignore[operator]
        finally:
            self.seconds += perf_counter() - began


def main(folder: Path, copy: str, told: Path) -> None:
    check, index = Clock(checking.check), Clock(bringing.index_all)
    with (
        patch.object(bringing, "check", check),
        patch.object(bringing, "index_all", index),
        Peak() as peak,
    ):
        began = perf_counter()
        outcome = bringing.bring(folder)
        ours = perf_counter() - began
    if outcome.faults:
        sys.exit(str(outcome.faults))
    rows = sum(sum(it.values()) for it in outcome.tally.values())
    yardstick = written_plainly(copy)
    lines = [
        beside(f"load of {rows} rows", ours, yardstick, memory=number(peak.most)),
        Line("load, of it the rules of the nouns", number(check.seconds), "s"),
        Line("load, of it the index of search", number(index.seconds), "s"),
    ]
    told.write_text(json.dumps([vars(it) for it in lines]))


def written_plainly(url: str) -> float:
    """Seconds for writing the rows; reading them is not counted."""
    usual = connections.settings["default"]
    name = urlsplit(url).path
    if usual["ENGINE"].endswith("postgresql"):
        name = name.removeprefix("/")
    connections.settings[COPY] = {**usual, "NAME": name}
    seconds = 0.0
    with transaction.atomic(using=COPY):
        for noun in nouns():
            links = [it.remote_field.through for it in noun.sets]
            for model in (noun.model, *links):
                seconds += copied(model)
    connections[COPY].close()
    return seconds


def copied(model: type[models.Model]) -> float:
    rows, last, seconds = model._base_manager.order_by("pk"), 0, 0.0  # noqa: SLF001
    columns = model._meta.concrete_fields  # noqa: SLF001
    while some := list(rows.filter(pk__gt=last)[:AT_ONCE]):
        last = some[-1].pk
        began = perf_counter()
        size = max(connections[COPY].ops.bulk_batch_size(columns, some), 1)
        for at in range(0, len(some), size):
            part: Any = some[at : at + size]
            model._base_manager._insert(part, fields=columns, using=COPY, raw=True)  # noqa: SLF001
        seconds += perf_counter() - began
    return seconds


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
