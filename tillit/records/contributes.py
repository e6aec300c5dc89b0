"""What records give to the pages and readers of other contexts."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tillit.kit.circles import Viewer
from tillit.kit.contributions import Act, Contributions, Link, Panel, Section
from tillit.records import api, history, keeping, waiting
from tillit.records.loading import TABLES
from tillit.records.models import (
    CaseNumber,
    Record,
    RecordStep,
    RetentionRule,
    Seal,
    Signatory,
    Signature,
    SignedCopy,
)
from tillit.records.models.record import is_held
from tillit.records.rules import may_enter, may_keep_for, may_sign_for, may_weed_for
from tillit.records.searching import SEARCHABLES
from tillit.register.models import Organisation, Person, Place, Unit

AREA = _("Records")
PARTS = (CaseNumber, RecordStep, Signatory, Signature, SignedCopy, Seal)
# Nouns whose pages have no panel of ours: their records are found in the list.
WITHOUT = {it.noun for it in (Organisation, Person, Place, Unit, Record)}


def links(subjects: Sequence[str], viewer: Viewer) -> Mapping[str, Link]:
    """Title and page of those of ours among the subjects; one query for each noun."""
    found: dict[str, Link] = {}
    parts = [it.partition(":") for it in subjects]
    for model in (Record, RetentionRule, *PARTS):
        keys = [key for noun, _colon, key in parts if noun == model.noun]
        if keys:
            found |= {row.subject: linked(row) for row in rows_of(model, keys, viewer)}
    return found


def rows_of(model: Any, keys: Sequence[str], viewer: Viewer) -> Any:
    rows = model.objects.visible_to(viewer).filter(key__in=keys)
    if model is Record:
        return rows
    if model is RetentionRule:
        return rows.select_related("keeper")
    rows = rows.filter(record__circle__in=viewer.circles)
    with_whom = () if model is Seal else ("organisation",)
    return rows.select_related("record", *with_whom)


def linked(row: Any) -> Link:
    if isinstance(row, RetentionRule):
        return Link(str(row), reverse("records:rules"))
    return Link(str(row), row.get_absolute_url())


def panels(subject: str, viewer: Viewer, day: date) -> Iterator[Panel]:
    """On the page of what records belong to."""
    if subject.partition(":")[0] in WITHOUT:
        return
    found = [it for it in history.records_of(subject, viewer) if it.first_day <= day.isoformat()]
    if found:
        yield Panel(_("Records"), "records/panel.html", {"records_here": found}, order=60)


def ways(viewer: Viewer) -> Iterator[Link]:
    if may_enter(viewer):
        yield Link(_now("Enter a record"), reverse("records:new"))


contributions = Contributions(
    timeline=history.moments,
    links=links,
    panels=panels,
    ways=ways,
    sections=[Section(AREA, "records:records", 22)],
    footer=[Section(_("Check a file"), "records:check", 6)],
    tables=TABLES,
    searchables=SEARCHABLES,
    routers={"": api.router},
    asked=waiting.asked,
    awaited=waiting.awaited,
    own_data=keeping.own_data,
    erase=keeping.erase,
    held=is_held,
    acts=[
        Act(
            _(
                "Enter a record that the organisation keeps, establish it, send it, ask for signatures"
            ),
            may_keep_for,
            AREA,
            40,
        ),
        Act(
            _("Sign a record for the organisation, or send in its signed copy"),
            may_sign_for,
            AREA,
            41,
        ),
        Act(
            _("Weed a record that the organisation keeps, when its rule says so"),
            may_weed_for,
            AREA,
            42,
        ),
    ],
)
