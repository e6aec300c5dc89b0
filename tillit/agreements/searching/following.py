"""Which documents follow from which rows."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q

from tillit.agreements.models import Agreement, Party
from tillit.kit.search.documents import Sheet
from tillit.register.models import Name, Organisation, Place


def ids_in(rows: Iterable[Any], model: Any, column: str = "pk") -> set[Any]:
    """What the column of those rows says that are of the model."""
    return {getattr(row, column) for row in rows if isinstance(row, model)} - {None}


def organisations_in(rows: Sequence[Any]) -> set[int]:
    """Those that may go by another name or be in another circle than before."""
    return ids_in(rows, Organisation) | ids_in(rows, Name, "organisation_id")


def agreements_of(rows: Sequence[Any]) -> set[int]:
    """The ids of agreements that are told otherwise when the rows change."""
    found = ids_in(rows, Agreement) | ids_in(rows, Party, "agreement_id")
    organisations, places = organisations_in(rows), ids_in(rows, Place)
    if organisations or places:
        about = Q(parties__organisation__in=organisations) | Q(place__in=places)
        found |= set(Agreement.objects.filter(about).values_list("pk", flat=True))
    return found


def lines(sheet: Sheet, text: str, *circles: str) -> None:
    """Each line of a text by itself."""
    for line in text.splitlines():
        sheet.line(line.strip(), *circles)
