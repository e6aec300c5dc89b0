"""A list as people meet it: filters above, a table, a page at a time, and the same list as files."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise

from tillit.kit.access import viewer_of
from tillit.kit.citations import citations_of
from tillit.kit.exports import Column, csv_file, xlsx_file
from tillit.kit.lists import PAGE, Slice, slice_of
from tillit.kit.refusal import Refused

CHUNK = 2000


@dataclass(frozen=True)
class Cell:
    column: Column
    row: Any

    @property
    def value(self) -> Any:
        return self.column.value(self.row)

    @property
    def url(self) -> str:
        return self.column.link(self.row) if self.column.link else ""


@dataclass(frozen=True)
class Listing:
    """One list: what it is called, its columns, and the two columns that give its order."""

    title: str | Promise
    name: str  # of its files
    columns: Sequence[Column]
    template: str
    by: tuple[str, str] = ("sort_key", "key")
    size: int = PAGE

    # Columns that only the files have, such as keys.
    more_in_files: Sequence[Column] = ()
    # Fetches at once what the columns tell of many rows.
    prepare: Callable[[Sequence[Any]], None] | None = None

    def respond(
        self,
        request: HttpRequest,
        rows: QuerySet[Any],
        form: Form,
        as_: str = "page",
        **context: Any,
    ) -> HttpResponseBase:
        """The list as a page, csv or xlsx. A form with errors gives the page, with status 400.

        Of the context, `count` saves asking for the number of rows, and `cited`, a list of subjects,
        asks for the sources of these and of the rows that are shown.
        """
        if as_ != "page":
            if not form.is_valid():
                raise Refused(
                    " ".join(str(said) for words in form.errors.values() for said in words)
                )
            return self._file(rows, as_)
        cursor = request.GET.get("after", "") if form.is_valid() else ""
        shown = slice_of(rows, cursor, by=self.by, size=self.size, count=context.pop("count", None))
        if self.prepare:
            self.prepare(shown.rows)
        if "cited" in context:
            subjects = [*context.pop("cited"), *(row.subject for row in shown.rows)]
            context["citations"] = citations_of(subjects, viewer_of(request))
        page = ListPage(self, shown, form, query_of(request))
        status = 200 if form.is_valid() else 400
        return render(request, self.template, {"listing": page, **context}, status=status)

    def _file(self, rows: QuerySet[Any], as_: str) -> HttpResponseBase:
        columns = [*self.columns, *self.more_in_files]
        ordered = self._prepared(rows.order_by(*self.by).iterator(chunk_size=CHUNK))
        if as_ == "xlsx":
            return xlsx_file(self.name, columns, ordered, rows.count())
        return csv_file(self.name, columns, ordered)

    def _prepared(self, rows: Iterable[Any]) -> Iterator[Any]:
        if self.prepare is None:
            yield from rows
            return
        rest = iter(rows)
        while chunk := list(islice(rest, CHUNK)):
            self.prepare(chunk)
            yield from chunk


@dataclass(frozen=True)
class ListPage:
    """One page of a list, for the template `kit/listing.html`."""

    listing: Listing
    slice: Slice[Any]
    form: Form
    query: dict[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> Sequence[Column]:
        return self.listing.columns

    @property
    def rows(self) -> list[list[Cell]]:
        return [[Cell(column, row) for column in self.columns] for row in self.slice.rows]

    @property
    def filters(self) -> str:
        """The query of the filters alone, for the links to the files."""
        return urlencode(self.query)

    @property
    def is_filtered(self) -> bool:
        return any(self.query.values())

    @property
    def next_query(self) -> str:
        return self._query_after(self.slice.next)

    @property
    def previous_query(self) -> str:
        return self._query_after(self.slice.previous)

    def _query_after(self, cursor: str | None) -> str:
        return urlencode({**self.query, "after": cursor}) if cursor else ""


def query_of(request: HttpRequest) -> dict[str, str]:
    """What the address asks for, without the place in the list and without what is empty."""
    return {name: str(value) for name, value in request.GET.items() if value and name != "after"}
