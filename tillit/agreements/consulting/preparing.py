"""Writing a consultation: what is said and asked, and who is asked. Only before it is sent out."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.agreements.choices import Stage
from tillit.agreements.consulting import tasks
from tillit.agreements.models import Consultation, ConsultationQuestion, Consulted, Version
from tillit.agreements.models.consultation_question import MOST_QUESTIONS
from tillit.kit.changes import Actor, change, create, new_key, remove, together
from tillit.kit.refusal import Refused
from tillit.register.models import Organisation

MOST_ASKED = 2000


def locked(consultation: Consultation) -> Consultation:
    """The row as it stands now, kept from others until the end of the transaction."""
    found: Consultation = (
        Consultation.objects.select_for_update(of=("self",))
        .select_related("version__agreement")
        .get(pk=consultation.pk)
    )
    return found


def locked_prepared(consultation: Consultation) -> Consultation:
    """The same. Raises Refused when it has been sent out."""
    it = locked(consultation)
    if not it.is_prepared:
        raise Refused(_("It has been sent out, so what is asked can't be changed any more."), 409)
    return it


def begin(version: Version, said: Mapping[str, Any], actor: Actor) -> Consultation:
    """A new one on a draft."""
    if version.stage != Stage.DRAFT:
        raise Refused(_("Only a draft is sent out for consultation."), 409)
    return create(Consultation(key=new_key(), version=version, **said), actor)


def rewrite(consultation: Consultation, said: Mapping[str, Any], actor: Actor) -> None:
    with transaction.atomic():
        change(locked_prepared(consultation), said, actor)


def throw_away(consultation: Consultation, actor: Actor) -> None:
    """Remove one that was never sent out, with its questions and those who were to be asked."""
    with transaction.atomic():
        it = locked_prepared(consultation)
        it.go_aheads.all().delete()
        with together(actor) as all_of_it:
            for row in (*it.questions.all(), *it.consulted.all()):
                all_of_it.remove(row)
            all_of_it.remove(it)


def ask(consultation: Consultation, said: Mapping[str, Any], actor: Actor) -> ConsultationQuestion:
    with transaction.atomic():
        it = locked_prepared(consultation)
        numbers = list(it.questions.values_list("number", flat=True))
        if len(numbers) >= MOST_QUESTIONS:
            raise Refused(_("There are %(most)s questions, and more is too much to ask."
                            ) % {"most": MOST_QUESTIONS}, 409)  # fmt: skip
        number = max(numbers, default=0) + 1
        return create(ConsultationQuestion(consultation=it, number=number, **said), actor)


def ask_otherwise(question: ConsultationQuestion, said: Mapping[str, Any], actor: Actor) -> None:
    with transaction.atomic():
        locked_prepared(question.consultation)
        change(question, said, actor)


def ask_no_more(question: ConsultationQuestion, actor: Actor) -> None:
    with transaction.atomic():
        locked_prepared(question.consultation)
        remove(question, actor)


def invite(consultation: Consultation, who: Iterable[Organisation], actor: Actor) -> int:
    """Put organisations on the list, and write to them if it is open. How many were new."""
    with transaction.atomic():
        it = locked(consultation)
        if it.is_closed:
            raise Refused(_("It is closed, so nobody can be asked any more."), 409)
        known = set(it.consulted.values_list("organisation", flat=True))
        new = [asked_of(it, one) for one in who if one.pk not in known]
        if len(known) + len(new) > MOST_ASKED:
            raise Refused(_("At most %(most)s can be asked.") % {"most": MOST_ASKED}, 409)
        with together(actor) as all_of_it:
            all_of_it.create_all(new)
        if new and it.is_open:
            transaction.on_commit(lambda: tasks.write_to_asked.enqueue(it.pk))
    return len(new)


def asked_of(consultation: Consultation, organisation: Organisation) -> Consulted:
    row = Consulted(key=new_key(), consultation=consultation, organisation=organisation)
    row.make_link()
    return row


def uninvite(consulted: Consulted, actor: Actor) -> None:
    with transaction.atomic():
        locked_prepared(consulted.consultation)
        remove(consulted, actor)
