"""Enter an organisation that the register may or may not know already."""

from datetime import date

from django.db.models import Q, QuerySet

from tillit.kit.changes import Actor, change, new_key, together
from tillit.kit.circles import Viewer
from tillit.kit.editing.deeds import add
from tillit.kit.loading.keys import slugged
from tillit.kit.swedish import fold
from tillit.register.choices import Scheme
from tillit.register.identifiers import check_orgnr, digits_of
from tillit.register.models import Identifier, Name, Organisation

MOST = 8
LEAST_LETTERS = 3  # of a name, to look for it inside others


def alike(name: str, number: str, sector: str, viewer: Viewer) -> list[Organisation]:
    """Those of the sector that may be meant, by any of their names or by the number."""
    named = Name.objects.visible_to(viewer).filter(called(name)).values("organisation")
    found = Q(pk__in=named)
    if digits_of(number):
        numbers = Identifier.objects.visible_to(viewer).filter(scheme=Scheme.ORGNR)
        found |= Q(pk__in=numbers.filter(digits=check_orgnr(number).digits).values("organisation"))
    rows: QuerySet[Organisation] = Organisation.objects.visible_to(viewer).filter(sector=sector)
    return list(rows.filter(found).order_by("sort_key", "key")[:MOST])


def called(name: str) -> Q:
    folded = fold(name)
    return Q(folded__contains=folded) if len(folded) >= LEAST_LETTERS else Q(folded=folded)


def is_called(organisation: Organisation, name: str) -> bool:
    return fold(organisation.name) == fold(name)


def number_of(organisation: Organisation) -> Identifier | None:
    """Its organisation number, the one entered last if there are several."""
    rows = organisation.identifiers.filter(scheme=Scheme.ORGNR)
    found: Identifier | None = rows.order_by("-pk").first()
    return found


def correct_name(organisation: Organisation, name: str, actor: Actor) -> None:
    """What it is called now was written wrongly."""
    rows = organisation.names.official().filter(name=organisation.name)
    if row := rows.order_by("-certain_from", "-pk").first():
        change(row, {"name": name}, actor)
        organisation.refresh_from_db(fields=["name"])


def set_number(organisation: Organisation, number: str, actor: Actor, day: date) -> None:
    """Give it the number as written, in place of one that was wrong. An empty one changes nothing."""
    known = number_of(organisation)
    if not digits_of(number):
        return
    if known is None:
        row = Identifier(organisation=organisation, scheme=Scheme.ORGNR, value=number)
        row.key = new_key(organisation.key)
        with together(actor) as it:
            add(it, row, {}, day)
    elif known.value != number:
        change(known, {"value": number}, actor)


def free_key(name: str) -> str:
    """The name as a key; with a number when another organisation has it."""
    key = slugged(name)
    taken = set(Organisation.objects.filter(key__startswith=key).values_list("key", flat=True))
    numbered = (f"{key}-{number}" for number in range(2, len(taken) + 3))
    return next(it for it in [key, *numbered] if it not in taken)
