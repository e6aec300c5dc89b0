"""What waits for somebody: signatures that are asked for."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.kit.circles import Viewer
from tillit.kit.contributions import Asked
from tillit.records.choices import State
from tillit.records.models import Signatory, Signature
from tillit.records.rules import acting_for
from tillit.register.rules import LEADING
from tillit.register.standing import mandates_of

MOST = 50


def unsigned(viewer: Viewer) -> Any:
    """The signatures that are asked for, and not given yet, on records that the viewer may read."""
    given = Signature.objects.filter(
        record=OuterRef("record"), organisation=OuterRef("organisation")
    )
    rows = Signatory.objects.visible_to(viewer).filter(record__circle__in=viewer.circles)
    rows = rows.exclude(record__state__in=[State.DRAFT, State.WEEDED])
    return rows.filter(~Exists(given)).select_related("record", "organisation")


def asked(viewer: Viewer, day: date) -> Iterator[Asked]:
    leads = {
        it.organisation_id: it
        for it in reversed(mandates_of(viewer))
        if it.extent in LEADING and it.unit_id is None
    }
    if not leads:
        return
    for row in unsigned(viewer).filter(organisation__in=leads)[:MOST]:
        page = "records:sign" if row.record.sha256 else "records:record"
        yield Asked(
            title=row.record.title,
            url=reverse(page, args=[row.record.key]),
            action=_("Sign"),
            text=str(row.organisation),
            capacity=leads[row.organisation_id].key,
        )


def awaited(viewer: Viewer) -> Iterator[Asked]:
    """The signatures that the organisation that one acts for has asked others for."""
    keeper = acting_for(viewer)
    if keeper is None:
        return
    rows = unsigned(viewer).filter(record__keeper=keeper).exclude(organisation=keeper)
    for row in rows[:MOST]:
        yield Asked(
            title=row.record.title,
            url=row.record.get_absolute_url(),
            action=_("Open"),
            text=_("The signature of %(organisation)s") % {"organisation": row.organisation},
        )
