"""`python -m bench`: fill a database of its own with an invented register, and time the pages.

On SQLite in a temporary folder, and on PostgreSQL if one answers at DATABASE_URL or on this machine.
Timings that are over their goal are marked; only errors make it fail.
"""

import argparse
import os
import subprocess
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.databases import NotTriedError, postgres

QUICK = 20_000


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--organisations", type=int, default=260_000)
    parser.add_argument("--quick", action="store_true", help=f"only {QUICK} organisations")
    parser.add_argument("--only", choices=("sqlite", "postgres"), help="one database, not both")
    parser.add_argument(
        "--folder", type=Path, help="keep the SQLite register here, and use it again"
    )
    return parser.parse_args()


def main() -> int:
    asked = arguments()
    organisations = QUICK if asked.quick else asked.organisations
    failed = 0
    if asked.only != "postgres":
        with folder(asked.folder) as kept:
            url = f"sqlite:///{Path(kept).resolve() / 'tillit.sqlite3'}"
            failed |= measure(organisations, url, Path(kept))
    if asked.only != "sqlite":
        try:
            with postgres() as url, folder(None) as gone:
                failed |= measure(organisations, url, Path(gone))
        except NotTriedError as reason:
            print(f"\nPostgreSQL was not tried: {reason}")
    return failed


def folder(kept: Path | None) -> AbstractContextManager[Path | str]:
    """The folder asked for, or one that is gone afterwards."""
    return nullcontext(kept) if kept else TemporaryDirectory(prefix="tillit-bench-")


def measure(organisations: int, url: str, data: Path) -> int:
    """One database in a process of its own: settings are read once. Gives 1 if it broke off."""
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
    command = [sys.executable, "-m", "bench.run", str(organisations)]
    code = subprocess.run(command, env=environment, check=False).returncode
    if code:
        print(f"\nThis run broke off, with exit code {code}.", file=sys.stderr)
    return int(bool(code))


if __name__ == "__main__":
    sys.exit(main())
