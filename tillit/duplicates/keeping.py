"""What is kept of persons here: that two entries were taken for one. Told and erased."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tillit.duplicates.models import Merge, MergeStep, Pair, State
from tillit.duplicates.standing import been
from tillit.kit.contributions import ERASED, OwnData, Retention
from tillit.kit.merging.steps import label
from tillit.kit.models import Row
from tillit.kit.personal.relatives import columns_to, relatives, row_of, rows_of_all
from tillit.kit.personal.traces import forget, start_of
from tillit.register.models import Person

DAYS = 365
LABELS = {"at": _("When"), "what": _("What"), "why": _("Reason")}


def merges_of(person: str) -> Any:
    subjects = {person, *been(person)}
    return Merge.objects.filter(Q(kept__in=subjects) | Q(gone__in=subjects)) if person else ()


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
        kept_for=_("As long as you stand here; of proposals that came to nothing: a year."),
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
    """Pairs that were found to be two long ago, and nothing has come of."""
    old = today - timedelta(days=DAYS)
    count: int = (
        Pair.objects.of(Person.noun).filter(found_on__lt=old).exclude(state=State.OPEN).delete()[0]
    )
    before = start_of(old)
    count += MergeStep.objects.filter(merge__undone_at__lt=before).delete()[0]
    return count


RETENTION = Retention(
    "duplicates",
    _("Proposals that two persons may be one"),
    _(
        "Counted from when it was found. After that the two may be proposed again. What was done in a "
        "merge is forgotten a year after it was undone."
    ),
    DAYS,
    purge,
)


def carried_in() -> int:
    """Steps of rows that only have a number where they were made can't be undone here."""
    named = {it._meta.label_lower for it in rows_of_all()}  # noqa: SLF001
    own = Q(activity__isnull=False) | Q(citation__isnull=False)
    return int(
        MergeStep.objects.exclude(own).exclude(model__in=named).exclude(column="").delete()[0]
    )
