"""Steps that are taken with a record, each a row: who, when and why."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tillit.kit.changes import Actor, new_key, together
from tillit.kit.files import keeping
from tillit.kit.models import StoredFile
from tillit.kit.refusal import Refused
from tillit.records.choices import FOLLOWING, State
from tillit.records.models import Record, RecordStep, Seal, Signature, SignedCopy

NOT_ALONE = _("It binds others than its keeper, so its keeper alone doesn't have it destroyed.")


def take_step(record: Record, step: RecordStep, actor: Actor) -> RecordStep:
    """Raises Refused when the record is not where the step begins, ValidationError."""
    step.key, step.record, step.organisation = new_key(), record, record.keeper
    with together(actor, step.reason) as it:
        step.lock()
        record.refresh_from_db()
        if step.kind not in FOLLOWING[State(record.state)]:
            raise Refused(
                _now("The record is %(state)s by now, so this can't be done with it.")
                % {"state": record.get_state_display().lower()},
                409,
            )
        step.number = record.recordsteps.count() + 1
        it.change(record, {"state": step.kind})
        it.create(step)
    return step


def weed(record: Record, step: RecordStep, actor: Actor) -> None:
    """What it holds is destroyed, with all copies; that it has been, and its digest, stay.

    Raises Refused where it binds others than its keeper, ValidationError.
    """
    step.key, step.record, step.organisation = new_key(), record, record.keeper
    with together(actor, step.reason) as it:
        step.lock()
        record.refresh_from_db()
        if not record.is_frozen or record.is_weeded:
            raise ValidationError(
                _now("Only what has been established, and is still here, is weeded.")
            )
        others = Signature.objects.filter(record=record).exclude(organisation=record.keeper_id)
        if record.joint or others.exists():
            raise Refused(NOT_ALONE, 409)
        step.kind, step.number = State.WEEDED, record.recordsteps.count() + 1
        it.change(record, {"state": State.WEEDED})
        it.create(step)
        for file in StoredFile.objects.filter(of__in=subjects_of_files(record)):
            keeping.take_away(file, actor, step.reason)


def subjects_of_files(record: Record) -> list[str]:
    """Of whatever belongs to the record and may have a file."""
    copies = SignedCopy.objects.filter(record=record)
    seals = Seal.objects.filter(record=record)
    return [record.subject, *(it.subject for it in copies), *(it.subject for it in seals)]
