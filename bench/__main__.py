"""`python -m bench`: fill a database of its own with an invented register, and time work with it.

On SQLite in a temporary folder, and on PostgreSQL if one answers at DATABASE_URL or on this machine.
Parts may be named: pages, search, preview, carrying, server. Each runs in a process of its own, so that
its memory is its own. Timings that are over their goal are marked; only errors make it fail.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.databases import NotTriedError, address, postgres
from bench.table import Line, printed

QUICK = 20_000
PARTS = ("pages", "search", "preview", "carrying", "server")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--organisations", type=int, default=260_000)
    parser.add_argument("--quick", action="store_true", help=f"only {QUICK} organisations")
    parser.add_argument("--only", choices=("sqlite", "postgres"), help="one database, not both")
    parser.add_argument(
        "--folder", type=Path, help="keep the SQLite register here, and use it again"
    )
    parser.add_argument(
        "--database", default="", help="keep the PostgreSQL register in the database of this name"
    )
    asked = parser.parse_args()
    if unknown := sorted({*asked.parts} - {*PARTS}):
        parser.error(f"there is no part {', '.join(unknown)}; there are {', '.join(PARTS)}")
    return asked


def main() -> int:
    asked = arguments()
    organisations = QUICK if asked.quick else asked.organisations
    parts = asked.parts or PARTS
    failed = 0
    if asked.only != "postgres":
        with folder(asked.folder) as kept:
            failed |= measure(organisations, parts, address("sqlite", Path(kept)), Path(kept))
    if asked.only != "sqlite":
        try:
            with postgres(asked.database) as url, folder(None) as gone:
                failed |= measure(organisations, parts, url, Path(gone))
        except NotTriedError as reason:
            print(f"\nPostgreSQL was not tried: {reason}")
    return failed


def folder(kept: Path | None) -> AbstractContextManager[Path | str]:
    """The folder asked for, or one that is gone afterwards."""
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
    return nullcontext(kept) if kept else TemporaryDirectory(prefix="tillit-bench-")


def measure(organisations: int, parts: Sequence[str], url: str, data: Path) -> int:
    """One database. Gives 1 if a part of it broke off."""
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "TILLIT_DATA": str(data),
        "TILLIT_DEBUG": "0",
        "TILLIT_HTTPS": "0",
        "TILLIT_HOSTS": "localhost 127.0.0.1",
        "TILLIT_LOG_LEVEL": "ERROR",
        "TILLIT_WORKERS": "2",
    }
    if run("bench.filling", [str(organisations)], environment) is None:
        return 1
    found = [run("bench.run", [part], environment) for part in parts]
    print(f"\n{printed([line for lines in found if lines for line in lines])}", flush=True)
    return int(None in found)


def run(module: str, words: Sequence[str], environment: dict[str, str]) -> list[Line] | None:
    """A process of its own: settings are read once. Its lines, or nothing if it broke off."""
    with TemporaryDirectory(prefix="tillit-bench-") as kept:
        told = Path(kept) / "lines.json"
        told.write_text("[]")
        command = [sys.executable, "-m", module, *words, str(told)]
        code = subprocess.run(command, env=environment, check=False).returncode
        if code:
            said = " ".join(words)
            print(f"\n{module} {said} broke off, with exit code {code}.", file=sys.stderr)
            return None
        return [Line(**it) for it in json.loads(told.read_text())]


if __name__ == "__main__":
    sys.exit(main())
