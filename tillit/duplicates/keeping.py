"""What is kept of persons here: that two entries were taken for one. Told and erased."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tillit.duplicates.models import Merge, MergeStep, Pair
from tillit.duplicates.standing import been
from tillit.kit.carrying.nouns import has_natural_key
from tillit.kit.contributions import ERASED, OwnData, Retention
from tillit.kit.merging.steps import label
from tillit.kit.models import Row
from tillit.kit.personal.relatives import columns_to, relatives, row_of, rows_of_all
from tillit.kit.personal.traces import forget, start_of
from tillit.register.models import Person

DAYS = 365
YEARS = 3  # that a merge can be undone
LABELS = {"at": _("When"), "what": _("What"), "why": _("Reason")}


def merges_of(person: str) -> Any:
    subjects = {person, *been(person)}
    return Merge.objects.filter(Q(kept__in=subjects) | Q(gone__in=subjects))


def own_rows(person: str) -> list[Mapping[str, Any]]:
    if not person:
        return []
    merged: list[Mapping[str, Any]] = [
        {"at": timezone.localtime(it.done_at).date(), "what": it.title, "why": it.why}
        for it in merges_of(person).order_by("done_at", "pk")
    ]
    pairs = Pair.objects.naming(person).order_by("found_on", "pk")
    return merged + [
        {"at": it.found_on, "what": str(it.get_state_display()), "why": it.why} for it in pairs
    ]


def own_data(person: str, account: int | None) -> Iterator[OwnData]:
    yield OwnData(
        title=_("Entries that were, or may be, about you too"),
        name="merges",
        why=_("So that you stand here once, and so that a mistake in that can be undone."),
        rows=lambda: own_rows(person),
        labels=LABELS,
        ground=_("Legitimate interest: whoever relies on the register must be able to trust it."),
        seen_by=_("The secretariats that look after what you have a role in, and you."),
        kept_for=_("As long as you stand here; the reason: a year."),
    )


def erase(person: str, account: int | None) -> int:
    """Merges and pairs of the person go, and what other journals say of the person."""
    if not person:
        return 0
    row = row_of(person)
    count = Merge.objects.filter(by=person).update(by=ERASED)
    count += Merge.objects.filter(undone_by=person).update(undone_by=ERASED)
    gone = [*Pair.objects.naming(person), *merges_of(person)]
    count += forget(gone) + sum(it.delete()[0] for it in gone)
    return int(count + (_forget_steps(row) if row else 0))


def _forget_steps(person: Row) -> int:
    """In the journal of an organisation's merge: steps of what was the person's, or named the person."""
    count = 0
    for model, column in columns_to(Person):
        steps = MergeStep.objects.filter(model=model._meta.label_lower)  # noqa: SLF001
        named = Q(**{f"before__{column.name}": person.key}) & Q(column="")
        moved = Q(column=column.name) & (Q(before=person.key) | Q(after=person.key))
        count += steps.filter(named | moved).delete()[0]
    for row in relatives(person):
        count += MergeStep.objects.filter(model=label(row), row=row.key).delete()[0]
    return count


def known_as(subject: str) -> set[str]:
    """What a subject was before it became one with others, and what went in that."""
    merges = Merge.objects.standing().filter(gone__in=been(subject))
    went = MergeStep.objects.filter(merge__in=merges, column="")
    found = {f"{model.rpartition('.')[2]}:{row}" for model, row in went.values_list("model", "row")}
    return {*been(subject), *found}


def purge(today: date) -> int:
    """Why two persons were said to be two; and how merges were done that nobody will undo any more.

    That they are two is kept as long as both are here, or they would be proposed again.
    """
    old = today - timedelta(days=DAYS)
    decided = Pair.objects.of(Person.noun).filter(decided_on__lt=old).exclude(why="")
    count = int(decided.update(why=""))
    undone = MergeStep.objects.filter(merge__undone_at__lt=start_of(old))
    count += undone.delete()[0]
    done = start_of(today - timedelta(days=YEARS * 365))
    return count + int(MergeStep.objects.filter(merge__done_at__lt=done).delete()[0])


RETENTION = Retention(
    "duplicates",
    _("Why two persons were said to be two, and how a merge was done"),
    _(
        "How a merge was done is kept for three years, so that it can be undone, and for a year after "
        "it was undone. That two persons are two is kept as long as both are here."
    ),
    DAYS,
    purge,
)


def carried_in() -> int:
    """What is only a number where a merge was made can't be undone here: rows without key, accounts."""
    keyed = {it._meta.label_lower for it in rows_of_all()}  # noqa: SLF001
    own = Q(activity__isnull=False) | Q(citation__isnull=False)
    steps = MergeStep.objects.exclude(own)
    count: int = steps.exclude(model__in=keyed).exclude(column="").delete()[0]
    for model, names in _numbered().items():
        of_it = steps.filter(model=model._meta.label_lower)  # noqa: SLF001
        count += of_it.filter(column__in=names).delete()[0]
        for step in of_it.filter(column=""):
            step.before = {name: it for name, it in step.before.items() if name not in names}
            step.save(update_fields=["before"])
    return count


def _numbered() -> dict[type[Row], set[str]]:
    """The columns of each noun that name what has no key."""
    found: dict[type[Row], set[str]] = {}
    for model in rows_of_all():
        columns: list[Any] = list(model._meta.concrete_fields)  # noqa: SLF001
        found[model] = {it.name for it in columns if it.is_relation and not is_keyed(it)}
    return found


def is_keyed(column: Any) -> bool:
    return issubclass(column.related_model, Row) or has_natural_key(column.related_model)
