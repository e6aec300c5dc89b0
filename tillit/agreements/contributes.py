"""What agreements give to the pages and readers of other contexts."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tillit.agreements import api, consultation_api, history, standing
from tillit.agreements.consulting import contributing, demo, keeping, waiting
from tillit.agreements.consulting.sending import TOPIC
from tillit.agreements.loading import TABLES
from tillit.agreements.models import (
    Adoption,
    Agreement,
    Commitment,
    Definition,
    Measure,
    MeasureFollowUp,
    Party,
    Principle,
    Section,
    Version,
)
from tillit.agreements.searching import SEARCHABLES
from tillit.kit.circles import Viewer
from tillit.kit.contributions import Contributions, Link, Moment, Panel
from tillit.kit.contributions import Section as Entry
from tillit.register.models import Place

# The nouns whose rows have a title and a page, with what these take to write.
SHOWN: dict[type[Any], tuple[str, ...]] = {
    Agreement: (),
    Party: ("agreement", "organisation"),
    Version: ("agreement",),
    Section: ("version__agreement",),
    Definition: ("version__agreement",),
    Principle: ("version__agreement",),
    Commitment: ("version__agreement",),
    Measure: ("version__agreement",),
    MeasureFollowUp: ("measure__version__agreement",),
    Adoption: ("version__agreement", "organisation"),
    **contributing.SHOWN,
}
OF_CONSULTATIONS = tuple(contributing.SHOWN)


def links(subjects: Sequence[str], viewer: Viewer) -> Mapping[str, Link]:
    """Title and page of those of ours among the subjects; one query for each noun."""
    found: dict[str, Link] = {}
    parts = [it.partition(":") for it in subjects]
    for model, related in SHOWN.items():
        keys = [key for noun, _colon, key in parts if noun == model.noun]
        if keys:
            rows: Any = model.objects.visible_to(viewer).filter(key__in=keys)
            rows = rows.select_related(*related) if related else rows
            found |= {row.subject: Link(titled(row), row.get_absolute_url()) for row in rows}
    return found


def titled(row: Any) -> str:
    """The row in words that stand alone: “Dialog: Överenskommelsen Skåne, 2010–2014”."""
    if isinstance(row, OF_CONSULTATIONS):
        return str(row)
    match row:
        case Agreement() | Version():
            return str(row)
        case Party():
            return f"{row}: {row.agreement}"
        case MeasureFollowUp():
            return f"{row}: {row.measure.version}"
        case Adoption():
            return f"{row.get_kind_display()}, {row.organisation}: {row.version}"
    return f"{row}: {row.version}"


def panels(subject: str, viewer: Viewer, day: date) -> Iterator[Panel]:
    """On the page of a place what is agreed there; consultations where they belong."""
    yield from contributing.panels(subject, viewer, day)
    noun, _colon, key = subject.partition(":")
    if noun == Place.noun:
        here = Q(place=key) | Q(place__parent=key)
        agreements = list(Agreement.objects.visible_to(viewer).on(day).filter(here))
        if agreements:
            content = {"agreements_here": agreements}
            yield Panel(_("Agreements"), "agreements/place_panel.html", content, order=55)


def moments(subject: str, viewer: Viewer) -> Iterator[Moment]:
    yield from history.moments(subject, viewer)
    yield from contributing.moments(subject, viewer)


contributions = Contributions(
    circles=standing.circles,
    timeline=moments,
    links=links,
    panels=panels,
    sections=[Entry(_("Agreements"), "agreements:agreements", 20)],
    tables=TABLES,
    searchables=SEARCHABLES,
    routers={"": api.router, "/": consultation_api.router},
    mail_topics={TOPIC: _("Consultations on drafts of agreements")},
    asked=waiting.asked,
    retentions=[keeping.RETENTION],
    own_data=keeping.own_data,
    erase=keeping.erase,
    populate=demo.populate,
)
