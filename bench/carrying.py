"""The whole register exported, and loaded into an empty database beside this one.

Export stands beside the columns of every noun as `values_list` gives them, each row as one line of JSON:
no keys of other rows, no digest. Load stands beside the very rows that it wrote, written ready-made into
a third database, five hundred at a time: nothing read, checked, worked out or made findable.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.databases import beside as another
from bench.memory import Peak
from bench.table import Line, beside, number
from tillit.kit.carrying.exporting import export
from tillit.kit.carrying.nouns import nouns

AT_ONCE = 500


def lines() -> list[Line]:
    with TemporaryDirectory(prefix="tillit-bench-") as kept:
        folder = Path(kept) / "export"
        return [exported(folder, Path(kept)), *loaded(folder)]


def exported(folder: Path, beside_it: Path) -> Line:
    began = perf_counter()
    plainly(beside_it)
    yardstick = perf_counter() - began
    with Peak() as peak:
        began = perf_counter()
        made = export(folder)
        ours = perf_counter() - began
    rows = sum(held.size for held in made.nouns.values())
    return beside(f"export of {rows} rows", ours, yardstick, memory=number(peak.most))


def plainly(folder: Path) -> None:
    for noun in nouns():
        columns = [it.attname for it in noun.columns]
        rows = noun.model._base_manager.order_by("pk").values_list(*columns)  # noqa: SLF001
        with (folder / f"plain-{noun.name}.jsonl").open("w") as file:
            for row in rows.iterator(AT_ONCE):
                file.write(json.dumps(row, default=str, ensure_ascii=False) + "\n")


def loaded(folder: Path) -> list[Line]:
    """In a process of its own, whose database is another."""
    url = os.environ["DATABASE_URL"]
    with (
        TemporaryDirectory(prefix="tillit-bench-") as data,
        another(url) as new,
        TemporaryDirectory(prefix="tillit-bench-") as kept,
    ):
        environment = {**os.environ, "DATABASE_URL": new, "TILLIT_DATA": data}
        told = Path(kept) / "lines.json"
        run = [sys.executable, "-m"]
        for words in (["tillit", "migrate", "-v0"], ["tillit", "places", "-v0"]):
            subprocess.run([*run, *words], env=environment, check=True)
        with another(url, like=new) as copy:
            words = ["bench.loading", str(folder), copy, str(told)]
            subprocess.run([*run, *words], env=environment, check=True)
            return [Line(**it) for it in json.loads(told.read_text())]
