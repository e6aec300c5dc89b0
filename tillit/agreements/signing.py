"""An adopted version is signed: one frozen document of it, that every party of both sides signs."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.agreements.choices import AdoptionKind, Stage
from tillit.agreements.documents import document_of
from tillit.agreements.models import Adoption, Party, Version
from tillit.kit.changes import Actor, change, new_key, together
from tillit.kit.circles import Viewer
from tillit.kit.documents.keeping import made
from tillit.kit.refusal import Refused
from tillit.records.actions import ask_signatures, freeze, upload_of
from tillit.records.choices import Kind
from tillit.records.models import Record, Signature
from tillit.register.choices import Side
from tillit.register.models import Organisation


def ask_all(  # noqa: PLR0917 (what, where it stands, who keeps it, and when)
    version: Version, url: str, keeper: Organisation, actor: Actor, day: date, now: datetime
) -> Record:
    """Make the PDF that says what everybody may read of the version, freeze it, and ask all parties.

    Raises Refused when it has not been adopted, a side has nobody who could sign, or it is done;
    Away, ValidationError.
    """
    refuse(version)
    content = made(document_of(version, Viewer(), day, url), "pdf")
    upload = upload_of(content, f"{version.key}.pdf")
    with transaction.atomic():
        version.lock()
        version.refresh_from_db()
        refuse(version)
        record = freeze(
            str(version),
            kind=Kind.AGREEMENT,
            of=version.subject,
            keeper=keeper,
            upload=upload,
            actor=actor,
            now=now,
            circle=version.circle,
            joint=True,
        )
        ask_signatures(record, signers(version, day), actor)
        change(version, {"signed_as": record}, actor)
    return record


def refuse(version: Version) -> None:
    if version.stage != Stage.ADOPTED:
        raise Refused(_("A version is signed when all parties have adopted it."), 409)
    if version.signed_as_id is not None:
        raise Refused(_("The parties have been asked to sign it already."), 409)


def signers(version: Version, day: date) -> list[tuple[Organisation, str]]:
    """Each organisation that is party on the day, once, with its side. Raises Refused."""
    rows = Party.objects.acting(day).filter(
        agreement=version.agreement_id, organisation__isnull=False
    )
    found = {
        it.organisation_id: (it.organisation, it.side) for it in rows.select_related("organisation")
    }
    missing = [side.label for side in Side if side not in {side for _who, side in found.values()}]
    if missing:
        raise Refused(
            _("Nobody can sign for %(side)s: enter first which organisation is its party.")
            % {"side": missing[0]},
            409,
        )
    return list(found.values())


def signed(subject: str, record: str, actor: Any) -> None:
    """All parties have signed: that each of them has becomes its deed. Done twice it is done once."""
    version = Version.objects.filter(signed_as__key=record.partition(":")[2]).first()
    if version is None:
        return
    known = {*_told(version)}
    rows = Signature.objects.filter(record=version.signed_as_id).order_by("pk")
    with together(actor) as it:
        for row in rows.select_related("organisation", "record"):
            if row.organisation_id not in known and _is_of_a_party(row, version):
                known.add(row.organisation_id)
                it.create(_deed(version, row))


def _is_of_a_party(signature: Signature, version: Version) -> bool:
    """Whether it was party on the day on which it signed or, where that is not known, was asked to."""
    when = signature.record.when if signature.when.is_limitless else signature.when
    rows = Party.objects.acting(when.earliest).filter(agreement=version.agreement_id)
    return bool(rows.filter(organisation=signature.organisation_id).exists())


def _told(version: Version) -> Iterable[int]:
    rows = Adoption.objects.standing().filter(version=version, kind=AdoptionKind.SIGNED)
    return rows.values_list("organisation", flat=True)


def _deed(version: Version, signature: Signature) -> Adoption:
    return Adoption(
        key=f"{version.key}.adoption.{new_key()}",
        version=version,
        kind=AdoptionKind.SIGNED,
        organisation=signature.organisation,
        dated=signature.dated,
    )
