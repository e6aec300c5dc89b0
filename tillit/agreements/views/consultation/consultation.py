"""One consultation: what is asked, until when, how one answers, and what came of it."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.agreements.choices import Matter
from tillit.agreements.consulting import rules, turning
from tillit.agreements.consulting.agreeing import Agreed, weighed
from tillit.agreements.consulting.compiling import comments_of, replies_of, without_response
from tillit.agreements.models import Consultation, Consulted
from tillit.agreements.views.consultation.fetching import consultation_of, crumbs
from tillit.kit.access import anyone, open_to, viewer_of
from tillit.kit.calendars import WholeDay, calendar_file
from tillit.kit.circles import Viewer
from tillit.kit.days import today
from tillit.register.standing import chosen_mandate


@open_to(anyone)
def consultation(request: HttpRequest, key: str) -> HttpResponse:
    viewer = viewer_of(request)
    it = consultation_of(viewer, key)
    context: dict[str, Any] = {
        "consultation": it,
        "version": it.version,
        "agreement": it.agreement,
        "crumbs": crumbs(),
        "questions": it.questions.select_related("section"),
        "deeds": it.deeds.all(),
        "is_late": it.is_open and it.is_late_on(today()),
        "answers": replies_of(it, viewer).count() if not it.is_prepared else 0,
        **answering(it, viewer),
        **(kept(it, viewer) if rules.may_follow(viewer, it) else {}),
    }
    return render(request, "agreements/consultation/consultation.html", context)


def answering(it: Consultation, viewer: Viewer) -> dict[str, Any]:
    """For whom the viewer may answer, by the mandate that is chosen."""
    mandate = chosen_mandate(viewer)
    own = mandate.organisation if mandate else None
    speaks = own is not None and rules.may_answer_for(viewer, own)
    return {"own": own if speaks else None, "takes_answers": it.takes_answers_on(today())}


def kept(it: Consultation, viewer: Viewer) -> dict[str, Any]:
    """What both sides see of how it stands."""
    rows: Any = Consulted.objects.visible_to(viewer).filter(consultation=it)
    if it.is_prepared:
        shown = {"lacks": turning.not_ready(it, today()), "asked": rows.count()}
    else:
        asked = rows.counted_in()
        shown = {
            "asked": asked.count(),
            "unanswered": asked.unanswered().count(),
            "lacking": without_response(comments_of(it, viewer), viewer).count(),
        }
    return {
        "follows": True,
        "matters": matters_of(it),
        "may_say": rules.may_say(viewer, it),
        "own_side": rules.side_that_says(viewer, it),
        **shown,
    }


def matters_of(it: Consultation) -> list[Agreed]:
    """What both may say go ahead to as it is now, with how far they have come.

    Responses are published when the last day is over, or one side has said so before.
    """
    standing = list(it.go_aheads.standing())
    if it.is_prepared:
        now = [Matter.OPEN]
    else:
        now = [Matter.PROLONG, Matter.CLOSE] if it.is_open else []
        is_said = any(row.matter == Matter.PUBLISH for row in standing)
        is_over = it.is_closed or it.is_late_on(today()) or is_said
        now += [Matter.PUBLISH] if is_over and not it.responses_at else []
    return [weighed(it, matter, standing) for matter in now]


@open_to(anyone)
def last_day(request: HttpRequest, key: str) -> HttpResponse:
    """The last day to answer, for one's own calendar."""
    it = consultation_of(viewer_of(request), key)
    if it.deadline is None:
        raise Http404
    day = WholeDay(
        uid=f"{it.subject}@{request.get_host()}",
        title=_("Last day to answer: %(title)s") % {"title": it.title},
        day=it.deadline,
        url=f"{settings.TILLIT_URL}{it.get_absolute_url()}",
        text=it.agreement.title,
    )
    return calendar_file(f"remiss-{it.key}", day, timezone.now())
