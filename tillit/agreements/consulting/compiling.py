"""All that was said in a consultation, and what became of it: for pages, files and documents."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from tillit.agreements.choices import Outcome, Position
from tillit.agreements.consulting.chapters import NAMES, Portion, portions_of
from tillit.agreements.consulting.parts import told_changes
from tillit.agreements.models import (
    Comment,
    Consultation,
    QuestionAnswer,
    Reply,
    Response,
)
from tillit.agreements.wordings import wordings_called
from tillit.kit.circles import Viewer

NONE = "none"
NOUNS = {name: noun for noun, name in NAMES.items()}
MOST_ON_A_PAGE = 50
MOST = 20_000  # rows of a document


def replies_of(it: Consultation, viewer: Viewer) -> QuerySet[Reply]:
    """The answers that stand and that the viewer may read."""
    rows: QuerySet[Reply] = Reply.objects.visible_to(viewer).sent().filter(consultation=it)
    return rows.select_related("consulted__organisation", "consultation__version__agreement")


def comments_of(it: Consultation, viewer: Viewer) -> QuerySet[Comment]:
    rows: QuerySet[Comment] = Comment.objects.visible_to(viewer).filter(
        reply__consultation=it,
        reply__submitted_at__isnull=False,
        reply__replaced_by__isnull=True,
    )
    told: QuerySet[Comment] = rows.select_related(
        "reply__consulted__organisation", "reply__consultation"
    )
    return told


def answers_of(it: Consultation, viewer: Viewer) -> QuerySet[QuestionAnswer]:
    rows: QuerySet[QuestionAnswer] = QuestionAnswer.objects.visible_to(viewer).filter(
        question__consultation=it,
        reply__submitted_at__isnull=False,
        reply__replaced_by__isnull=True,
    )
    return rows.select_related("reply__consulted__organisation", "reply__consultation", "question")


def narrowed(
    rows: QuerySet[Comment], viewer: Viewer, section: str, response: str
) -> QuerySet[Comment]:
    """The comments on a section, and those with a response of that kind or with none."""
    if noun := NOUNS.get(section):
        rows = rows.filter(section__startswith=f"{noun}:")
    elif section:
        rows = rows.filter(section_number=section)
    if response == NONE:
        lacking: QuerySet[Comment] = without_response(rows, viewer)
        return lacking
    if response:
        rows = rows.filter(
            response__in=Response.objects.visible_to(viewer).filter(outcome=response)
        )
    return rows


def without_response(rows: Any, viewer: Viewer) -> Any:
    """Those of the comments, or answers, to which nobody has responded as far as the viewer sees."""
    of_comments = rows.model is Comment
    to = {"comment": OuterRef("pk")} if of_comments else {"reply": OuterRef("pk"), "comment": None}
    given = Response.objects.visible_to(viewer).filter(**to)
    return rows.filter(~Exists(given))


def respond_to(rows: Sequence[Any], viewer: Viewer) -> None:
    """Each comment, or answer, with `responded`: the response that the viewer may read, or None."""
    if not rows:
        return
    to = "comment" if isinstance(rows[0], Comment) else "reply"
    found = Response.objects.visible_to(viewer).filter(**{f"{to}__in": [it.pk for it in rows]})
    if to == "reply":
        found = found.filter(comment=None)
    responses = list(found)
    wordings = wordings_called({it.led_to for it in responses if it.led_to}, viewer)
    by_pk: dict[int, Response] = {}
    for it in responses:
        it.wording = wordings.get(it.led_to)
        by_pk[getattr(it, f"{to}_id")] = it
    for row in rows:
        row.responded = by_pk.get(row.pk)


def on_the_whole(it: Consultation, viewer: Viewer) -> list[Reply]:
    """The answers that say something of the whole, each with what became of that."""
    rows = replies_of(it, viewer).exclude(text="").order_by("sort_key", "key")
    found = list(rows[:MOST_ON_A_PAGE])
    respond_to(found, viewer)
    return found


def tell_fates(rows: list[Comment], it: Consultation, viewer: Viewer) -> list[Portion]:
    """Each comment with `fate`: what became of what it is on. Gives the portions as they are now."""
    portions = portions_of(it.version, viewer)
    told_changes(rows, {portion.subject: portion for portion in portions})
    return portions


def positions(replies: QuerySet[Reply]) -> list[tuple[Position, int]]:
    """How many think what, all positions told."""
    counted = Counter(replies.order_by().values_list("position", flat=True))
    return [(position, counted[position.value]) for position in Position]


@dataclass(frozen=True)
class Compilation:
    """All of it at once, for a document."""

    consultation: Consultation
    day: date
    replies: list[Reply]
    parts: list[tuple[str, list[Comment]]]
    questions: list[tuple[Any, list[QuestionAnswer]]]

    @property
    def positions(self) -> list[tuple[Position, int]]:
        counted = Counter(it.position for it in self.replies)
        return [(position, counted[position.value]) for position in Position]

    @property
    def has_texts(self) -> bool:
        return any(it.text for it in self.replies)

    @property
    def outcomes(self) -> list[tuple[Outcome, int]]:
        responses = [it.responded for _title, rows in self.parts for it in rows]  # type: ignore[attr-defined]
        counted = Counter(it.outcome for it in responses if it)
        return [(outcome, counted[outcome.value]) for outcome in Outcome]


def compilation_of(it: Consultation, viewer: Viewer, day: date) -> Compilation:
    """What the document says to the viewer; a few questions, however many comments."""
    replies = list(replies_of(it, viewer)[:MOST])
    respond_to(replies, viewer)
    comments = list(comments_of(it, viewer).order_by("place", "reply__sort_key", "key")[:MOST])
    respond_to(comments, viewer)
    sections = tell_fates(comments, it, viewer)
    answers = answers_of(it, viewer).order_by("question__number", "reply__sort_key", "key")
    return Compilation(
        it, day, replies, by_section(comments, sections), by_question(answers[:MOST])
    )


def by_section(comments: list[Comment], sections: list[Portion]) -> list[tuple[str, list[Comment]]]:
    """The comments under what their section is called now, or was when it was there."""
    titles = {it.subject: str(it) for it in sections}
    found: dict[str, list[Comment]] = {}
    for it in comments:
        found.setdefault(titles.get(it.section, it.section_title) or _("Of no section"), []).append(
            it
        )
    return list(found.items())


def by_question(answers: Any) -> list[tuple[Any, list[QuestionAnswer]]]:
    found: dict[int, tuple[Any, list[QuestionAnswer]]] = {}
    for it in answers:
        found.setdefault(it.question_id, (it.question, []))[1].append(it)
    return list(found.values())
