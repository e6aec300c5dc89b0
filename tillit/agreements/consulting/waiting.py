"""What waits for those who are asked, and for the parties."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.agreements.choices import Came, ConsultationState, Matter
from tillit.agreements.consulting.compiling import without_response
from tillit.agreements.consulting.rules import may_answer_for, may_respond, may_say, side_that_says
from tillit.agreements.models import Comment, Consultation, Consulted, GoAhead
from tillit.agreements.standing import parties_for
from tillit.kit.circles import Viewer
from tillit.kit.contributions import Asked
from tillit.register.standing import capacity_for, mandates_of

MOST = 20


def asked(viewer: Viewer, day: date) -> Iterator[Asked]:
    if not mandates_of(viewer):
        return
    yield from to_answer(viewer, day)
    if parties_for(viewer):
        yield from to_say(viewer)
        yield from to_respond(viewer, day)


def to_answer(viewer: Viewer, day: date) -> Iterator[Asked]:
    """The consultations in which the organisations for which the viewer edits are asked."""
    own = [it.organisation_id for it in mandates_of(viewer)]
    rows = Consulted.objects.filter(organisation__in=own, came=Came.INVITED)
    open_ = rows.filter(consultation__state=ConsultationState.OPEN).unanswered()
    related = ("consultation__version__agreement", "organisation")
    for it in open_.select_related(*related)[:MOST]:
        capacity = capacity_for(viewer, may_answer_for, it.organisation)
        if capacity and it.consultation.takes_answers_on(day):
            yield Asked(
                it.consultation.title,
                reverse("agreements:answer-for", args=[it.consultation.key, it.organisation.key]),
                _("Answer"),
                it.organisation.name,
                due=it.consultation.deadline,
                capacity=capacity,
            )


def to_say(viewer: Viewer) -> Iterator[Asked]:
    """What the other side has said go ahead to, and one's own has not."""
    rows = GoAhead.objects.visible_to(viewer).standing()
    said: dict[Any, dict[str, GoAhead]] = {}
    for it in rows.select_related("consultation__version__agreement")[:200]:
        said.setdefault((it.consultation_id, it.matter), {})[it.side] = it
    for of_both in said.values():
        it = next(iter(of_both.values()))
        capacity = capacity_for(viewer, says_for_other_side, it.consultation, of_both)
        if capacity:
            yield Asked(
                _("Go ahead? %(matter)s: %(title)s")
                % {"matter": Matter(it.matter).label, "title": it.consultation.title},
                reverse("agreements:go-ahead", args=[it.consultation.key, it.matter]),
                _("Look"),
                _("The other side has said go ahead."),
                capacity=capacity,
            )


def says_for_other_side(
    viewer: Viewer, consultation: Consultation, said: dict[str, GoAhead]
) -> bool:
    """Whether the viewer speaks for a side that has said nothing yet."""
    return may_say(viewer, consultation) and side_that_says(viewer, consultation) not in said


def to_respond(viewer: Viewer, day: date) -> Iterator[Asked]:
    """The comments that lack a response, of consultations whose last day is over."""
    comments = Comment.objects.filter(
        reply__consultation=OuterRef("pk"),
        reply__submitted_at__isnull=False,
        reply__replaced_by__isnull=True,
    )
    waiting = without_response(comments, viewer)
    rows = Consultation.objects.visible_to(viewer).exclude(state=ConsultationState.PREPARED)
    agreements = [it.agreement_id for it in parties_for(viewer)]
    over = rows.filter(
        deadline__lt=day, responses_at__isnull=True, version__agreement__in=agreements
    )
    for it in over.filter(Exists(waiting)).select_related("version__agreement")[:MOST]:
        if capacity := capacity_for(viewer, may_respond, it):
            page = reverse("agreements:compilation", args=[it.key])
            yield Asked(
                _("Comments without a response"),
                f"{page}?response=none",
                _("Respond"),
                it.title,
                capacity=capacity,
            )
