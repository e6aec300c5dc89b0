"""The real server: requests a second beside what one process does of the flat page, and its memory."""

from django.db import connections

from bench import web
from bench.pages import pages
from bench.paging import EXPORT, measured
from bench.table import Line, number

MOST_MB = 200
HAMMERED = ("list", "organisation")


def lines() -> list[Line]:
    chosen = {page.figure: page for page in pages()}
    flat = {name: measured(chosen[name])[1] for name in HAMMERED}
    connections.close_all()
    with web.serving() as server:
        found = [Line("server, /healthz", number(server.per_second("/healthz")), "requests/s")]
        for name in HAMMERED:
            ours, yardstick = server.per_second(chosen[name].url), 1000 / flat[name].median
            found.append(
                Line(
                    f"server, {name}",
                    number(ours),
                    "requests/s",
                    yardstick=number(yardstick),
                    ratio=f"{ours / yardstick:.1f}",
                )
            )
        server.visit([*(page.url for page in chosen.values()), EXPORT])
        peak, own = server.memory("VmHWM"), server.memory("RssAnon")
    return [
        *found,
        judged("worker, peak with mapped files", peak),
        judged("worker, its own memory", own),
    ]


def judged(figure: str, memory: float | None) -> Line:
    if memory is None:
        return Line(figure, "not told by this system", "")
    over = ["memory"] if memory > MOST_MB else []
    return Line(figure, number(memory), "MB", goal=f"≤ {MOST_MB} MB", over=over)
