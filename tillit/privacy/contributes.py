"""What privacy gives to the whole: pages in the footer, what waits, and what it keeps itself."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tillit.kit.access import anyone, signed_in
from tillit.kit.changes import create
from tillit.kit.circles import Viewer
from tillit.kit.contributions import (
    ERASED,
    Act,
    Asked,
    Contributions,
    Fate,
    HandOver,
    Holding,
    Link,
    Panel,
    Section,
)
from tillit.privacy import keeping, keys
from tillit.privacy.again import erase_again
from tillit.privacy.models import ErasureRequest, Report
from tillit.privacy.models.report import DeedKind, ReportDeed
from tillit.privacy.retentions import RETENTIONS
from tillit.privacy.rules import administers, decides_erasures, may_decide_erasure

AREA = _("Personal data and accessibility")
ANSWER_WITHIN = timedelta(days=14)


def panels(subject: str, viewer: Viewer, day: date) -> Iterator[Panel]:
    """On the page of a person: whether that is oneself, and what one can do then."""
    noun, _colon, key = subject.partition(":")
    if noun == "person":
        content = {
            "mine": viewer.identity.person == subject,
            "url": reverse("privacy:ask-by-mail", args=[key]),
        }
        yield Panel(_("Is this you?"), "privacy/parts/is_this_you.html", content, order=95)


def links(subjects: Sequence[str], viewer: Viewer) -> Mapping[str, Link]:
    found: dict[str, Link] = {}
    if ERASED in subjects:
        words = _now("somebody whose name is no longer kept")
        found[ERASED] = Link(words, reverse("privacy:privacy"))
    for model in (ErasureRequest, Report):
        keys_ = [it.partition(":")[2] for it in subjects if it.startswith(f"{model.noun}:")]
        rows: Any = model.objects.visible_to(viewer).filter(key__in=keys_) if keys_ else ()
        title = str(model._meta.verbose_name)  # noqa: SLF001 (Django's own name for it)
        found |= {row.subject: Link(title, row.get_absolute_url()) for row in rows}
    return found


def asked(viewer: Viewer, day: date) -> Iterator[Asked]:
    if decides_erasures(viewer):
        waiting = ErasureRequest.objects.visible_to(viewer).standing().select_related("person")
        for it in waiting:
            if may_decide_erasure(viewer, it):
                name = it.person.name if it.person else ""
                title = _now("Request for erasure: %(name)s") % {"name": name}
                yield Asked(title.rstrip(": "), it.get_absolute_url(), _("Decide"), due=it.due)
    if administers(viewer):
        for report in Report.objects.visible_to(viewer).unfinished().order_by("sent_at"):
            sent = timezone.localdate(report.sent_at)
            yield Asked(
                _("Report on accessibility"),
                report.get_absolute_url(),
                _("Answer"),
                report.where,
                sent + ANSWER_WITHIN,
            )


def taken_by(person: str, behalf: str) -> list[Report]:
    """The reports that somebody has taken on for an organisation last, and not finished."""
    taken = ReportDeed.objects.filter(report=OuterRef("pk"), kind=DeedKind.TAKEN)
    last = taken.order_by("-at", "-pk")
    rows = Report.objects.unfinished().annotate(
        taken_by=Subquery(last.values("by")[:1]), taken_for=Subquery(last.values("behalf")[:1])
    )
    return list(rows.filter(taken_by=person, taken_for=behalf))


def holdings(person: str, behalf: str, viewer: Viewer) -> Iterator[Holding]:
    """Reports that the person has taken on for the organisation, and not finished."""
    for it in taken_by(person, behalf):
        yield Holding(it.subject, _("Report on accessibility"), str(it), it.get_absolute_url())


def hand_over(act: HandOver) -> int:
    """The successor takes them on, or else whoever hands over: somebody waits for an answer."""
    count = 0
    for it in taken_by(act.leaver, act.behalf):
        fate = act.fate_of(it.subject)
        if fate is Fate.STAY:
            continue
        on = fate is Fate.HAND_ON
        by = act.successor if on else act.actor.person
        behalf = act.behalf if on else act.actor.behalf
        deed = ReportDeed(report=it, kind=DeedKind.TAKEN, by=by, behalf=behalf, at=timezone.now())
        create(deed, act.actor)
        count += 1
    return count


def ways(viewer: Viewer) -> Iterator[Link]:
    if decides_erasures(viewer):
        yield Link(_now("Requests for erasure"), reverse("privacy:requests"))
    if administers(viewer):
        yield Link(_now("Reports on accessibility"), reverse("privacy:reports"))


contributions = Contributions(
    ways=ways,
    panels=panels,
    links=links,
    asked=asked,
    holdings=holdings,
    hand_over=hand_over,
    footer=[
        Section(_("Personal data"), "privacy:privacy", 60),
        Section(_("Accessibility"), "privacy:accessibility", 70),
    ],
    acts=[
        Act(_("See what is kept about oneself, and take it away"), signed_in, AREA, 10),
        Act(_("Ask to be erased"), anyone, AREA, 20),
        Act(
            _("Decide on a request for erasure"),
            may_decide_erasure,
            AREA,
            30,
            of=lambda it: ErasureRequest(also=it.secretariat.own_circle),
        ),
        Act(_("Have what is old enough erased now"), administers, AREA, 40),
        Act(_("Report something that can't be used"), anyone, AREA, 50),
        Act(_("See to reports on accessibility"), administers, AREA, 60),
    ],
    retentions=RETENTIONS,
    own_data=keeping.own_data,
    erase=keeping.erase,
    barred=keys.barred,
    erase_again=erase_again,
)
