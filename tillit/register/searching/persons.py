"""A person, by the roles that one may read. A name alone is no reason to be found."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from tillit.kit.search.documents import Document, Searchable, Sheet
from tillit.register.models import Person, Role, Unit
from tillit.register.searching.following import (
    ids_in,
    named_in,
    own_keys,
    span_of,
    with_period,
)


def keys() -> Iterable[str]:
    return Person.objects.order_by().values_list("key", flat=True).iterator()


def documents(keys: Collection[str]) -> Iterator[Document]:
    roles = Role.objects.select_related("organisation", "unit").order_by("-certain_from", "pk")
    rows = Person.objects.filter(key__in=keys).prefetch_related(Prefetch("roles", roles))
    for row in rows:
        yield from sheet(row).documents()


def follows(rows: Sequence[Any]) -> Iterable[str]:
    found = own_keys(rows, Person)
    ids = ids_in(rows, (Role,), "person_id")
    organisations, units = named_in(rows), ids_in(rows, (Unit,), "pk")
    if organisations or units:
        of_these = Role.objects.filter(Q(organisation__in=organisations) | Q(unit__in=units))
        ids |= set(of_these.values_list("person_id", flat=True))
    if ids:
        found |= set(Person.objects.filter(pk__in=ids).values_list("key", flat=True))
    return found


def sheet(row: Person) -> Sheet:
    it = Sheet(row.subject, row.name, row.get_absolute_url(), row.circle, only_told=True)
    for role in row.roles.all():
        short = ", ".join(filter(None, (str(role), role.organisation.name)))
        it.beside(short[:1].upper() + short[1:], role.circle, role.organisation.circle)
        it.line(in_words(role), role.circle, role.organisation.circle, span=span_of(role))
    return it


def in_words(role: Role) -> str:
    """“Regional koordinator, NÄTVERKET, kansliet (2011 – 2013)”."""
    places = [str(role), role.organisation.name, str(role.unit_to_tell or "")]
    words = ", ".join(filter(None, places))
    return with_period(words[:1].upper() + words[1:], role)


PERSONS = Searchable(Person.noun, _("Persons"), 20, keys, documents, follows)
