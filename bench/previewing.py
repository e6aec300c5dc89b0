"""A list of 10 000 rows looked through in the background: as its owner's import, and rolled back.

The yardstick reads the same list, and asks for its names by their folded form, five hundred at a time:
what it would cost to find only those that are written alike.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from bench.memory import Peak
from bench.table import Line, beside, number
from tillit.accounts.models import User
from tillit.intake import beginning, recognising
from tillit.intake.models import Intake
from tillit.kit.access import viewer_for
from tillit.kit.circles import Viewer
from tillit.kit.loading.resolving import chunks
from tillit.kit.swedish import fold
from tillit.register.choices import Extent, Sector
from tillit.register.dice import Dice
from tillit.register.generator import kind_of
from tillit.register.models import Mandate, Name, Organisation, Person, Secretariat

ROWS = 10_000
WRONG = 10  # one in so many is misspelled


def lines() -> list[Line]:
    text = "\n".join(["Namn\tSäte", *listed()]).encode()
    with transaction.atomic():
        viewer = secretary()
        began = perf_counter()
        plainly(text)
        yardstick = perf_counter() - began
        with Peak() as peak, counted() as asked:
            began = perf_counter()
            intake = looked_through(text, viewer)
            ours = perf_counter() - began
        found = f"{intake.rows.filter(is_open=True).count()} of them like something"
        transaction.set_rollback(True)
    figure = f"preview of {ROWS} rows, {found}"
    more = {"queries": str(asked[0]), "memory": number(peak.most)}
    return [beside(figure, ours, yardstick, **more)]


def listed() -> Iterator[str]:
    """Every other row from the register, every other new; of all of them some misspelled."""
    dice, total = Dice(99), Organisation.objects.filter(sector=Sector.CIVIL).count()
    rows = Organisation.objects.filter(sector=Sector.CIVIL).order_by("pk")
    known = iter(rows.values_list("name", flat=True)[:: max(total // (ROWS // 2), 1)])
    for number_ in range(ROWS):
        name = next(known, "") if number_ % 2 else ""
        name = name or kind_of(dice)[2]
        if number_ % WRONG == 0:
            name = name[: len(name) // 2] + name[len(name) // 2 + 1 :]
        yield f"{name}\tMalmö"


def secretary() -> Viewer:
    """Somebody who works in the secretariat of the civil side."""
    keeper = Organisation.objects.filter(sector=Sector.CIVIL).order_by("pk")[0]
    kept = Secretariat.objects.create(key="bench", side=Sector.CIVIL, organisation=keeper)
    account = User.objects.create_user("bench@example.org")
    person = Person.objects.create(key="bench", name="Bo Bänk", account=account)
    Mandate.objects.create(
        key="bench",
        person=person,
        organisation=keeper,
        secretariat=kept,
        extent=Extent.SECRETARIAT,
        start="2010",
        end="..",
        given_by="command:bench",
        accepted_at=timezone.now(),
    )
    return viewer_for(account.pk)


def looked_through(text: bytes, viewer: Viewer) -> Intake:
    now = timezone.now()
    said = {"kind": "organisations", "title": "Bench", "about": "", "on": ""}
    intake = beginning.begin(said, text, viewer, now)
    intake = recognising.begin(intake, intake.columns, now)
    recognising.recognise(intake, recognising.owner_of(intake), now)
    return intake


def plainly(text: bytes) -> None:
    grid = beginning.read(text, beginning.guess(text))
    names = [fold(line.cells[0]) for line in grid.lines[1:]]
    for some in chunks(names):
        list(Name.objects.filter(folded__in=some).values_list("folded", "organisation_id"))


@contextmanager
def counted() -> Iterator[list[int]]:
    """How many questions are asked, in a list of one number."""
    count = [0]

    def one(execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        count[0] += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(one):
        yield count
