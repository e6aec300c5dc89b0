"""An organisation: its names now and then, what it is and does, where it is, how it is reached."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from tillit.kit.search.documents import Document, Searchable, Sheet
from tillit.register.choices import PresenceKind
from tillit.register.models import (
    Address,
    Contact,
    Identifier,
    Name,
    Organisation,
    Person,
    Presence,
    Topic,
)
from tillit.register.searching.following import ids_in, own_keys, span_of, with_period

OF_ONE = (Name, Identifier, Address, Presence, Contact)


def keys() -> Iterable[str]:
    return Organisation.objects.order_by().values_list("key", flat=True).iterator()


def documents(keys: Collection[str]) -> Iterator[Document]:
    rows = Organisation.objects.filter(key__in=keys).prefetch_related(
        "names",
        "identifiers",
        "topics",
        "addresses",
        Prefetch("presences", Presence.objects.select_related("place__parent")),
        Prefetch("contacts", Contact.objects.select_related("person")),
    )
    for row in rows:
        yield from sheet(row).documents()


def follows(rows: Sequence[Any]) -> Iterable[str]:
    found = own_keys(rows, Organisation)
    ids = ids_in(rows, OF_ONE, "organisation_id")
    if persons := ids_in(rows, (Person,), "pk"):
        of_these = Contact.objects.filter(person__in=persons)
        ids |= set(of_these.values_list("organisation_id", flat=True))
    if topics := ids_in(rows, (Topic,), "pk"):
        ids |= set(Organisation.objects.filter(topics__in=topics).values_list("pk", flat=True))
    if ids:
        found |= set(Organisation.objects.filter(pk__in=ids).values_list("key", flat=True))
    return found


def sheet(row: Organisation) -> Sheet:
    it = Sheet(row.subject, row.name, row.get_absolute_url(), row.circle, span_of(row))
    it.line(" · ".join(filter(None, kinds(row))))
    it.beside(str(row.get_form_display()) or str(row.get_sector_display()))
    _names(it, row)
    _work(it, row)
    _places(it, row)
    _numbers(it, row)
    _contacts(it, row)
    return it


def kinds(row: Organisation) -> list[str]:
    """What it is, in words: “Ideell förening · Idéburen sektor · Lokal nivå”."""
    return [
        str(row.get_form_display()),
        str(row.get_sector_display()),
        str(row.get_level_display()),
    ]


def _names(it: Sheet, row: Organisation) -> None:
    for name in row.names.all():
        it.name(name.name, name.circle)
        if name.name != row.name:
            words = f"{name.get_kind_display()}: {name}"
            it.line(with_period(words, name), name.circle)


def _work(it: Sheet, row: Organisation) -> None:
    with override("en"):
        it.unshown(" ".join(kinds(row)))
    it.line(", ".join(topic.name for topic in row.topics.all()))
    it.unshown(" ".join(topic.name_en for topic in row.topics.all()))
    for line in row.description.splitlines():
        it.line(line.strip())
    it.unshown(row.web)


def _places(it: Sheet, row: Organisation) -> None:
    presences = row.presences.all()
    for presence in sorted(presences, key=_is_elsewhere)[:1]:
        it.beside(presence.place.name, presence.circle)
    for presence in presences:
        place = presence.place
        within = f", {place.parent.name}" if place.parent and place.parent.parent_id else ""
        words = f"{presence.get_kind_display()}: {place.name}{within}"
        it.line(with_period(words, presence), presence.circle)
        it.unshown(place.official_name, presence.circle)
    for address in row.addresses.all():
        words = f"{address.get_kind_display()}: {address}"
        it.line(with_period(words, address), address.circle)


def _is_elsewhere(presence: Presence) -> tuple[bool, int, int]:
    """The seat stands first, and of several the last one."""
    return (
        presence.kind != PresenceKind.SEAT,
        -presence.possible_until.toordinal(),
        -presence.possible_from.toordinal(),
    )


def _numbers(it: Sheet, row: Organisation) -> None:
    for number in row.identifiers.all():
        it.line(f"{number.get_scheme_display()}: {number}", number.circle)
        it.unshown(number.digits, number.circle)


def _contacts(it: Sheet, row: Organisation) -> None:
    for contact in row.contacts.all():
        who = contact.person.name if contact.person else ""
        reached = ", ".join(filter(None, (who, contact.email, contact.phone)))
        for circle in filter(None, (contact.circle, contact.also)):
            it.line(f"{contact.get_kind_display()}: {reached}", circle)


ORGANISATIONS = Searchable(Organisation.noun, _("Organisations"), 10, keys, documents, follows)
