"""Whom of the persons of the register a row may be: found by how the name sounds."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import IntegerField, Q, Value

from tillit.kit.circles import Viewer
from tillit.kit.loading.resolving import chunks
from tillit.kit.search.finding import all_of, told_in
from tillit.register.likeness.evidence import Likeness, Verdict
from tillit.register.likeness.persons import Figure, Service, compare
from tillit.register.likeness.spelling import after
from tillit.register.models import Contact, Person, Role

MOST_OF_SOUND, MOST_OF_BEGINNING = 60, 40
OF_SURNAME, OF_GIVEN = 3, 2  # letters that must sound alike where the whole name does not
PROBES = 50  # names that are asked for at a time
# What differs between many questions stands for itself in the one that Django makes of them.
AT, SINCE, UNTIL, GIVEN = -1, "\0since", "\0until", "\0given"
Known = list[tuple[Figure, Likeness]]


def known_in_register(
    wanted: Sequence[Figure], viewer: Viewer, *, misspelled: bool = True
) -> list[Known]:
    """For each of the wanted the persons that it may be, the likeliest first."""
    found = _candidates(wanted, viewer, misspelled=misspelled)
    figures = figures_of({*chain.from_iterable(found)}, viewer)
    return [
        most_alike(one, (figures[pk] for pk in pks if pk in figures))
        for one, pks in zip(wanted, found, strict=True)
    ]


def most_alike(one: Figure, others: Iterable[Figure]) -> Known:
    weighed = [(other, compare(one, other)) for other in others]
    found = [it for it in weighed if it[1].verdict is not Verdict.UNLIKELY]
    return sorted(found, key=lambda it: (-it[1].score, it[0].name))


def _candidates(wanted: Sequence[Figure], viewer: Viewer, *, misspelled: bool) -> list[set[int]]:
    persons = Person.objects.known_to(viewer).order_by()
    by_sound: dict[str, list[int]] = defaultdict(list)
    for chunk in chunks({it.spelled for it in wanted}):
        for key, pk in persons.filter(sound__in=chunk).values_list("sound", "pk"):
            if len(by_sound[key]) < MOST_OF_SOUND:
                by_sound[key].append(pk)
    by_mail: dict[str, set[int]] = defaultdict(set)
    contacts = Contact.objects.visible_to(viewer).filter(is_function=False, person__isnull=False)
    for chunk in chunks({mail for it in wanted for mail in it.mails}):
        for mail, pk in contacts.filter(email__in=chunk).values_list("email", "person_id"):
            by_mail[mail].add(pk)
    found = [{*by_sound[it.spelled]} - {it.pk} for it in wanted]
    if misspelled:
        lost = {at: wanted[at].spelled for at, pks in enumerate(found) if not pks}
        for at, pk in _spelled_nearly(lost, persons):
            found[at].add(pk)
    return [
        (pks | {pk for mail in it.mails for pk in by_mail[mail]}) - {it.pk}
        for it, pks in zip(wanted, found, strict=True)
    ]


def _spelled_nearly(lost: Mapping[int, str], persons: Any) -> Iterator[tuple[int, int]]:
    """Of whom nothing is found otherwise: by how the surname begins and the given name does."""
    span = Q(sound__gte=SINCE, sound__lt=UNTIL, sound__contains=GIVEN)
    near = persons.filter(span).annotate(at=Value(AT, IntegerField()))
    try:
        query = near.values_list("at", "pk")[:MOST_OF_BEGINNING].query.sql_with_params()
    except EmptyResultSet:
        return
    queries = (told_in(query, told) for told in _told_of(lost))
    while some := list(islice(queries, PROBES)):
        yield from all_of(some)


def _told_of(lost: Mapping[int, str]) -> Iterator[dict[Any, Any]]:
    for at, name in lost.items():
        surname, _space, given = name.partition(" ")
        prefix = surname[:OF_SURNAME]
        if len(prefix) == OF_SURNAME and given:
            begins = f"% {given[:OF_GIVEN]}%"
            yield {AT: at, SINCE: prefix, UNTIL: after(prefix), f"%{GIVEN}%": begins}


def figures_of(pks: Iterable[int], viewer: Viewer) -> dict[int, Figure]:
    """What the persons are known by, as far as the viewer may read; three questions for all."""
    found: dict[int, Figure] = {}
    for chunk in chunks(pks):
        roles = Role.objects.visible_to(viewer).filter(
            person__in=chunk, organisation__circle__in=viewer.circles
        )
        serving = grouped(roles.select_related("organisation"))
        contacts = grouped(Contact.objects.visible_to(viewer).filter(person__in=chunk))
        for person in Person.objects.known_to(viewer).filter(pk__in=chunk).order_by():
            found[person.pk] = figure_of(person, serving[person.pk], contacts[person.pk])
    return found


def grouped(rows: Iterable[Any]) -> dict[int, list[Any]]:
    """Rows by the person whom they are of."""
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(row)
    return found


def figure_of(person: Person, roles: Iterable[Role], contacts: Iterable[Contact]) -> Figure:
    """What one is known by, of rows that have been fetched. A function's address is nobody's own."""
    own = [it for it in contacts if not it.is_function]
    return Figure(
        person.name,
        tuple(
            Service(it.organisation.key, it.organisation.name, it.possible_from, it.possible_until)
            for it in roles
        ),
        frozenset({it.email for it in own} - {""}),
        frozenset({digits(it.phone) for it in own} - {""}),
        person.key,
        person.pk,
    )


def digits(phone: str) -> str:
    """A phone number as it is compared: +46 40 12 34 56 and 040-12 34 56 are the same."""
    plain = "".join(letter for letter in phone if letter.isdigit())
    return (
        plain.removeprefix("0046")
        .removeprefix("46" if phone.strip().startswith("+") else "")
        .lstrip("0")
    )
