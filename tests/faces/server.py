"""Tillit as it is served, with the example of Skåne, in a folder of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds
TILLIT = [sys.executable, "-m", "tillit"]


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
    copytree(prepared(demo=demo, example=example).name, folder, dirs_exist_ok=True)
    env = environment(folder, demo=demo) | {"PORT": str(port)}
    with said.open("w") as terminal:
        process = subprocess.Popen([*TILLIT, "serve"], cwd=ROOT, env=env, stdout=terminal)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/healthz", process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


@cache
def prepared(*, demo: bool, example: bool) -> "TemporaryDirectory[str]":
    """What `tillit setup` makes, made once a process for all who begin with the same."""
    folder = TemporaryDirectory(prefix="tillit-prepared-")
    subprocess.run(
        [*TILLIT, "setup", *(["--example", "examples/skane"] if example else [])],
        cwd=ROOT,
        env=environment(Path(folder.name), demo=demo),
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return folder


def environment(folder: Path, *, demo: bool) -> dict[str, str]:
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    own = {"TILLIT_DATA": str(folder), "TILLIT_DEMO": str(int(demo)), "TILLIT_LOG_LEVEL": "ERROR"}
    return env | own


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
