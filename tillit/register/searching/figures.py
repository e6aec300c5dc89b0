"""A figure that a document states, with whom it is stated of."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tillit.kit.models import StatedFigure
from tillit.kit.search.documents import Document, Searchable, Sheet
from tillit.register.choices import Measure
from tillit.register.models import Organisation
from tillit.register.searching.following import named_in, own_keys, span_of, with_period


def keys() -> Iterable[str]:
    return StatedFigure.objects.order_by().values_list("key", flat=True).iterator()


def documents(keys: Collection[str]) -> Iterator[Document]:
    rows = list(StatedFigure.objects.filter(key__in=keys))
    of_keys = {it.about.partition(":")[2] for it in rows if it.about.startswith(_OF)}
    known = {it.subject: it for it in Organisation.objects.filter(key__in=of_keys)}
    for row in rows:
        yield from sheet(row, known.get(row.about)).documents()


def follows(rows: Sequence[Any]) -> Iterable[str]:
    found = own_keys(rows, StatedFigure)
    if organisations := named_in(rows):
        its = Organisation.objects.filter(pk__in=organisations)
        abouts = [f"{_OF}{key}" for key in its.values_list("key", flat=True)]
        of_these = StatedFigure.objects.filter(about__in=abouts)
        found |= set(of_these.values_list("key", flat=True))
    return found


def sheet(row: StatedFigure, of: Organisation | None) -> Sheet:
    url = f"{reverse('register:figures')}?{urlencode({'about': row.about})}"
    it = Sheet(row.subject, row.as_written, url, row.circle, span_of(row))
    it.line(with_period(str(dict(Measure.choices).get(row.measure, row.measure)), row))
    if of:
        it.line(of.name, of.circle)
        it.beside(of.name, of.circle)
    return it


_OF = f"{Organisation.noun}:"
FIGURES = Searchable(StatedFigure.noun, _("Stated figures"), 60, keys, documents, follows)
