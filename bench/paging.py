"""Pages beside their very queries and one flat template, in one process; and the whole list as CSV."""

from time import perf_counter
from typing import Any

from django.test import Client

from bench.memory import Peak
from bench.pages import Page, pages
from bench.table import Line, number
from bench.timing import Times, in_turns
from bench.web import UnansweredError
from bench.yardstick import Queries, flat_page, rows_of

MOST_TIMES, MOST_QUERIES, MOST_MS = 3.0, 12, 150
GOAL = f"≤ {MOST_TIMES:.0f} ×, {MOST_QUERIES} queries, {MOST_MS} ms"
EXPORT = "/organisationer.csv"
client = Client(SERVER_NAME="localhost")


def lines() -> list[Line]:
    return [*(measured(page)[0] for page in pages()), exported()]


def asked(url: str) -> Any:
    response = client.get(url)
    if response.status_code != 200:
        raise UnansweredError(f"{url}: {response.status_code}")
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
    line = Line(
        page.figure,
        number(times.median),
        p95=number(times.p95),
        yardstick=number(flat.median),
        ratio=f"{ratio:.1f}",
        queries=str(count),
        goal=GOAL,
        over=over,
    )
    return line, flat


def exported() -> Line:
    """The whole list as CSV, read as it is streamed."""
    rows, began = -1, perf_counter()  # the heading is no row
    with Peak() as peak:
        for part in asked(EXPORT).streaming_content:
            rows += part.count(b"\n")
    per_second = rows / (perf_counter() - began)
    return Line(f"CSV of {rows} rows", number(per_second), "rows/s", memory=number(peak.most))
