"""What imports keep of persons: whose they are. Told, handed over and erased here."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.intake.models import Intake
from tillit.kit.circles import Viewer
from tillit.kit.contributions import Fate, HandOver, Holding, OwnData, Retention
from tillit.kit.personal.traces import start_of
from tillit.register.models import Person

DAYS = 30
LABELS = {
    "at": gettext_lazy("When"),
    "title": gettext_lazy("What the list is"),
    "stage": gettext_lazy("State"),
    "rows": gettext_lazy("Rows"),
}


def purge(today: date) -> int:
    """Imports that nobody has touched for so long, with all that they held."""
    old = Intake.objects.filter(touched_at__lt=start_of(today - timedelta(days=DAYS)))
    return removed(old)


def removed(rows: QuerySet[Intake]) -> int:
    count = rows.count()
    rows.delete()
    return count


RETENTION = Retention(
    "imports",
    gettext_lazy("Imports: lists that somebody has brought in"),
    gettext_lazy(
        "Counted from when the import was last touched. What was written of it stays in the register."
    ),
    DAYS,
    purge,
)


def of_person(person: str) -> QuerySet[Intake]:
    found: QuerySet[Intake] = Intake.objects.filter(owner__key=person.partition(":")[2])
    return found


def own_rows(person: str) -> list[dict[str, Any]]:
    return [
        {
            "at": timezone.localtime(it.touched_at).date(),
            "title": it.title,
            "stage": str(it.get_stage_display()),
            "rows": it.count,
        }
        for it in of_person(person).defer("data").order_by("touched_at", "pk")
    ]


def own_data(person: str, account: int | None) -> Iterator[OwnData]:
    yield OwnData(
        title=gettext_lazy("Lists that you have brought in"),
        name="imports",
        why=gettext_lazy("So that you can go on with an import, and take it back."),
        rows=lambda: own_rows(person),
        labels=LABELS,
        ground=gettext_lazy("Legitimate interest: nobody shall have to begin anew."),
        seen_by=gettext_lazy("You alone."),
        kept_for=gettext_lazy("Thirty days after it was last touched."),
        remains=gettext_lazy("What was written into the register."),
        erase=lambda: erase(person, account),
    )


def erase(person: str, account: int | None) -> int:
    return removed(of_person(person))


def held(person: str, behalf: str) -> QuerySet[Intake]:
    """What somebody has begun for an organisation (subjects), and nothing is written of."""
    rows = Intake.objects.unfinished().filter(behalf=behalf)
    found: QuerySet[Intake] = rows.filter(owner__key=person.partition(":")[2])
    return found


def holdings(person: str, behalf: str, viewer: Viewer) -> Iterator[Holding]:
    """What the list is stays its owner's: a colleague sees that there is one, and of when."""
    for it in held(person, behalf).defer("data"):
        day = timezone.localdate(it.touched_at)
        yield Holding(it.subject, _("Import that is not finished"), str(day))


def hand_over(act: HandOver) -> int:
    """The successor goes on with it; without one it is thrown away."""
    successor = Person.objects.filter(key=act.successor.partition(":")[2]).first()
    count = 0
    with transaction.atomic():
        for it in held(act.leaver, act.behalf).select_for_update():
            fate = act.fate_of(it.subject)
            if fate is Fate.END or (fate is Fate.HAND_ON and successor is None):
                it.delete()
            elif fate is Fate.HAND_ON and successor is not None:
                pass_on(it, successor)
            count += fate is not Fate.STAY
    return count


def pass_on(it: Intake, successor: Person) -> None:
    """It is the successor's from now on, who recognises the rows again in the own capacity."""
    it.owner = successor
    it.save()
    it.rows.update(circle=it.circle)
