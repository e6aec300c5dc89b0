"""The real server: how many requests a second it answers, and how much memory its workers take."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from time import monotonic, sleep

from bench.memory import children, held

HOST = "127.0.0.1"
THREADS, SECONDS, START = 8, 5.0, 60.0  # of the client; how long it asks; how long a start may take


class UnansweredError(Exception):
    """The server didn't start, or answered something else than 200."""


@contextmanager
def serving() -> Iterator["Server"]:
    """`tillit serve` on a free port, with the database and the workers that the environment names."""
    with socket.socket() as found:
        found.bind((HOST, 0))
        port = found.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "tillit", "serve"],
        env={**os.environ, "PORT": str(port)}, stdout=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    server = Server(process.pid, port)
    try:
        server.wait()
        yield server
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)  # its own session: the server and its workers


class Server:
    def __init__(self, pid: int, port: int) -> None:
        self.pid, self.port = pid, port

    def wait(self) -> None:
        until = monotonic() + START
        while monotonic() < until:
            try:
                self.ask(HTTPConnection(HOST, self.port, timeout=5), "/healthz")
            except (OSError, HTTPException):
                sleep(0.2)
            else:
                return
        raise UnansweredError(f"The server didn't answer within {START:.0f} s.")

    def ask(self, connection: HTTPConnection, path: str) -> None:
        connection.request("GET", path)
        response = connection.getresponse()
        response.read()
        if response.status != 200:
            raise UnansweredError(f"{path}: {response.status}")

    def per_second(self, path: str) -> float:
        """Requests a second, asked by a few threads at once, each over one connection."""
        until = monotonic() + SECONDS
        with ThreadPoolExecutor(THREADS) as pool:
            return (
                sum(pool.map(lambda _thread: self.answered(path, until), range(THREADS))) / SECONDS
            )

    def answered(self, path: str, until: float) -> int:
        connection, count = HTTPConnection(HOST, self.port, timeout=30), 0
        while monotonic() < until:
            self.ask(connection, path)
            count += 1
        connection.close()
        return count

    def visit(self, paths: Sequence[str]) -> None:
        """Each page once, over new connections, so that all workers come to know most of them."""
        for path in paths:
            self.ask(HTTPConnection(HOST, self.port, timeout=300), path)

    def memory(self, what: str) -> float | None:
        """MB of the largest worker; see bench.memory.held."""
        return max((mb for child in children(self.pid) if (mb := held(child, what))), default=None)
