"""What a page is measured against: its very queries, and one flat template with as many rows."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from django.db import connection
from django.template import Context, Template

ROW = re.compile(r"<(?:tr|li|option)\b")
FLAT = (
    "<!doctype html><title>Flat</title><table>{% for row in rows %}"
    "<tr>{% for value in row %}<td>{{ value }}</td>{% endfor %}</tr>{% endfor %}</table>"
)


@dataclass
class Queries:
    """The queries of one page, as they went to the database."""

    asked: list[tuple[str, Any]] = field(default_factory=list)

    @contextmanager
    def captured(self) -> Iterator[None]:
        with connection.execute_wrapper(self._keep):
            yield

    def _keep(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        self.asked.append((sql, params))
        return execute(sql, params, many, context)

    def fetched(self) -> Iterator[list[tuple[Any, ...]]]:
        """Ask the same again, and take all rows of each."""
        with connection.cursor() as cursor:
            for sql, params in self.asked:
                cursor.execute(sql, params)
                yield cursor.fetchall()


def rows_of(html: str) -> int:
    """How many rows a page prints: of tables, of lists, and choices of its filters."""
    return len(ROW.findall(html))


def flat_page(queries: Queries, rows: int) -> Callable[[], str]:
    """A page that asks the same and prints as many of the rows that it got, all their columns."""
    template = Template(FLAT)

    def render() -> str:
        found = list(queries.fetched())
        return template.render(Context({"rows": list(islice(chain.from_iterable(found), rows))}))

    return render
