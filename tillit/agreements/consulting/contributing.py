"""What consultations give to the pages and readers of other contexts."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from tillit.agreements.choices import ConsultationState
from tillit.agreements.models import (
    Agreement,
    Comment,
    Consultation,
    ConsultationQuestion,
    Consulted,
    GoAhead,
    QuestionAnswer,
    Reply,
    Response,
)
from tillit.kit.bounds import Edge, read_bound
from tillit.kit.circles import Viewer
from tillit.kit.contributions import Moment, Panel
from tillit.register.models import Organisation

# The nouns whose rows have a title and a page, with what these take to write.
SHOWN: dict[type[Any], tuple[str, ...]] = {
    Consultation: ("version__agreement",),
    ConsultationQuestion: ("consultation",),
    Consulted: ("consultation", "organisation"),
    Reply: ("consultation", "consulted__organisation"),
    Comment: ("reply__consultation",),
    QuestionAnswer: ("reply__consultation",),
    Response: ("consultation", "comment__reply__consultation", "reply__consultation"),
    GoAhead: ("consultation",),
}


def panels(subject: str, viewer: Viewer, day: date) -> Iterator[Panel]:
    """On the page of one's own organisation, the consultations in which it is asked."""
    noun, _colon, key = subject.partition(":")
    if noun != Organisation.noun or subject not in viewer.circles:
        return
    asked = Consulted.objects.visible_to(viewer).filter(organisation__key=key).unanswered()
    rows: Any = Consultation.objects.visible_to(viewer).filter(state=ConsultationState.OPEN)
    if found := list(rows.filter(pk__in=asked.values("consultation"))[:10]):
        content = {"consultations": found}
        yield Panel(_("Consultations"), "agreements/consultation/panel.html", content, order=30)


MOST = 40


def moments(subject: str, viewer: Viewer) -> Iterator[Moment]:
    """That a draft was sent out; of one agreement, or of all."""
    noun, _colon, key = subject.partition(":")
    rows = Consultation.objects.visible_to(viewer).exclude(opens=None)
    rows = rows.filter(version__agreement__circle__in=viewer.circles)
    if noun == Agreement.noun:
        rows = rows.filter(version__agreement__key=key)
    elif subject:
        return
    for it in rows.select_related("version__agreement").order_by("-opens", "key")[:MOST]:
        yield Moment(
            when=read_bound(it.opens.isoformat(), Edge.START),
            kind=_("Sent out for consultation"),
            title=it.title,
            url=it.get_absolute_url(),
            text=str(it.version),
            side="joint",
            subject=it.subject,
        )
