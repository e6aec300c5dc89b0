"""One database: fill it, time the pages in this process, then ask the real server."""

import os
import sys
from time import perf_counter
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tillit.config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 (after setup)
from django.db import connection, connections  # noqa: E402
from django.test import Client  # noqa: E402

from bench import web  # noqa: E402
from bench.memory import held  # noqa: E402
from bench.pages import Page, pages  # noqa: E402
from bench.table import PAGES, WHOLE, Line, number, printed  # noqa: E402
from bench.timing import Times, in_turns  # noqa: E402
from bench.yardstick import Queries, flat_page, rows_of  # noqa: E402
from tillit.register.models import Organisation  # noqa: E402

MOST_TIMES, MOST_QUERIES, MOST_MS, MOST_MB = 3.0, 12, 150, 200
PAGE_GOAL = f"≤ {MOST_TIMES:.0f} ×, {MOST_QUERIES} queries, {MOST_MS} ms"
EXPORT = "/organisationer.csv"
HAMMERED = ("list", "organisation")
client = Client(SERVER_NAME="localhost")


def main(organisations: int) -> None:
    prepare(organisations)
    busy = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    print(f"\n{database()}, {Organisation.objects.count()} organisations; {busy}", flush=True)
    chosen = {page.figure: page for page in pages()}
    timed = {name: measured(page) for name, page in chosen.items()}
    print(printed(PAGES, [line for line, _flat in timed.values()]), flush=True)
    lines = exported()
    connections.close_all()
    lines += served(chosen, {name: flat for name, (_line, flat) in timed.items()})
    print(f"\n{printed(WHOLE, lines)}", flush=True)


def prepare(organisations: int) -> None:
    """The register, unless the folder had one from before."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("places", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if not Organisation.objects.exists():
        call_command("generate", organisations=organisations)


def database() -> str:
    version = ".".join(map(str, connection.get_database_version()))
    return f"{connection.display_name} {version}"


def asked(url: str) -> Any:
    response = client.get(url)
    if response.status_code != 200:
        raise web.UnansweredError(f"{url}: {response.status_code}")
    return response


def measured(page: Page) -> tuple[Line, Times]:
    """The page beside its yardstick, by turns in this process."""
    asked(page.url)
    queries = Queries()
    with queries.captured():
        response = asked(page.url)
    rows = rows_of(response.content.decode()) or len(response.json()["items"])
    times, flat = in_turns(lambda: asked(page.url), flat_page(queries, rows))
    ratio, count = times.median / flat.median, len(queries.asked)
    over = [
        *(["ratio"] if ratio > MOST_TIMES else []),
        *(["queries"] if count > MOST_QUERIES else []),
        *(["slow"] if times.median > MOST_MS else []),
    ]
    values = (
        number(times.median),
        number(times.p95),
        number(flat.median),
        f"{ratio:.1f}",
        str(count),
    )
    return Line(page.figure, values, PAGE_GOAL, over), flat


def exported() -> list[Line]:
    """The whole list as CSV, read as it is streamed."""
    before = peak = held() or 0
    began, rows = perf_counter(), -1  # the heading is no row
    for part in asked(EXPORT).streaming_content:
        rows += part.count(b"\n")
        peak = max(peak, held() or 0)
    seconds = perf_counter() - began
    return [
        Line(f"CSV of {rows} rows, rows/s", [number(rows / seconds)]),
        Line("CSV, growth of memory, MB", [number(peak - before)]),
    ]


def served(chosen: dict[str, Page], flat: dict[str, Times]) -> list[Line]:
    """The real server: requests a second, beside what one process does of the flat page, and memory."""
    with web.serving() as server:
        lines = [Line("server, /healthz, requests/s", [number(server.per_second("/healthz"))])]
        for name in HAMMERED:
            lines += [
                Line(f"server, {name}, requests/s", [number(server.per_second(chosen[name].url))]),
                Line(f"one process, flat {name}, pages/s", [number(1000 / flat[name].median)]),
            ]
        server.visit([*(page.url for page in chosen.values()), EXPORT])
        peak, own = server.memory("VmHWM"), server.memory("RssAnon")
    return [
        *lines,
        Line("worker, peak memory with mapped files, MB", *judged(peak)),
        Line("worker, its own memory, MB", *judged(own)),
    ]


def judged(memory: float | None) -> tuple[list[str], str, list[str]]:
    if memory is None:
        return ["not told by this system"], "", []
    return [number(memory)], f"≤ {MOST_MB} MB", ["memory"] if memory > MOST_MB else []


if __name__ == "__main__":
    main(int(sys.argv[1]))
