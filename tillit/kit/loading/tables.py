"""The protocol of a list in the files: how its entries become rows, and which rules span them.

Each context declares its own, in the order in which they refer to each other, and contributes them
(see `contributions`). `load` knows no noun.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tillit.kit.contributions import contributions
from tillit.kit.loading.entries import Entry
from tillit.kit.loading.plan import Plan
from tillit.kit.loading.shapes import Shape
from tillit.kit.loading.wanted import Wanted
from tillit.kit.models import Row

S = TypeVar("S", bound=Shape)


class Table(Generic[S]):
    """A list in the files.

    name    its key at the top of a file.
    shape   what an entry looks like.
    models  the rows it becomes, in the order of writing; the first is the entry's own.
    owned   rows that are removed when their entry no longer has them, and the name of their owner.
    """

    name: str
    shape: type[S]
    models: tuple[type[Row], ...]
    owned: Mapping[type[Row], str] = {}

    def prepare(self) -> None:
        """See to what must be in the database before the first load."""

    def rows(self, entry: Entry[S], plan: Plan) -> None:
        """Say which rows the entry wants."""
        raise NotImplementedError

    def check(self, plan: Plan) -> None:
        """Rules that span rows. All that could be found has been set on the rows."""

    def clean(self, wanted: Wanted) -> None:
        """Rules of one row. Raises ValidationError. New rows have no ids yet, only each other."""
        wanted.row.clean()

    def settle(self, plan: Plan) -> None:
        """See to rows outside the files that follow from those that were written."""


def tables() -> list[Table[Any]]:
    return [table for given in contributions() for table in given.tables]


def clean(table: Table[Any], plan: Plan) -> None:
    """Hold the rows of the table against the rules that their models have for every writer."""
    for model in table.models:
        for wanted in plan.of(model):
            for error in _errors(table, wanted):
                _tell(error, wanted, plan)


def _errors(table: Table[Any], wanted: Wanted) -> Iterator[ValidationError]:
    fields = {field.name for field in wanted.model._meta.fields}  # noqa: SLF001
    written = wanted.values.keys() & type(wanted.entry.shape).model_fields
    try:
        wanted.row.clean_fields(exclude=fields - written)
    except ValidationError as error:
        yield error
    if not wanted.is_whole:
        return
    try:
        table.clean(wanted)
    except ValidationError as error:
        yield error


def _tell(error: ValidationError, wanted: Wanted, plan: Plan) -> None:
    by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for name, messages in by_field.items():
        for message in messages:
            plan.faults.add(wanted.entry.spot(name), message, _remedy(name, wanted))


def _remedy(name: str, wanted: Wanted) -> str:
    return _("mend “%(field)s”") % {"field": name} if name in wanted.values else _("mend the row")
