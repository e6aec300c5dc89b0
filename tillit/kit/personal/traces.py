"""What the activity tells of a person: what they did, and what was done with what is about them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tillit.kit.contributions import ERASED, OwnData, Retention, Rows
from tillit.kit.models import Activity, Citation, Row
from tillit.kit.personal.relatives import columns_to, is_personal, relatives, row_of, rows_of_all

YEARS = 3
GONE = ERASED.partition(":")[2]
LABELS = {
    "at": _("When"),
    "did": _("What"),
    "subject": _("With what"),
    "behalf": _("On behalf of"),
    "reason": _("Reason"),
    "changes": _("From and to"),
}


def actors(person: str, account: int | None) -> list[str]:
    """How the activity names somebody who does something."""
    return [*filter(None, [person]), *([f"account:{account}"] if account else [])]


def own_data(person: str, account: int | None) -> Iterator[OwnData]:
    kept = _("Who did it and what the values were: %(years)s years. That it was done: longer.")
    yield OwnData(
        title=_("What you have done here"),
        name="activity",
        why=_("So that changes can be understood, put right and taken back."),
        rows=lambda: done_by(person, account),
        labels=LABELS,
        ground=_("Legitimate interest: whoever relies on the register must be able to trust it."),
        seen_by=_("Those who see what was changed."),
        kept_for=kept % {"years": YEARS},
        remains=_("That something was changed, when and on behalf of whom, but not by whom."),
        erase=lambda: erase(person, account),
    )
    yield OwnData(
        title=_("Changes of what is kept about you"),
        name="changes",
        why=_("So that changes can be understood, put right and taken back."),
        rows=lambda: told_of(person),
        labels=LABELS,
        ground=_("Legitimate interest: whoever relies on the register must be able to trust it."),
        seen_by=_("Those who see what was changed."),
        kept_for=kept % {"years": YEARS},
        remains=_("That something was changed and when, without values and names."),
    )


def done_by(person: str, account: int | None) -> Rows:
    return told(Activity.objects.filter(actor__in=actors(person, account)))


def told_of(person: str) -> Rows:
    """Changes of the person's row, of those that can't be without it, and of what named it."""
    row = row_of(person)
    if row is None:
        return []
    subjects = [person, *(it.subject for it in relatives(row))]
    return told(
        Activity.objects.filter(Q(subject__in=subjects) | Q(about=person) | Q(pk__in=naming(row)))
    )


def told(rows: QuerySet[Activity]) -> Rows:
    return [
        {
            "at": it.at,
            "did": it.get_verb_display(),
            "subject": it.subject,
            "behalf": it.behalf,
            "reason": it.reason,
            "changes": it.changes,
        }
        for it in rows.order_by("at", "pk")
    ]


def naming(row: Row) -> QuerySet[Activity]:
    """Changes by which another row began or ceased to point at this one."""
    found = Q(pk__in=[])
    for model, column in columns_to(type(row)):
        if issubclass(model, Row):
            named = (Q(**{f"changes__{column.name}__{place}": row.key}) for place in (0, 1))
            found |= Q(subject__startswith=f"{model.noun}:") & reduce(or_, named)
    return Activity.objects.filter(found)


def erase(person: str, account: int | None) -> int:
    """What the person did is no longer told by whom."""
    return int(Activity.objects.filter(actor__in=actors(person, account)).update(actor=ERASED))


def forget(rows: Collection[Row]) -> int:
    """Before the rows go: what was told of them loses its values, its sources and their keys."""
    touched = 0
    for row in rows:
        touched += _unname(row)
    for noun, subjects in _by_noun(rows).items():
        nameless = {"subject": f"{noun}:{GONE}", "changes": {}, "reason": ""}
        changes = Activity.objects.filter(subject__in=subjects)
        touched += changes.filter(about__in=subjects).update(about="")
        touched += changes.update(**nameless)
        touched += Citation.objects.filter(subject__in=subjects).delete()[0]
    return touched


def _unname(row: Row) -> int:
    """Where another row's change names this one it names nobody."""
    found = list(naming(row))
    for it in found:
        it.changes = {
            name: [GONE if value == row.key else value for value in pair]
            for name, pair in it.changes.items()
        }
        it.save(update_fields=["changes"])
    return len(found)


def _by_noun(rows: Iterable[Row]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        found[row.noun].append(row.subject)
    return found


def purge(today: date) -> int:
    """Of what is old, who did it, and the values of what is about persons."""
    before = start_of(today - timedelta(days=RETENTION.days))
    old = Activity.objects.filter(at__lt=before)
    by_persons = old.filter(Q(actor__startswith="person:") | Q(actor__startswith="account:"))
    touched = by_persons.exclude(actor=ERASED).update(actor=ERASED)
    for model in filter(is_personal, rows_of_all()):
        valued = old.filter(subject__startswith=f"{model.noun}:").exclude(changes={}, reason="")
        touched += valued.update(changes={}, reason="")
    return int(touched)


def start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=timezone.get_current_timezone())


RETENTION: Any = Retention(
    name="activity",
    title=_("Who made a change, and values about persons"),
    text=_(
        "After that the list of changes says what was changed, when and on behalf of whom; no longer "
        "by whom, and no longer what stood there of a person."
    ),
    days=YEARS * 365,
    purge=purge,
)
