"""An invented register of any size, to measure by: the same rows for the same seed, on any machine.

Everything is made up from the words below. Organisation numbers begin with 4, a group that is given
to nobody, so that no real organisation can be meant.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from random import Random
from typing import Any, NamedTuple

from django.db import connection, models, transaction
from stdnum import luhn

from tillit.kit.models import Citation, Source, StatedFigure
from tillit.kit.models.stated_figure import Looseness
from tillit.kit.swedish import fold
from tillit.register.choices import (
    AddressKind,
    Form,
    Level,
    NameKind,
    PlaceKind,
    PresenceKind,
    RoleKind,
    Scheme,
    Sector,
    TopicKind,
    UnitKind,
)
from tillit.register.members import MEASURE
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

CHUNK = 2000  # organisations written at a time, with all that belongs to them: about 14 000 rows
MOST = 1_000_000  # so many organisation numbers does `orgnr` tell apart
UMBRELLAS, LARGEST = 300, 3000  # umbrella organisations, and the members of the largest
LAST_YEAR = 2025
SOURCE_KEY, SOURCE_TITLE = "generated", "Påhittade uppgifter"

FIRST_PARTS = [
    "Alm",
    "Ask",
    "Berg",
    "Björk",
    "Bok",
    "Ek",
    "En",
    "Gran",
    "Grön",
    "Hag",
    "Hassel",
    "Kvarn",
    "Kyrk",
    "Lind",
    "Ljung",
    "Norr",
    "Rönn",
    "Sjö",
    "Sten",
    "Söder",
    "Tall",
    "Ulv",
    "Vall",
    "Väster",
    "Åker",
    "Ängs",
    "Äppel",
    "Öster",
]
LAST_PARTS = [
    "arp",
    "berga",
    "bo",
    "by",
    "dal",
    "fors",
    "hult",
    "holm",
    "lund",
    "mark",
    "näs",
    "ryd",
    "sta",
    "torp",
    "tuna",
    "vik",
    "ås",
    "äng",
    "ö",
]
EMBLEMS = [
    "Ankaret",
    "Blåklinten",
    "Boken",
    "Bron",
    "Dungen",
    "Enen",
    "Fyren",
    "Gläntan",
    "Granen",
    "Gryningen",
    "Hörnstenen",
    "Kompassen",
    "Källan",
    "Lyktan",
    "Länken",
    "Morgonen",
    "Måsen",
    "Näckrosen",
    "Oasen",
    "Regnbågen",
    "Ringen",
    "Skatan",
    "Solrosen",
    "Stegen",
    "Stigen",
    "Svalan",
    "Trädet",
    "Vägskälet",
    "Väven",
    "Årstiden",
    "Ögonblicket",
    "Öringen",
]
ASSOCIATIONS = [
    "idrottsförening",
    "hembygdsförening",
    "bygdegårdsförening",
    "pensionärsförening",
    "folkdansgille",
    "teaterförening",
    "konstförening",
    "körsällskap",
    "scoutkår",
    "ridklubb",
    "orienteringsklubb",
    "simsällskap",
    "båtklubb",
    "odlarförening",
    "naturskyddsförening",
    "biodlarförening",
    "föräldraförening",
    "kulturförening",
    "musikförening",
    "nykterhetsförening",
    "handikappförening",
    "anhörigförening",
    "språkförening",
    "fredsförening",
    "bildningsförening",
    "byalag",
    "schackklubb",
    "gymnastikförening",
    "fotbollsklubb",
    "skidklubb",
    "folkhögskoleförening",
    "vänförening",
]
CONGREGATIONS = [
    "frikyrkoförsamling",
    "ekumeniska-församling",
    "muslimska-församling",
    "buddhistiska-församling",
]
CRAFTS = ["snickeri", "bageri", "bokhandel", "städ", "data", "bygg", "trädgård", "vård"]
COMMITTEES = [
    "Socialnämnden",
    "Kulturnämnden",
    "Bildningsnämnden",
    "Miljönämnden",
    "Tekniska-nämnden",
]
DEPARTMENTS = [
    "Kansliet",
    "Ekonomiavdelningen",
    "Utvecklingsavdelningen",
    "Kommunikationsavdelningen",
]
THEMES = [
    "Kultur",
    "Idrott",
    "Utbildning",
    "Hälsa",
    "Socialt-arbete",
    "Miljö",
    "Bostad",
    "Rättigheter",
    "Bistånd",
    "Tro",
    "Arbetsliv",
    "Bygdeutveckling",
]
TARGET_GROUPS = [
    "Barn",
    "Unga",
    "Äldre",
    "Kvinnor",
    "Nyanlända",
    "Anhöriga",
    "Funktionsnedsatta",
    "Arbetssökande",
]
FORENAMES = [
    "Agnes",
    "Ahmed",
    "Alva",
    "Anders",
    "Anna",
    "Axel",
    "Birgitta",
    "Britta",
    "Elin",
    "Elsa",
    "Emma",
    "Erik",
    "Eva",
    "Fatima",
    "Gunnar",
    "Gösta",
    "Hanna",
    "Hassan",
    "Ingrid",
    "Jakob",
    "Johan",
    "Karin",
    "Kerstin",
    "Lars",
    "Leila",
    "Linnea",
    "Maja",
    "Margareta",
    "Mats",
    "Mikael",
    "Mira",
    "Nils",
    "Olof",
    "Omar",
    "Per",
    "Saga",
    "Sara",
    "Selma",
    "Sven",
    "Tove",
    "Ulla",
    "Viktor",
    "Yusuf",
    "Åke",
    "Åsa",
    "Örjan",
]
SURNAME_ENDS = ["berg", "ström", "gren", "qvist", "lund", "man", "dahl", "stedt", "blad", "fors"]
STREET_ENDS = ("vägen", "gatan", "stigen", "torget")

# What a municipality weighs besides 1: the large ones draw most, as they do in the real register.
HEAVY = {
    "0180": 60, "1480": 36, "1280": 22, "0380": 15, "0580": 11, "1281": 10, "1880": 10, "1980": 9, "1283": 9,
    "2480": 8, "0680": 8, "1490": 7, "2180": 7, "2281": 6, "1780": 6, "0780": 6, "2580": 5, "0880": 5,
}  # fmt: skip


class EmptyRegisterNeeded(Exception):
    """The register has rows, or lacks the places. The message is for whoever asked."""


class Span(NamedTuple):
    """A period as a source might write it: EDTF, see kit.bounds."""

    start: str
    end: str
    seen: str = ""

    @property
    def first_year(self) -> int:
        """The year of the beginning; where that is unknown, one that lies well back."""
        digits = self.start.strip("[")[:4]
        return int(digits) if digits.isdecimal() else 1990


class Dice(Random):
    """Chance that falls alike for the same seed, with the throws that the register needs."""

    def happens(self, share: float) -> bool:
        return self.random() < share

    def bound(self, year: int) -> str:
        """Some beginning or end in the year, as precisely as sources happen to know it."""
        match self.choices(("day", "month", "season", "year", "between"), (40, 15, 3, 35, 7))[0]:
            case "day":
                return f"{year}-{self.randint(1, 12):02}-{self.randint(1, 28):02}"
            case "month":
                return f"{year}-{self.randint(1, 12):02}"
            case "season":
                return f"{year}-{self.randint(21, 24)}"
            case "between":
                return f"[{year}..{year + 1}]"
        return str(year)

    def span(self, first: int, *, ended: float) -> Span:
        """A period that begins in the year `first` or later; `ended` is the share that have ended."""
        year = max(self.randint(first, LAST_YEAR - 4), self.randint(first, LAST_YEAR - 4))
        start = self.bound(year) if self.happens(0.85) else ""
        if self.happens(ended):
            return Span(start, self.bound(self.randint(year + 2, LAST_YEAR)))
        end = ".." if self.happens(0.5) else ""
        seen = "2012-12-31" if not start and not end and self.happens(0.7) else ""
        return Span(start, end, seen)

    def village(self) -> str:
        return self.choice(FIRST_PARTS) + self.choice(LAST_PARTS)

    def person(self) -> str:
        return f"{self.choice(FORENAMES)} {self.choice(FIRST_PARTS)}{self.choice(SURNAME_ENDS)}"


def spaced(word: str) -> str:
    return word.replace("-", " ")


def of(village: str) -> str:
    """Björkhult → Björkhults, Almnäs → Almnäs."""
    return village if village.endswith("s") else f"{village}s"


def orgnr(number: int) -> str:
    """The ten digits of the organisation with this running number: 4, an unused group, and valid by Luhn."""
    nine = f"4{number % 10}{2 + number % 8}{number * 7919 % MOST:06}"
    return nine + luhn.calc_check_digit(nine)


def as_written(digits: str, dice: Dice) -> str:
    """With a hyphen, as most write it, or as some do."""
    dash = dice.choices(("-", "–", "", " "), (90, 4, 4, 2))[0]
    return f"{digits[:6]}{dash}{digits[6:]}"


@dataclass
class Batch:
    """Rows that are not yet written, by model. What others point at is written first."""

    rows: dict[type[models.Model], list[Any]] = field(default_factory=lambda: defaultdict(list))

    ORDER = (
        Source, Topic, Organisation, Person, Unit, Name, Identifier, Presence, Address, Role,
        Organisation.topics.through, Membership, StatedFigure, Citation,
    )  # fmt: skip

    def add(self, row: Any) -> Any:
        guard = getattr(row, "guard", None)
        if guard:
            guard()  # bulk_create calls no save
        self.rows[type(row)].append(row)
        return row

    def write(self) -> None:
        with transaction.atomic():
            for model in self.ORDER:
                rows = self.rows.pop(model, [])
                tops = [row for row in rows if getattr(row, "parent", None) is None]
                parts = [row for row in rows if getattr(row, "parent", None) is not None]
                for wave in (tops, parts):
                    model._default_manager.bulk_create(wave)


@dataclass
class World:
    """What all organisations of one run share."""

    dice: Dice
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

    def cite(self, subject: str, field: str = "") -> None:
        line = self.dice.randint(1, 9999)
        self.batch.add(
            Citation(
                source=self.source, subject=subject, field=field, first_line=line, last_line=line
            )
        )


def generate(organisations: int, seed: int = 1) -> Iterator[int]:
    """Write the register, giving the number of organisations written so far after each chunk.

    Raises EmptyRegisterNeeded when there is a register already, or no places.
    """
    if not 1 <= organisations <= MOST:
        raise ValueError(f"From 1 to {MOST} organisations can be made, not {organisations}.")
    world = new_world(Dice(seed))
    umbrellas = min(UMBRELLAS, organisations // 20)
    for first in range(0, organisations, CHUNK):
        last = min(first + CHUNK, organisations)
        made = [
            add_organisation(world, number, umbrella=number < umbrellas)
            for number in range(first, last)
        ]
        world.batch.write()
        world.members += [
            row.pk for row in made[max(0, umbrellas - first) :] if row.sector == Sector.CIVIL
        ]
        yield last
    for rank, umbrella in enumerate(world.umbrellas):
        add_members(world, umbrella, largest=rank == 0)
    world.batch.write()  # at most some 35 000 rows
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # both databases plan by what it finds
    yield organisations


def new_world(dice: Dice) -> World:
    for model in (Organisation, Person, Topic, Source):
        if model._default_manager.exists():
            raise EmptyRegisterNeeded(
                f"There are {model._meta.verbose_name_plural} already. Invented rows go only into an empty register."
            )
    municipalities = list(Place.objects.filter(kind=PlaceKind.MUNICIPALITY).order_by("code"))
    if not municipalities:
        raise EmptyRegisterNeeded("There are no places yet. Run `tillit places` first.")
    world = World(
        dice=dice,
        source=Source(
            key=SOURCE_KEY, title=SOURCE_TITLE, dated=str(LAST_YEAR), is_document=False,
            note="Alla namn, nummer och datum är påhittade av `tillit generate`.",
        ),
        municipalities=municipalities,
        weights=list(accumulate(HEAVY.get(place.code, 1) for place in municipalities)),
        counties=list(Place.objects.filter(kind=PlaceKind.COUNTY).order_by("code")),
        topics=[
            Topic(key=fold(word).replace(" ", "-"), kind=kind, name=spaced(word))
            for kind, words in ((TopicKind.THEME, THEMES), (TopicKind.TARGET_GROUP, TARGET_GROUPS))
            for word in words
        ],
    )  # fmt: skip
    for row in (world.source, *world.topics):
        world.batch.add(row)
    world.batch.write()
    return world


def add_organisation(world: World, number: int, *, umbrella: bool) -> Organisation:
    """One organisation with all that belongs to it but its memberships."""
    organisation = umbrella_of(world, number) if umbrella else ordinary(world, number)
    world.batch.add(organisation)
    if umbrella:
        world.umbrellas.append(organisation)
    add_names(world, organisation)
    add_numbers(world, organisation, number)
    add_places(world, organisation)
    add_topics(world, organisation)
    units = add_units(world, organisation) if organisation.sector == Sector.PUBLIC else []
    add_people(world, organisation, units)
    if world.dice.happens(0.2):
        world.cite(organisation.subject)
    return organisation


def umbrella_of(world: World, number: int) -> Organisation:
    dice = world.dice
    name = dice.choice(("Riksförbundet", "Samverkan", "Paraplyet")) + f" {dice.choice(EMBLEMS)}"
    level = Level.NATIONAL if name.startswith("Riks") else Level.REGIONAL
    return organisation_of(
        dice, number, name, Sector.CIVIL, Form.ASSOCIATION, level, protected=False
    )


def ordinary(world: World, number: int) -> Organisation:
    """An organisation of some sector and form; one in two thousand has a protected place."""
    dice = world.dice
    if dice.happens(0.0005):
        name = f"Kvinnojouren {dice.choice(EMBLEMS)}"
        return organisation_of(
            dice, number, name, Sector.CIVIL, Form.ASSOCIATION, Level.LOCAL, protected=True
        )
    sector, form, name = kind_of(dice)
    level = dice.choices((Level.LOCAL, Level.REGIONAL, Level.NATIONAL, ""), (80, 8, 4, 8))[0]
    made = organisation_of(dice, number, name, sector, form, level, protected=False)
    if sector == Sector.CIVIL and world.umbrellas and dice.happens(0.03):
        made.parent = dice.choice(world.umbrellas)
    return made


def kind_of(dice: Dice) -> tuple[str, str, str]:
    """A sector, a legal form and a name that fits them."""
    village, emblem = dice.village(), dice.choice(EMBLEMS)
    kinds = (
        (70, Sector.CIVIL, Form.ASSOCIATION, f"{of(village)} {dice.choice(ASSOCIATIONS)}"),
        (11, Sector.CIVIL, Form.ASSOCIATION, f"Föreningen {emblem} i {village}"),
        (6, Sector.CIVIL, Form.FOUNDATION, f"Stiftelsen {emblem} i {village}"),
        (
            4,
            Sector.CIVIL,
            Form.FAITH_COMMUNITY,
            f"{of(village)} {spaced(dice.choice(CONGREGATIONS))}",
        ),
        (
            3,
            Sector.CIVIL,
            Form.COOPERATIVE,
            f"{of(village)} {dice.choice(CRAFTS)} ekonomisk förening",
        ),
        (2, Sector.CIVIL, Form.NETWORK, f"Nätverket {emblem} {village}"),
        (0.3, Sector.PUBLIC, Form.MUNICIPAL_ASSOCIATION, f"{of(village)} kommunalförbund"),
        (0.2, Sector.PUBLIC, Form.STATE_AGENCY, f"Myndigheten {emblem} {village}"),
        (3, Sector.BUSINESS, Form.COMPANY, f"{of(village)} {dice.choice(CRAFTS)} AB"),
        (0.5, Sector.ACADEMIA, Form.UNIVERSITY, f"{of(village)} högskola"),
    )
    _weight, sector, form, name = dice.choices(kinds, [kind[0] for kind in kinds])[0]
    return sector, form, name


def organisation_of(
    dice: Dice, number: int, name: str, sector: str, form: str, level: str, *, protected: bool
) -> Organisation:
    span = dice.span(1880, ended=0.06)
    # The number first: rows then come in the order of their keys, which spares the disk a third of its time.
    key = f"o{number:06}-{fold(name).replace(' ', '-')[:60]}"
    described = dice.happens(0.1)
    return Organisation(
        key=key, name=name, sector=sector, form=form, level=level, protected=protected,
        description=f"{name} är påhittad." if described else "",
        web=f"https://{key}.example/" if described else "", **span._asdict(),
    )  # fmt: skip


def add_names(world: World, organisation: Organisation) -> None:
    """Its name, for some also one that it had before, a short one, an alias or a misspelling."""
    dice, name = world.dice, organisation.name
    start = organisation.start
    changed = Span(start, "").first_year + dice.randint(3, 20)
    if (
        dice.happens(0.13)
        and changed < LAST_YEAR
        and not organisation.seen
        and organisation.end in {"", ".."}
    ):
        former = f"{of(dice.village())} {name.rpartition(' ')[2].lower()}"
        add_name(world, organisation, "former", NameKind.OFFICIAL, former, start, str(changed - 1))
        start = dice.bound(changed)
    add_name(
        world,
        organisation,
        "name",
        NameKind.OFFICIAL,
        name,
        start,
        organisation.end,
        organisation.seen,
    )
    if dice.happens(0.09):
        short = "".join(word[0] for word in name.upper().split())
        add_name(world, organisation, "short", NameKind.SHORT, f"{short}{dice.randint(2, 99)}")
    if dice.happens(0.06):
        add_name(world, organisation, "alias", NameKind.ALIAS, dice.choice(EMBLEMS))
    if dice.happens(0.02):
        middle = len(name) // 2
        add_name(
            world,
            organisation,
            "misspelt",
            NameKind.MISSPELLING,
            name[:middle] + name[middle + 1 :],
        )


def add_name(
    world: World, organisation: Organisation, local: str, kind: str, name: str,
    start: str = "", end: str = "", seen: str = "",
) -> None:  # fmt: skip
    row = world.batch.add(
        Name(
            key=f"{organisation.key}.{local}", organisation=organisation, kind=kind, name=name,
            start=start, end=end, seen=seen,
        )
    )  # fmt: skip
    if world.dice.happens(0.03):
        world.cite(row.subject)


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
    add_presence(world, organisation, "seat", PresenceKind.SEAT, seat, span)
    if dice.happens(0.25):
        works_in = dice.choice(world.counties) if dice.happens(0.2) else world.municipality()
        add_presence(
            world,
            organisation,
            "works",
            PresenceKind.WORKS_IN,
            works_in,
            dice.span(1990, ended=0.2),
        )
    if dice.happens(0.3):
        world.batch.add(
            Address(
                key=f"{organisation.key}.post", organisation=organisation, kind=AddressKind.POSTAL, place=seat,
                street=f"{dice.choice(FIRST_PARTS)}{dice.choice(STREET_ENDS)} {dice.randint(1, 99)}",
                postcode=f"{dice.randint(100, 984)} {dice.randint(10, 99)}", town=seat.name,
                **dice.span(1990, ended=0.1)._asdict(),
            )
        )  # fmt: skip


def add_presence(
    world: World, organisation: Organisation, local: str, kind: str, place: Place, span: Span
) -> None:
    key = f"{organisation.key}.{local}"
    world.batch.add(
        Presence(key=key, organisation=organisation, kind=kind, place=place, **span._asdict())
    )


def add_topics(world: World, organisation: Organisation) -> None:
    link = Organisation.topics.through
    for topic in world.dice.sample(world.topics, world.dice.choice((0, 1, 1, 2))):
        world.batch.add(link(organisation=organisation, topic=topic))


def add_units(world: World, organisation: Organisation) -> list[Unit]:
    """A board, committees under it, and departments."""
    board = add_unit(world, organisation, UnitKind.BOARD, "Styrelsen", None)
    chosen = [(UnitKind.COMMITTEE, word) for word in world.dice.sample(COMMITTEES, 2)]
    chosen += [(UnitKind.DEPARTMENT, word) for word in world.dice.sample(DEPARTMENTS, 2)]
    return [board, *(add_unit(world, organisation, kind, word, board) for kind, word in chosen)]


def add_unit(
    world: World, organisation: Organisation, kind: str, word: str, parent: Unit | None
) -> Unit:
    made: Unit = world.batch.add(
        Unit(
            key=f"{organisation.key}.{fold(word).replace(' ', '-')}", organisation=organisation,
            kind=kind, name=spaced(word), parent=parent, start=organisation.start, end=organisation.end,
        )
    )  # fmt: skip
    return made


def add_people(world: World, organisation: Organisation, units: list[Unit]) -> None:
    """Half a person for each organisation: mostly nobody, now and then a chair, a manager and more."""
    dice = world.dice
    for count in range(8 if units else dice.choices((0, 1, 2, 3), (68, 18, 10, 4))[0]):
        key = f"{organisation.key}-{count + 1}"
        person = world.batch.add(Person(key=f"p-{key}", name=dice.person()))
        role = world.batch.add(
            Role(
                key=f"{organisation.key}.r{count + 1}", organisation=organisation, person=person,
                kind=(RoleKind.CHAIR, RoleKind.MANAGER, RoleKind.CONTACT_PERSON, RoleKind.MEMBER)[count % 4],
                unit=dice.choice(units) if units else None, **dice.span(2000, ended=0.4)._asdict(),
            )
        )  # fmt: skip
        if dice.happens(0.1):
            world.cite(role.subject)


def add_members(world: World, umbrella: Organisation, *, largest: bool) -> None:
    """The members of an umbrella, one of three gone or of unknown bounds, and the number that it states."""
    dice, most = world.dice, len(world.members) // 4
    chosen = dice.sample(world.members, min(LARGEST if largest else dice.randint(10, 180), most))
    for number, member in enumerate(chosen, 1):
        world.batch.add(
            Membership(
                key=f"{umbrella.key}.{number}", umbrella=umbrella, member_id=member,
                **dice.span(1990, ended=0.2)._asdict(),
            )
        )  # fmt: skip
    figure = world.batch.add(
        StatedFigure(
            key=f"{umbrella.key}.members", about=umbrella.subject, measure=MEASURE,
            as_written=f"drygt {len(chosen)} medlemmar", looseness=Looseness.JUST_OVER, low=len(chosen), start=str(LAST_YEAR),
        )
    )  # fmt: skip
    world.cite(figure.subject)
