"""A new organisation in the register, by those who keep a side; and whether it is there already."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from django.core.exceptions import ValidationError

from tillit.kit.changes import Actor, new_key, together
from tillit.kit.circles import Viewer
from tillit.kit.editing import deeds
from tillit.kit.locks import one_at_a_time
from tillit.kit.models import Activity, Verb
from tillit.kit.swedish import fold
from tillit.kit.together import Together
from tillit.register.choices import NameKind, PresenceKind, Scheme
from tillit.register.entering import alike, free_key
from tillit.register.identifiers import digits_of
from tillit.register.models import Identifier, Name, Organisation, Place, Presence

# Words that many names have, and that therefore tell little of one.
COMMON = {
    *("foreningen", "forening", "ideell", "ideella", "natverket", "svenska", "sverige", "sveriges"),
    *("kommun", "region", "skane", "lan", "distrikt", "distriktet", "stiftelsen", "hjalp", "stod"),
}
NEAR = 0.85  # how alike two names are that may be misspellings of each other
CANDIDATES, MOST = 200, 8


@dataclass(frozen=True)
class Founding:
    """What is said of a new organisation when it is entered."""

    organisation: Organisation
    number: str = ""
    seat: Place | None = None


def similar(name: str, number: str, sector: str, viewer: Viewer) -> list[Organisation]:
    """Those that may be the same, by a name that contains it or is spelled nearly so, or by number."""
    found = {it.pk: it for it in alike(name, number, sector, viewer)}
    found |= {it.pk: it for it in spelled_nearly(name, sector, viewer)}
    return list(found.values())[:MOST]


def spelled_nearly(name: str, sector: str, viewer: Viewer) -> list[Organisation]:
    """By the longest word that tells something, with its last letters free."""
    folded = fold(name)
    words = sorted(folded.split(), key=lambda word: (word not in COMMON, len(word)), reverse=True)
    if not words or len(words[0]) < 4:
        return []
    stem = words[0][: max(4, len(words[0]) - 2)]
    rows = Name.objects.visible_to(viewer).filter(folded__contains=stem)
    near = rows.filter(organisation__sector=sector, organisation__circle__in=viewer.circles)
    return [
        row.organisation
        for row in near.select_related("organisation")[:CANDIDATES]
        if SequenceMatcher(None, folded, row.folded).ratio() >= NEAR
    ]


def found(asked: Founding, actor: Actor, day: date) -> Activity | None:
    """Enter it with its name, its number as written, and its seat. Raises ValidationError."""
    with together(actor) as it:
        one_at_a_time("register.organisation.key")
        organisation = asked.organisation
        organisation.key = free_key(organisation.name)
        deeds.add(it, organisation, {}, day)
        _name(it, organisation, day)
        if asked.number:
            row = Identifier(scheme=Scheme.ORGNR, value=asked.number, organisation=organisation)
            row.key = new_key(f"{organisation.key}.{row.noun}")
            deeds.add(it, row, {}, day)
        if asked.seat:
            seat = Presence(kind=PresenceKind.SEAT, place=asked.seat, organisation=organisation)
            seat.key = new_key(f"{organisation.key}.{seat.noun}")
            deeds.add(it, seat, {}, day)
    return it.first


def enter(
    name: str, sector: str, actor: Actor, day: date, *, form: str = "", number: str = ""
) -> Organisation:
    """A new organisation, with its name and number as they are written."""
    it = Organisation(name=name, sector=sector, form=form)
    found(Founding(it, number if digits_of(number) else ""), actor, day)
    return it


def take_back(organisation: Organisation, actor: Actor) -> None:
    """Remove one that the same person has entered by mistake, if nothing but its name rests on it."""
    entered = Activity.objects.filter(subject=organisation.subject, verb=Verb.CREATED)
    if not entered.filter(actor=actor.person).exists():
        return
    with suppress(ValidationError), together(actor) as it:
        for row in (*organisation.identifiers.all(), *organisation.names.all(), organisation):
            it.remove(row)


def _name(it: Together, organisation: Organisation, day: date) -> None:
    row = Name(name=organisation.name, kind=NameKind.OFFICIAL, organisation=organisation)
    row.key, row.start = new_key(f"{organisation.key}.{row.noun}"), organisation.start
    deeds.add(it, row, {}, day)
