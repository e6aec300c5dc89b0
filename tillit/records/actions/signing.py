"""Signatures are asked for, given, and complete."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.kit.changes import Actor, new_key, together
from tillit.kit.contributions import signed
from tillit.kit.files import keeping
from tillit.kit.files.uploads import Upload
from tillit.kit.refusal import Refused
from tillit.kit.together import Together
from tillit.records.choices import Way
from tillit.records.completing import are_complete
from tillit.records.models import Record, Signatory, Signature, SignedCopy
from tillit.records.models.signature import OTHER_TEXT
from tillit.records.tasks import seal
from tillit.register.models import Organisation


def ask_signatures(
    record: Record, organisations: Iterable[tuple[Organisation, str]], actor: Actor
) -> list[Signatory]:
    """Ask organisations, each on a side, to sign what has been established. Raises ValidationError."""
    made = []
    with together(actor) as it:
        for organisation, side in organisations:
            row = Signatory(key=new_key(), record=record, organisation=organisation, side=side)
            row.lock()
            if not row.record.is_frozen or row.record.is_weeded:
                raise ValidationError(_("Only what has been established can be signed."))
            if Signatory.objects.filter(record=record, organisation=organisation).exists():
                raise ValidationError(
                    _("%(organisation)s has been asked already.") % {"organisation": organisation}
                )
            made.append(it.create(row))
    return made


def take_back(row: Signatory, actor: Actor) -> None:
    """Ask an organisation no more. Raises Refused when it has signed."""
    with together(actor) as it:
        row.lock()
        if Signature.objects.filter(record=row.record, organisation=row.organisation_id).exists():
            raise Refused(_("It has been signed already, so the question stands."), 409)
        complete = is_complete(row.record)
        it.remove(row)
        if not complete:
            follow_up(row.record, it)


def is_complete(record: Record) -> bool:
    """Whether all who were asked have signed; an agreement is signed on both sides."""
    asked = Signatory.objects.filter(record=record)
    return are_complete(record, asked, Signature.objects.filter(record=record))


def sign(signature: Signature, seen: str, actor: Actor, now: datetime) -> Signature:
    """Sign in Tillit what was read: the bytes with the digest `seen`. Raises ValidationError."""
    signature.key, signature.way = new_key(), Way.IN_TILLIT
    signature.signed_at, signature.dated = now, timezone.localdate(now).isoformat()
    with together(actor) as it:
        asked = waiting_for(signature)
        if seen != signature.record.sha256:
            raise ValidationError(OTHER_TEXT, code="other_text")
        signature.sha256, signature.side = seen, asked.side
        it.create(signature)
        follow_up(signature.record, it)
    return signature


def waiting_for(signature: Signature) -> Signatory:
    """The question that it answers, with the record locked. Raises ValidationError if there is none."""
    signature.lock()
    record, organisation = signature.record, signature.organisation
    asked = Signatory.objects.filter(record=record, organisation=organisation).first()
    if asked is None:
        raise ValidationError(
            _("Nobody has asked %(organisation)s to sign this.") % {"organisation": organisation}
        )
    if Signature.objects.filter(record=record, organisation=organisation).exists():
        raise ValidationError(_("The organisation has signed this record already."), code="twice")
    if record.is_weeded:
        raise ValidationError(_("There is nothing to sign here: the file is not known."))
    return asked  # type: ignore[no-any-return] # of one manager for all rows


def add_copy(  # noqa: PLR0917 (what it is, whose, and who did it)
    record: Record,
    organisation: Organisation,
    upload: Upload,
    signature: Signature | None,
    actor: Actor,
    now: datetime,
) -> SignedCopy:
    """A party's own copy, and who signed it for that party if that has not been told before."""
    copy = SignedCopy(key=new_key(), record=record, organisation=organisation, sent_in_at=now)
    copy.sha256, copy.size = upload.sha256, upload.size
    with transaction.atomic(), together(actor) as it:
        copy.lock()
        if not copy.record.is_frozen or copy.record.is_weeded:
            raise ValidationError(_("Only what has been established can be signed."))
        it.create(copy)
        keeping.keep(upload, copy.subject, copy.circle, actor, now)
        if signature is not None:
            signature.key, signature.way, signature.copy = new_key(), Way.OUTSIDE, copy
            signature.side = waiting_for(signature).side
            signature.sha256 = signature.record.sha256
            it.create(signature)
            follow_up(signature.record, it)
    return copy


def follow_up(record: Record, it: Together) -> None:
    """When all have signed: those above learn of it, and what was signed here is sealed."""
    if not is_complete(record):
        return
    signed(record.of, record.subject, it.actor)
    if Signature.objects.filter(record=record, way=Way.IN_TILLIT).exists():
        transaction.on_commit(partial(seal.enqueue, record.pk))
