"""Tillit as it is served, with the example of Skåne, in a folder of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def served(
    folder: Path, *, demo: bool = True, example: bool = True, said: Path = Path(os.devnull)
) -> Iterator[str]:
    """The address of a running Tillit; what its terminal says stands in the file `said`.

    Always on SQLite: faces don't depend on the database.
    """
    port = free_port()
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    env |= {"TILLIT_DATA": str(folder), "PORT": str(port), "TILLIT_LOG_LEVEL": "ERROR"}
    env |= {"TILLIT_DEMO": "1" if demo else "0"}
    tillit = [sys.executable, "-m", "tillit"]
    subprocess.run(
        [*tillit, "setup", *(["--example", "examples/skane"] if example else [])],
        cwd=ROOT,
        env=env,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    with said.open("w") as terminal:
        process = subprocess.Popen([*tillit, "serve"], cwd=ROOT, env=env, stdout=terminal)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/healthz", process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    stop = time.monotonic() + PATIENCE
    while time.monotonic() < stop and process.poll() is None:
        try:
            urlopen(address, timeout=5).close()  # noqa: S310 (our own address)
        except OSError:  # not yet, or too slowly
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"Tillit did not answer at {address}.")
