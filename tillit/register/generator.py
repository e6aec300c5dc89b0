"""An invented register of any size, to measure by: the same rows for the same seed, on any machine.

Names are put together from the words in data/invented.json. Organisation numbers begin with 4, a
group that is given to nobody, so that no real organisation can be meant.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from django.db import connection, transaction

from tillit.kit.models import Citation, Source, StatedFigure
from tillit.kit.models.stated_figure import Looseness
from tillit.kit.search.index import index_all
from tillit.register.choices import (
    AddressKind,
    Form,
    Level,
    Measure,
    NameKind,
    PlaceKind,
    PresenceKind,
    RoleKind,
    Scheme,
    Sector,
    TopicKind,
    UnitKind,
)
from tillit.register.dice import (
    LAST_YEAR,
    MOST,
    UNKNOWN,
    WORDS,
    Dice,
    Span,
    as_written,
    of,
    orgnr,
    slug,
)
from tillit.register.models import (
    Address,
    Identifier,
    Membership,
    Name,
    Organisation,
    Person,
    Place,
    Presence,
    Role,
    Topic,
    Unit,
)

CHUNK = 2000  # organisations made at a time, with all that belongs to them: about 12 000 rows
STRETCH = 20_000  # organisations written in one transaction
ROOM = {"cache_size": -80_000, "mmap_size": 0}  # SQLite's, the first in KiB
UMBRELLAS, LARGEST = 300, 3000  # umbrella organisations, and the members of the largest
SOURCE_KEY, SOURCE_TITLE = "generated", "Påhittade uppgifter"
# What a municipality weighs besides 1: the large ones draw most, as they do in the real register.
HEAVY = {
    "0180": 60, "1480": 36, "1280": 22, "0380": 15, "0580": 11, "1281": 10, "1880": 10, "1980": 9,
    "1283": 9, "2480": 8, "0680": 8, "1490": 7, "2180": 7, "2281": 6, "1780": 6, "0780": 6,
    "2580": 5, "0880": 5,
}  # fmt: skip
KEPT_FIRST = (
    Source, Topic, Organisation, Person, Unit, Name, Identifier, Presence, Address, Role,
    Organisation.topics.through, Membership, StatedFigure, Citation,
)  # fmt: skip


class GenerateError(ValueError):
    """The register can't be filled. The message is for whoever asked."""


@dataclass
class Batch:
    """Rows that are not yet written, by model."""

    rows: dict[Any, list[Any]] = field(default_factory=lambda: defaultdict(list))

    def add(self, row: Any) -> Any:
        self.rows[type(row)].append(row)
        return row

    def write(self) -> None:
        """What others point at is written first: some models before others, parents before parts."""
        with transaction.atomic():
            for model in KEPT_FIRST:
                rows = self.rows.pop(model, [])
                for is_part in (False, True):
                    model.objects.bulk_create(
                        [row for row in rows if bool(getattr(row, "parent", None)) is is_part]
                    )


@dataclass
class World:
    """What all organisations of one run share."""

    dice: Dice
    wanted_umbrellas: int  # the first so many organisations
    source: Source
    municipalities: list[Place]
    weights: list[int]
    counties: list[Place]
    topics: list[Topic]
    batch: Batch = field(default_factory=Batch)
    umbrellas: list[Organisation] = field(default_factory=list)
    members: list[int] = field(default_factory=list)  # pk of those who may be members

    def municipality(self) -> Place:
        return self.dice.choices(self.municipalities, cum_weights=self.weights)[0]

    def cite(self, row: Any, share: float) -> None:
        """Give that share of the rows a line in the source."""
        if self.dice.happens(share):
            line = self.dice.randint(1, 9999)
            self.batch.add(
                Citation(source=self.source, subject=row.subject, first_line=line, last_line=line)
            )


def generate(organisations: int, seed: int = 1) -> Iterator[int]:
    """Write the register, giving the number of organisations so far after each stretch.

    Raises GenerateError when there is a register already, or no places.
    """
    if not 1 <= organisations <= MOST:
        raise GenerateError(f"From 1 to {MOST} organisations can be made, not {organisations}.")
    must_be_empty()
    world = new_world(Dice(seed), umbrellas=min(UMBRELLAS, organisations // 20))
    with roomy():
        for stretch in batched(range(organisations), STRETCH):
            with transaction.atomic():
                for numbers in batched(stretch, CHUNK):
                    add_organisations(world, numbers)
            yield stretch.stop
        for umbrella in world.umbrellas:
            add_members(world, umbrella)
        world.batch.write()  # some 35 000 rows at most
    index_all()
    tidy()


def batched(numbers: range, size: int) -> Iterator[range]:
    for first in range(0, len(numbers), size):
        yield numbers[first : first + size]


@contextmanager
def roomy() -> Iterator[None]:
    """Room in memory for what SQLite changes in one stretch, so that it writes each page once."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        for name, value in ROOM.items():
            cursor.execute(f"PRAGMA {name}={value}")
    try:
        yield
    finally:
        connection.close()  # the next one is as settings say


def tidy() -> None:
    """What databases do by themselves in time: count what there is, to plan by."""
    by_itself = connection.vendor == "postgresql" and not connection.in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if by_itself else "ANALYZE")


def must_be_empty() -> None:
    if Organisation.objects.exists() or Person.objects.exists() or Topic.objects.exists():
        raise GenerateError("Invented rows go only into an empty register; this one has rows.")
    if not Place.objects.filter(kind=PlaceKind.MUNICIPALITY).exists():
        raise GenerateError("There are no places yet. Run `tillit places` first.")


def new_world(dice: Dice, umbrellas: int) -> World:
    municipalities = list(Place.objects.filter(kind=PlaceKind.MUNICIPALITY).order_by("code"))
    groups = (TopicKind.THEME, "themes"), (TopicKind.TARGET_GROUP, "target_groups")
    world = World(
        dice=dice,
        wanted_umbrellas=umbrellas,
        source=Source(
            key=SOURCE_KEY, title=SOURCE_TITLE, dated=str(LAST_YEAR), is_document=False,
            note="Alla namn, nummer och datum är påhittade av `tillit generate`.",
        ),
        municipalities=municipalities,
        weights=list(accumulate(HEAVY.get(place.code, 1) for place in municipalities)),
        counties=list(Place.objects.filter(kind=PlaceKind.COUNTY).order_by("code")),
        topics=[
            Topic(key=slug(word), kind=kind, name=word.replace("_", " "))
            for kind, words in groups
            for word in WORDS[words]
        ],
    )  # fmt: skip
    for row in (world.source, *world.topics):
        world.batch.add(row)
    world.batch.write()
    return world


def add_organisations(world: World, numbers: range) -> None:
    made = [add_organisation(world, number) for number in numbers]
    world.batch.write()
    ordinary = made[max(0, world.wanted_umbrellas - numbers.start) :]
    world.members += [row.pk for row in ordinary if row.sector == Sector.CIVIL]


def add_organisation(world: World, number: int) -> Organisation:
    """One organisation with all that belongs to it but its memberships."""
    is_umbrella = number < world.wanted_umbrellas
    organisation = umbrella(world, number) if is_umbrella else ordinary(world, number)
    world.batch.add(organisation)
    world.cite(organisation, 0.2)
    add_names(world, organisation)
    add_numbers(world, organisation, number)
    add_places(world, organisation)
    add_topics(world, organisation)
    add_people(world, organisation, add_units(world, organisation))
    return organisation


def umbrella(world: World, number: int) -> Organisation:
    level = world.dice.choice((Level.NATIONAL, Level.REGIONAL))
    title = "Riksförbundet" if level == Level.NATIONAL else "Samverkan"
    name = f"{title} {world.dice.word('emblems')}"
    made = organisation_of(world.dice, number, name, form=Form.ASSOCIATION, level=level)
    world.umbrellas.append(made)
    return made


def ordinary(world: World, number: int) -> Organisation:
    """An organisation of some sector and form; one in two thousand has a protected place."""
    dice = world.dice
    if dice.happens(0.0005):
        name = f"Kvinnojouren {dice.word('emblems')}"
        return organisation_of(dice, number, name, form=Form.ASSOCIATION, protected=True)
    sector, form, name = kind_of(dice)
    level = dice.choices((Level.LOCAL, Level.REGIONAL, Level.NATIONAL, ""), (80, 8, 4, 8))[0]
    made = organisation_of(dice, number, name, sector=sector, form=form, level=level)
    if sector == Sector.CIVIL and world.umbrellas and dice.happens(0.03):
        made.parent = dice.choice(world.umbrellas)
    return made


def kind_of(dice: Dice) -> tuple[str, str, str]:
    """A sector, a legal form and a name that fits them."""
    village, emblem, craft = dice.village(), dice.word("emblems"), dice.word("crafts")
    kinds = (
        (70, Sector.CIVIL, Form.ASSOCIATION, f"{of(village)} {dice.word('associations')}"),
        (11, Sector.CIVIL, Form.ASSOCIATION, f"Föreningen {emblem} i {village}"),
        (6, Sector.CIVIL, Form.FOUNDATION, f"Stiftelsen {emblem} i {village}"),
        (4, Sector.CIVIL, Form.FAITH_COMMUNITY, f"{of(village)} {dice.word('congregations')}"),
        (3, Sector.CIVIL, Form.COOPERATIVE, f"{of(village)} {craft} ekonomisk förening"),
        (2, Sector.CIVIL, Form.NETWORK, f"Nätverket {emblem} {village}"),
        (0.3, Sector.PUBLIC, Form.MUNICIPAL_ASSOCIATION, f"{of(village)} kommunalförbund"),
        (0.2, Sector.PUBLIC, Form.STATE_AGENCY, f"Myndigheten {emblem} {village}"),
        (3, Sector.BUSINESS, Form.COMPANY, f"{of(village)} {craft} AB"),
        (0.5, Sector.ACADEMIA, Form.UNIVERSITY, f"{of(village)} högskola"),
    )
    _weight, sector, form, name = dice.choices(kinds, [kind[0] for kind in kinds])[0]
    return sector, form, name


def organisation_of(dice: Dice, number: int, name: str, **values: Any) -> Organisation:
    """The key begins with the number: rows come in the order of their keys, which spares the disk."""
    key = f"o{number:06}-{slug(name)[:60]}"
    if dice.happens(0.1):
        values |= {"description": f"{name} är påhittad.", "web": f"https://{key}.example/"}
    span = dice.span(1880, ended=0.06)
    return Organisation(
        **{"key": key, "name": name, "sector": Sector.CIVIL, **span._asdict(), **values}
    )


def add_names(world: World, organisation: Organisation) -> None:
    """Its name, for some also one that it had before, a short one, an alias or a misspelling."""
    dice, name = world.dice, organisation.name
    span = Span(organisation.start, organisation.end, organisation.seen)
    changed = span.first_year + dice.randint(3, 20)
    goes_on = span.end in {"", ".."} and not span.seen
    if dice.happens(0.15) and goes_on and changed < LAST_YEAR:
        before = f"{of(dice.village())} {name.rpartition(' ')[2].lower()}"
        add_name(
            world,
            organisation,
            NameKind.OFFICIAL,
            before,
            Span(span.start, str(changed - 1)),
            "before",
        )
        span = Span(dice.bound(changed), span.end)
    add_name(world, organisation, NameKind.OFFICIAL, name, span)
    if dice.happens(0.09):
        letters = "".join(word[0] for word in name.upper().split())
        add_name(world, organisation, NameKind.SHORT, f"{letters}{dice.randint(2, 99)}")
    if dice.happens(0.06):
        add_name(world, organisation, NameKind.ALIAS, dice.word("emblems"))
    if dice.happens(0.02):
        middle = len(name) // 2
        add_name(world, organisation, NameKind.MISSPELLING, name[:middle] + name[middle + 1 :])


def add_name(  # noqa: PLR0917 (a row of a table)
    world: World,
    organisation: Organisation,
    kind: str,
    name: str,
    span: Span = UNKNOWN,
    local: str = "",
) -> None:
    row = Name(
        key=f"{organisation.key}.{local or kind}", organisation=organisation, kind=kind, name=name,
        **span._asdict(),
    )  # fmt: skip
    world.cite(world.batch.add(row), 0.03)


def add_numbers(world: World, organisation: Organisation, number: int) -> None:
    """An organisation number for four of five; public ones also an address for electronic invoices."""
    digits = orgnr(number)
    public = organisation.sector == Sector.PUBLIC
    if public or world.dice.happens(0.8):
        add_number(world, organisation, Scheme.ORGNR, as_written(digits, world.dice))
    if public:
        add_number(world, organisation, Scheme.PEPPOL, f"0007:{digits}")


def add_number(world: World, organisation: Organisation, scheme: Scheme, value: str) -> None:
    key = f"{organisation.key}.{scheme}"
    world.batch.add(Identifier(key=key, organisation=organisation, scheme=scheme, value=value))


def add_places(world: World, organisation: Organisation) -> None:
    """Its seat, for some also where it works and where post reaches it."""
    dice, seat = world.dice, world.municipality()
    span = Span(organisation.start, organisation.end, organisation.seen)
    add_presence(world, organisation, PresenceKind.SEAT, seat, span)
    if dice.happens(0.25):
        works_in = dice.choice(world.counties) if dice.happens(0.2) else world.municipality()
        add_presence(
            world, organisation, PresenceKind.WORKS_IN, works_in, dice.span(1990, ended=0.2)
        )
    if dice.happens(0.3):
        address = Address(
            key=f"{organisation.key}.post", organisation=organisation, kind=AddressKind.POSTAL,
            street=f"{dice.word('first_parts')}{dice.word('street_ends')} {dice.randint(1, 99)}",
            postcode=f"{dice.randint(100, 984)} {dice.randint(10, 99)}", town=seat.name, place=seat,
            **dice.span(1990, ended=0.1)._asdict(),
        )  # fmt: skip
        world.batch.add(address)


def add_presence(
    world: World, organisation: Organisation, kind: PresenceKind, place: Place, span: Span
) -> None:
    key = f"{organisation.key}.{kind.replace('_', '-')}"
    world.batch.add(
        Presence(key=key, organisation=organisation, kind=kind, place=place, **span._asdict())
    )


def add_topics(world: World, organisation: Organisation) -> None:
    link = Organisation.topics.through
    for topic in world.dice.sample(world.topics, world.dice.choice((0, 1, 1, 2))):
        world.batch.add(link(organisation=organisation, topic=topic))


def add_units(world: World, organisation: Organisation) -> list[Unit]:
    """For a public one: a board, and committees and departments under it."""
    if organisation.sector != Sector.PUBLIC:
        return []
    board = add_unit(world, organisation, UnitKind.BOARD, "Styrelsen")
    groups = (UnitKind.COMMITTEE, "committees"), (UnitKind.DEPARTMENT, "departments")
    return [board] + [
        add_unit(world, organisation, kind, word.replace("_", " "), board)
        for kind, words in groups
        for word in world.dice.sample(WORDS[words], 2)
    ]


def add_unit(
    world: World, organisation: Organisation, kind: UnitKind, name: str, parent: Unit | None = None
) -> Unit:
    made: Unit = world.batch.add(
        Unit(
            key=f"{organisation.key}.{slug(name)}", organisation=organisation, kind=kind, name=name,
            parent=parent, start=organisation.start, end=organisation.end, seen=organisation.seen,
        )
    )  # fmt: skip
    return made


def add_people(world: World, organisation: Organisation, units: list[Unit]) -> None:
    """Half a person for each organisation: mostly nobody, now and then a chair, a manager and more."""
    dice = world.dice
    kinds = (RoleKind.CHAIR, RoleKind.MANAGER, RoleKind.CONTACT_PERSON, RoleKind.MEMBER)
    for count in range(8 if units else dice.choices((0, 1, 2, 3), (68, 18, 10, 4))[0]):
        person = world.batch.add(Person(key=f"p{organisation.key[1:]}-{count}", name=dice.person()))
        role = Role(
            key=f"{organisation.key}.role-{count}", organisation=organisation, person=person,
            kind=kinds[count % len(kinds)], unit=dice.choice(units) if units else None,
            **dice.span(2000, ended=0.4)._asdict(),
        )  # fmt: skip
        world.cite(world.batch.add(role), 0.1)


def add_members(world: World, umbrella: Organisation) -> None:
    """The members of an umbrella, one of five gone, and the number that it states itself."""
    dice = world.dice
    wanted = LARGEST if umbrella is world.umbrellas[0] else dice.randint(10, 180)
    chosen = dice.sample(world.members, min(wanted, len(world.members) // 4))
    members = Organisation.objects.only("circle").in_bulk(
        chosen
    )  # a membership's circle follows it
    for number, pk in enumerate(chosen):
        span = dice.span(1990, ended=0.2)
        world.batch.add(
            Membership(
                key=f"{umbrella.key}.{number}",
                umbrella=umbrella,
                member=members[pk],
                **span._asdict(),
            )
        )
    stated = StatedFigure(
        key=f"{umbrella.key}.members", about=umbrella.subject, measure=Measure.MEMBERS,
        start=str(LAST_YEAR),
        as_written=f"drygt {len(chosen)} medlemmar", looseness=Looseness.JUST_OVER, low=len(chosen),
    )  # fmt: skip
    world.cite(world.batch.add(stated), 1)
