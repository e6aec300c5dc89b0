"""The moments of records for timelines: established, attested, signed."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from tillit.kit.bounds import Bound, Precision
from tillit.kit.circles import Viewer
from tillit.kit.contributions import Moment
from tillit.records.choices import State
from tillit.records.models import Record, RecordStep, Signature
from tillit.register.models import Organisation, Person, Place, Unit

TOLD = {Precision.DAY, Precision.MONTH, Precision.SEASON, Precision.YEAR}
TELLING = (State.ESTABLISHED, State.ATTESTED)
MOST = 40
# Records themselves, and nouns that no record belongs to: what one keeps stands in the list of records.
WITHOUT = {it.noun for it in (Record, Organisation, Person, Place, Unit)}


def records_of(subject: str, viewer: Viewer) -> list[Record]:
    """The latest that belong to it, asked for once a request."""
    rows = Record.objects.visible_to(viewer).filter(of=subject)
    found: list[Record] = viewer.once(("records.of", subject), lambda: list(rows[:MOST]))
    return found


def moments(subject: str, viewer: Viewer) -> Iterator[Moment]:
    """Of what records belong to; of everything.

    The page of a record tells all that was done with it by itself.
    """
    if subject.partition(":")[0] in WITHOUT:
        return
    if subject and not records_of(subject, viewer):
        return
    of = Q(record__of=subject) if subject else Q()
    steps = visible(RecordStep, of, viewer).filter(kind__in=TELLING)
    yield from (step_moment(it) for it in steps[:MOST] if it.when.precision in TOLD)
    yield from signing_moments(visible(Signature, of, viewer)[:MOST])


def visible(model: Any, of: Q, viewer: Viewer) -> Any:
    rows = model.objects.visible_to(viewer).filter(of, record__circle__in=viewer.circles)
    rows = rows.exclude(dated="").select_related("record", "organisation")
    return rows.order_by("-dated", "key")


def step_moment(it: RecordStep) -> Moment:
    return Moment(
        when=it.when,
        kind=it.get_kind_display(),
        title=it.record.title,
        url=it.get_absolute_url(),
        text=str(it.organisation),
        side=it.organisation.side,
        subject=it.subject,
    )


def signing_moments(rows: Any) -> Iterator[Moment]:
    """What several signed on the same day is one moment."""
    together: dict[tuple[int, str], list[Signature]] = {}
    for row in rows:
        if row.when.precision in TOLD:
            together.setdefault((row.record_id, row.dated), []).append(row)
    for several in together.values():
        yield signing_moment(several, several[0].when)


def signing_moment(several: list[Signature], when: Bound) -> Moment:
    one, sides = several[0], {it.side for it in several}
    return Moment(
        when=when,
        kind=_("Signed"),
        title=one.record.title,
        url=one.get_absolute_url(),
        text=", ".join(dict.fromkeys(it.organisation.name for it in several)),
        side="joint" if len(sides) > 1 else next(iter(sides)),
        subject=one.subject,
    )
