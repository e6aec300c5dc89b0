"""What waits for the office that asks, for whoever looks after entries, and for members."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.enquiries.models import Asked, Correction, Enquiry
from tillit.enquiries.rules import may_answer, may_ask_members, may_take_over
from tillit.kit.circles import Viewer
from tillit.kit.contributions import Asked as Waiting
from tillit.kit.contributions import Audience
from tillit.register.standing import capacity_for, mandates_of

MOST = 20
NEAR = timedelta(days=7)  # of the last day, when the office should remind


def asked(viewer: Viewer, day: date) -> Iterator[Waiting]:
    if not mandates_of(viewer):
        return
    yield from to_answer(viewer, day)
    yield from to_take_over(viewer)
    yield from to_remind(viewer, day)


def to_answer(viewer: Viewer, day: date) -> Iterator[Waiting]:
    """The questions to the organisations for which the viewer edits."""
    rows = Asked.objects.filter(member_circle__in=viewer.circles).open().waited_for(day)
    for it in rows.select_related("enquiry", "umbrella", "member")[:MOST]:
        if capacity := capacity_for(viewer, may_answer, it.member):
            yield Waiting(
                it.enquiry.title,
                reverse("enquiries:answer-for", args=[it.enquiry.key, it.member.key]),
                _("Answer"),
                it.umbrella.name,
                due=it.enquiry.closes,
                capacity=capacity,
            )


def to_take_over(viewer: Viewer) -> Iterator[Waiting]:
    """What members say is wrong, and the viewer may put right."""
    rows = Correction.objects.visible_to(viewer).waiting()
    related = ("asked__enquiry", "organisation__secretariat")
    seen: dict[str, tuple[Enquiry, str, int]] = {}
    for it in rows.select_related(*related)[:200]:
        if capacity := capacity_for(viewer, may_take_over, it):
            enquiry = it.asked.enquiry
            _it, capacity, count = seen.get(enquiry.key, (enquiry, capacity, 0))
            seen[enquiry.key] = (enquiry, capacity, count + 1)
    for enquiry, capacity, count in seen.values():
        words = ngettext(
            "%(number)s correction to take over",
            "%(number)s corrections to take over",
            count,
        )
        yield Waiting(
            words % {"number": count},
            reverse("enquiries:corrections", args=[enquiry.key]),
            _("Look"),
            enquiry.title,
            capacity=capacity,
        )


def to_remind(viewer: Viewer, day: date) -> Iterator[Waiting]:
    """The questions that close within a week and that not all members have answered."""
    rows = Enquiry.objects.visible_to(viewer).open().filter(closes__lte=day + NEAR)
    left = Count("asked", filter=Q(asked__answered_at__isnull=True))
    for it in rows.annotate(left=left).filter(left__gt=0).select_related("umbrella__secretariat"):
        if capacity := capacity_for(viewer, may_ask_members, it.umbrella):
            words = ngettext(
                "%(number)s member has not answered",
                "%(number)s members have not answered",
                it.left,
            )
            yield Waiting(
                words % {"number": it.left},
                reverse("enquiries:reminding", args=[it.key]),
                _("Remind"),
                it.title,
                due=it.closes,
                capacity=capacity,
            )


def audiences(viewer: Viewer, day: date) -> Iterator[Audience]:
    """To letters: the members that have not answered an open question."""
    if not mandates_of(viewer):
        return
    rows = Enquiry.objects.visible_to(viewer).open().select_related("umbrella__secretariat")
    for it in rows:
        if capacity_for(viewer, may_ask_members, it.umbrella):
            title = _("Have not answered “%(title)s”") % {"title": it.title}
            yield Audience(it.subject, title, partial(unanswered, it.key, day))


def unanswered(enquiry: str, day: date, viewer: Viewer) -> list[str]:
    """The keys of the organisations, as far as the viewer may know them."""
    rows = Asked.objects.visible_to(viewer).filter(enquiry__key=enquiry).waited_for(day)
    return list(rows.values_list("member__key", flat=True))
