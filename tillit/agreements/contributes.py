"""What agreements give to the pages and readers of other contexts."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tillit.agreements import (
    api_plans,
    asking,
    consultation_api,
    demo,
    desk,
    history,
    signing,
    standing,
)
from tillit.agreements.consulting import contributing, documenting, keeping, waiting
from tillit.agreements.consulting.demo import populate as populate_consultations
from tillit.agreements.consulting.sending import TOPIC
from tillit.agreements.loading import TABLES
from tillit.agreements.models import (
    Adherence,
    Adoption,
    AdoptionWithdrawal,
    Agreement,
    Aim,
    Commitment,
    CommitmentFollowUp,
    Definition,
    Effort,
    FocusArea,
    ImpactCheck,
    Measure,
    MeasureFollowUp,
    MeasureStatus,
    Orientation,
    Party,
    Plan,
    Principle,
    Reprioritisation,
    Section,
    Version,
)
from tillit.agreements.searching import SEARCHABLES
from tillit.kit.circles import Viewer
from tillit.kit.contributions import Act, Asked, Contributions, Link, Moment, Panel
from tillit.kit.contributions import Section as Entry
from tillit.register.dossier import Dossier, count_of
from tillit.register.models import Mandate, Organisation, Place
from tillit.register.rules import speaks_for

# The nouns whose rows have a title and a page, with what these take to write.
SHOWN: dict[type[Any], tuple[str, ...]] = {
    Agreement: (),
    Party: ("agreement", "organisation"),
    Version: ("agreement",),
    Section: ("version__agreement",),
    Aim: ("version__agreement",),
    Definition: ("version__agreement",),
    Principle: ("version__agreement",),
    Commitment: ("version__agreement",),
    Measure: ("version__agreement",),
    MeasureFollowUp: ("measure__version__agreement",),
    MeasureStatus: ("measure__version__agreement",),
    CommitmentFollowUp: ("commitment__version__agreement",),
    Adoption: ("version__agreement", "organisation"),
    AdoptionWithdrawal: ("adoption__version__agreement", "adoption__organisation"),
    **contributing.SHOWN,
    Adherence: ("agreement", "organisation"),
    Plan: ("agreement",),
    FocusArea: ("plan__agreement",),
    Orientation: ("agreement",),
    Effort: ("orientation__agreement",),
    Reprioritisation: ("before__orientation__agreement", "after"),
    ImpactCheck: ("agreement",),
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
        case AdoptionWithdrawal():
            return _now("Taken back: %(what)s") % {"what": titled(row.adoption)}
        case Adherence():
            words = {"name": row, "agreement": row.agreement}
            return _now("%(name)s has joined %(agreement)s") % words
        case Adoption():
            return f"{row.get_kind_display()}, {row.organisation}: {row.version}"
    return f"{row}: {whole_of(row)}"


def whole_of(row: Any) -> Any:
    """What it belongs to: an agreement, a version of one, or a plan."""
    match row:
        case Party() | Plan() | Orientation() | ImpactCheck():
            return row.agreement
        case FocusArea():
            return row.plan
        case Effort() | Reprioritisation():
            return row.of
        case MeasureFollowUp() | MeasureStatus():
            return row.measure.version
        case CommitmentFollowUp():
            return row.commitment.version
    return row.version


def counts(noun: str, viewer: Viewer) -> dict[str, Any]:
    """How many agreements an organisation has been party to, and has joined; what a mandate opens."""
    if noun == Mandate.noun:
        return {"party_words": standing.party_words()}
    if noun != Organisation.noun:
        return {}
    parties, adherences = (
        model.objects.visible_to(viewer).filter(agreement__circle__in=viewer.circles)
        for model in (Party, Adherence)
    )
    return {
        "party_count": count_of(parties, "organisation", each="agreement"),
        "adherence_count": count_of(adherences, "organisation", each="agreement"),
    }


def panels(subject: str, viewer: Viewer, day: date) -> Iterator[Panel]:
    """On the page of a place what is agreed there, on that of an organisation how much of it is its."""
    yield from contributing.panels(subject, viewer, day)
    noun, _colon, key = subject.partition(":")
    if noun == Place.noun:
        here = Q(place=key) | Q(place__parent=key)
        agreements = list(Agreement.objects.visible_to(viewer).on(day).filter(here))
        if agreements:
            content: dict[str, Any] = {"agreements_here": agreements}
            yield Panel(_("Agreements"), "agreements/place_panel.html", content, order=55)
    if noun == Organisation.noun:
        it: Any = Dossier.of(key, viewer).organisation
        if it.party_count or it.adherence_count:
            content = {"organisation": it}
            yield Panel(_("Agreements"), "agreements/organisation_panel.html", content, order=30)


def moments(subject: str, viewer: Viewer) -> Iterator[Moment]:
    yield from history.moments(subject, viewer)
    yield from contributing.moments(subject, viewer)


def asked(viewer: Viewer, day: date) -> Iterator[Asked]:
    yield from desk.asked(viewer, day)
    yield from waiting.asked(viewer, day)
    yield from asking.asked(viewer, day)


def populate() -> None:
    demo.populate()
    populate_consultations()


contributions = Contributions(
    circles=standing.circles,
    asked=asked,
    awaited=desk.awaited,
    ways=desk.ways,
    signed=signing.signed,
    document=documenting.document_of,
    timeline=moments,
    links=links,
    panels=panels,
    counts=counts,
    acts=[Act(_("Join an agreement, and leave it"), speaks_for, _("Agreements"), 44)],
    sections=[Entry(_("Agreements"), "agreements:agreements", 20)],
    tables=TABLES,
    searchables=SEARCHABLES,
    # That of `api`, with more.
    routers={"": api_plans.operations, "/": consultation_api.router},
    mail_topics={TOPIC: _("Consultations on drafts of agreements")},
    retentions=[keeping.RETENTION],
    own_data=keeping.own_data,
    erase=keeping.erase,
    populate=populate,
)
