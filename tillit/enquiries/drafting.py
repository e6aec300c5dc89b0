"""Writing an enquiry: new or from last year's, its questions, and their order. Only before it opens."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tillit.enquiries.models import Enquiry, Question
from tillit.enquiries.models.question import MOST_QUESTIONS
from tillit.kit.changes import Actor, change, create, new_key, remove
from tillit.kit.refusal import Refused
from tillit.register.models import Organisation

COPIED = ("kind", "text", "hint", "is_required", "alternatives", "concerns_persons")


def locked(enquiry: Enquiry) -> Enquiry:
    """The enquiry as it stands now, kept from others until the end of the transaction."""
    found: Enquiry = (
        Enquiry.objects.select_for_update(of=("self",))
        .select_related("umbrella__secretariat")
        .get(pk=enquiry.pk)
    )
    return found


def locked_draft(enquiry: Enquiry) -> Enquiry:
    """The same. Raises Refused when it has been opened."""
    it = locked(enquiry)
    if not it.is_prepared:
        raise Refused(_("It has been opened, so what is asked can't be changed any more."), 409)
    return it


def begin(umbrella: Organisation, said: Mapping[str, Any], actor: Actor) -> Enquiry:
    """A new draft, with the questions of an earlier enquiry if one is given as `copied_from`."""
    with transaction.atomic():
        it = create(Enquiry(key=new_key(), umbrella=umbrella, **said), actor)
        if it.copied_from:
            copy_questions(it.copied_from, it, actor)
    return it


def copy_questions(former: Enquiry, later: Enquiry, actor: Actor) -> None:
    for question in former.questions.all():
        values = {name: getattr(question, name) for name in COPIED}
        row = Question(enquiry=later, place=question.place, same_as=question, **values)
        create(row, actor)


def rewrite(enquiry: Enquiry, said: Mapping[str, Any], actor: Actor) -> None:
    """Give it another title, introduction or last day. Of one that is open, only a later last day."""
    with transaction.atomic():
        change(locked_draft(enquiry), said, actor)


def throw_away(enquiry: Enquiry, actor: Actor) -> None:
    """Remove a draft, with its questions."""
    with transaction.atomic():
        it = locked_draft(enquiry)
        for question in it.questions.all():
            remove(question, actor)
        it.deeds.all().delete()
        remove(it, actor)


def add_question(enquiry: Enquiry, said: Mapping[str, Any], actor: Actor) -> Question:
    """A question, after the others. Raises ValidationError when there are as many as may be."""
    with transaction.atomic():
        it = locked_draft(enquiry)
        count = it.questions.count()
        if count >= MOST_QUESTIONS:
            words = _("There are %(most)s questions already: more than that nobody answers.")
            raise ValidationError(words % {"most": MOST_QUESTIONS})
        return create(Question(enquiry=it, place=count + 1, **said), actor)


def rewrite_question(question: Question, said: Mapping[str, Any], actor: Actor) -> None:
    """One that asks something else than last year is another question."""
    with transaction.atomic():
        locked_draft(question.enquiry)
        other = any(said[name] != getattr(question, name) for name in ("kind", "alternatives"))
        change(question, {**said, **({"same_as": None} if other else {})}, actor)


def remove_question(question: Question, actor: Actor) -> None:
    with transaction.atomic():
        it = locked_draft(question.enquiry)
        remove(question, actor)
        number(list(it.questions.all()), actor)


def move_question(question: Question, steps: int, actor: Actor) -> None:
    """So many places down; up, if below nothing."""
    with transaction.atomic():
        it = locked_draft(question.enquiry)
        rows = list(it.questions.all())
        at = rows.index(question)
        rows.insert(max(0, at + steps), rows.pop(at))
        number(rows, actor)


def number(rows: Sequence[Question], actor: Actor) -> None:
    for place, question in enumerate(rows, start=1):
        if question.place != place:
            change(question, {"place": place}, actor)
