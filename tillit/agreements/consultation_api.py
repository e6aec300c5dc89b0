"""Consultations for machines: which there are, what is asked, and the answers where these are public."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Path, Query, Router, Schema

from tillit.agreements.choices import ConsultationState
from tillit.agreements.consulting.compiling import replies_of, respond_to
from tillit.agreements.models import Consultation, Response
from tillit.kit.access import viewer_of
from tillit.kit.api import KEY, PROBLEMS, Paged, next_url
from tillit.kit.lists import slice_of

router = Router(tags=["consultations"])
Slug = Annotated[str, Path(max_length=200, pattern=KEY)]


class ConsultationsAsked(Paged):
    state: str = Field("", max_length=10, description="open or closed")


class QuestionOut(Schema):
    key: str
    number: int
    text: str
    section: str | None = Field(description="number of the section; of the whole if none")


class ConsultationOut(Schema):
    key: str
    title: str
    agreement: str
    version: str
    introduction: str
    state: str = Field(description="open or closed")
    opens: date | None
    deadline: date | None
    closes: date | None = Field(description="last day for late answers")
    open_to_all: bool
    public_answers: bool
    responses_published: bool
    url: str
    questions: list[QuestionOut]


class ConsultationsOut(Schema):
    items: list[ConsultationOut]
    count: int
    next: str | None


class ResponseOut(Schema):
    outcome: str = Field(description="taken, partly or not")
    why: str
    led_to: str | None = Field(
        description="noun:key of the wording: a section, aim, principle, commitment or the like"
    )


class CommentOut(Schema):
    key: str
    section: str = Field(description="number of the section, as it was; empty: it is on no section")
    on: str = Field(
        description="section, or all of a noun: aim, definition, principle, commitment, measure"
    )
    quotation: str
    text: str
    response: ResponseOut | None


class AnswerOut(Schema):
    question: str = Field(description="key of the question")
    text: str


class ReplyOut(Schema):
    key: str
    organisation: str | None = Field(description="key, if it stands in the register")
    name: str
    position: str = Field(description="supports, remarks, opposes or abstains")
    text: str
    sent: date
    late: bool
    url: str
    comments: list[CommentOut]
    answers: list[AnswerOut]
    response: ResponseOut | None


class RepliesOut(Schema):
    items: list[ReplyOut]
    count: int
    next: str | None


@router.get(
    "/consultations",
    response=ConsultationsOut,
    summary="Consultations on drafts, the open ones first",
    openapi_extra=PROBLEMS,
)
def consultations(request: HttpRequest, query: Query[ConsultationsAsked]) -> ConsultationsOut:
    viewer = viewer_of(request)
    rows = Consultation.objects.visible_to(viewer).filter(
        version__agreement__circle__in=viewer.circles
    )
    if query.state:
        known = query.state in ConsultationState.values
        rows = rows.filter(state=query.state) if known else rows.none()
    rows = rows.select_related("version__agreement").prefetch_related("questions__section")
    shown = slice_of(rows, query.after, by=("place", "key"), size=query.limit)
    return ConsultationsOut(
        items=[consultation_out(it) for it in shown.rows],
        count=shown.count,
        next=next_url(request, shown),
    )


@router.get(
    "/consultations/{slug}",
    response=ConsultationOut,
    summary="One consultation, with its questions",
    openapi_extra=PROBLEMS,
)
def consultation(request: HttpRequest, slug: Slug) -> ConsultationOut:
    return consultation_out(one_of(request, slug))


def one_of(request: HttpRequest, slug: str) -> Consultation:
    viewer = viewer_of(request)
    rows = Consultation.objects.visible_to(viewer).filter(
        version__agreement__circle__in=viewer.circles
    )
    found: Consultation = get_object_or_404(rows.select_related("version__agreement"), key=slug)
    return found


def consultation_out(it: Consultation) -> ConsultationOut:
    return ConsultationOut(
        key=it.key,
        title=it.title,
        agreement=it.agreement.key,
        version=it.version.key,
        introduction=it.introduction,
        state=it.state,
        opens=it.opens,
        deadline=it.deadline,
        closes=it.closes,
        open_to_all=it.is_open_to_all,
        public_answers=it.has_public_answers,
        responses_published=it.responses_at is not None,
        url=it.get_absolute_url(),
        questions=[
            QuestionOut(
                key=row.key,
                number=row.number,
                text=row.text,
                section=row.section.number if row.section else None,
            )
            for row in it.questions.all()
        ],
    )


@router.get(
    "/consultations/{slug}/answers",
    response=RepliesOut,
    summary="The answers that one may read, with comments and what became of them",
    openapi_extra=PROBLEMS,
)
def answers(request: HttpRequest, slug: Slug, query: Query[Paged]) -> RepliesOut:
    viewer = viewer_of(request)
    it = one_of(request, slug)
    rows = replies_of(it, viewer).prefetch_related("comments", "questionanswers__question")
    shown = slice_of(rows, query.after, size=query.limit)
    respond_to(shown.rows, viewer)
    respond_to([comment for row in shown.rows for comment in row.comments.all()], viewer)
    return RepliesOut(
        items=[reply_out(row) for row in shown.rows],
        count=shown.count,
        next=next_url(request, shown),
    )


def reply_out(it: Any) -> ReplyOut:
    asked = it.consulted
    return ReplyOut(
        key=it.key,
        organisation=asked.organisation.key if asked.organisation else None,
        name=asked.called,
        position=it.position,
        text=it.text,
        sent=timezone.localdate(it.submitted_at),
        late=it.is_late,
        url=it.get_absolute_url(),
        comments=[
            CommentOut(
                key=comment.key,
                section=comment.section_number,
                on=comment.section.partition(":")[0],
                quotation=comment.quotation,
                text=comment.text,
                response=response_out(comment.responded),
            )
            for comment in it.comments.all()
        ],
        answers=[
            AnswerOut(question=given.question.key, text=given.text)
            for given in it.questionanswers.all()
        ],
        response=response_out(it.responded),
    )


def response_out(it: Response | None) -> ResponseOut | None:
    if it is None:
        return None
    led_to = it.wording.subject if it.wording else None
    return ResponseOut(outcome=it.outcome, why=it.why, led_to=led_to)
