"""What waits for somebody: signatures that are asked for."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.kit.circles import Viewer
from tillit.kit.contributions import Asked
from tillit.records.choices import State
from tillit.records.models import Signatory, Signature
from tillit.records.rules import acting_for
from tillit.register.models import Mandate
from tillit.register.rules import LEADING
from tillit.register.standing import mandates_of

MOST = 100


def leads(viewer: Viewer) -> dict[int, Mandate]:
    """The mandates by which the viewer may sign, by organisation."""
    found = reversed(mandates_of(viewer))
    return {it.organisation_id: it for it in found if it.extent in LEADING and it.unit_id is None}


def unsigned(viewer: Viewer) -> list[Signatory]:
    """The signatures that the viewer may give, or waits for: one question for the desk."""
    return viewer.once("records.unsigned", lambda: _unsigned(viewer))


def _unsigned(viewer: Viewer) -> list[Signatory]:
    keeper, mine = acting_for(viewer), leads(viewer)
    if keeper is None and not mine:
        return []
    given = Signature.objects.filter(
        record=OuterRef("record"), organisation=OuterRef("organisation")
    )
    rows = Signatory.objects.visible_to(viewer).filter(record__circle__in=viewer.circles)
    rows = rows.filter(Q(organisation__in=mine) | Q(record__keeper=keeper), ~Exists(given))
    rows = rows.exclude(record__state__in=[State.DRAFT, State.WEEDED])
    return list(rows.select_related("record", "organisation")[:MOST])


def asked(viewer: Viewer, day: date) -> Iterator[Asked]:
    mine = leads(viewer)
    for row in unsigned(viewer):
        if row.organisation_id in mine:
            page = "records:sign" if row.record.sha256 else "records:record"
            yield Asked(
                title=row.record.title,
                url=reverse(page, args=[row.record.key]),
                action=_("Sign"),
                text=str(row.organisation),
                capacity=mine[row.organisation_id].key,
            )


def awaited(viewer: Viewer) -> Iterator[Asked]:
    """The signatures that the organisation that one acts for has asked others for."""
    keeper = acting_for(viewer)
    for row in unsigned(viewer):
        if keeper and row.record.keeper_id == keeper.pk != row.organisation_id:
            yield Asked(
                title=row.record.title,
                url=row.record.get_absolute_url(),
                action=_("Open"),
                text=_("The signature of %(organisation)s") % {"organisation": row.organisation},
            )
