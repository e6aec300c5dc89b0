"""The seal on a PDF: it shows that not one byte was changed since. It says nothing of who signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import IO, Any

import structlog
from django.db import transaction
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from tillit.kit.changes import Actor, create, new_key
from tillit.kit.files import keeping
from tillit.kit.files.kinds import PDF
from tillit.kit.files.serving import bytes_of
from tillit.kit.files.uploads import read
from tillit.kit.models import StoredFile
from tillit.records import certificate
from tillit.records.choices import Way
from tillit.records.models import Record, Seal, Signature

log = structlog.get_logger("tillit.records")
SEALER = Actor("command:seal")
FIELD = "Tillit"
MOST_SEALS = 20  # in one file; more is no document
MOST_CERTIFICATES = 50


def seal(record: Record, now: datetime) -> Seal | None:
    """Seal what everybody has signed, once. What is no PDF has no seal. Raises Away."""
    file = StoredFile.objects.of(record.subject).first()
    if file is None or file.kind is not PDF or Seal.objects.filter(record=record).exists():
        return None
    with bytes_of(file) as opened:
        content = opened.read()
    try:
        sealed = sealed_bytes(content, who_signed(record), now)
    except (PdfError, SigningError, ValueError, KeyError, TypeError, AttributeError) as error:
        log.warning("a record can't be sealed", fault=type(error).__name__, record=record.key)
        return keep(record, None, now)
    return keep(record, (sealed, f"{file.name.removesuffix('.pdf')} ({FIELD}).pdf"), now)


def keep(record: Record, copy: tuple[bytes, str] | None, now: datetime) -> Seal | None:
    """The seal and its copy, or that there can be none; nothing if another has sealed it
    meanwhile, or it has been weeded.
    """
    it = Seal(key=new_key(), record=record, sealed_at=now)
    with transaction.atomic():
        record.lock()
        record.refresh_from_db()
        if record.is_weeded or Seal.objects.filter(record=record).exists():
            return None
        if copy is None:
            it.fault = "unreadable"
            return create(it, SEALER)
        upload = read(BytesIO(copy[0]), copy[1])
        it.sha256, it.certificate = upload.sha256, certificate.pem()
        create(it, SEALER)
        keeping.keep(upload, it.subject, it.circle, SEALER, now)
    return it


def who_signed(record: Record) -> str:
    """Those who signed here, as the seal tells them."""
    rows = Signature.objects.filter(record=record, way=Way.IN_TILLIT).select_related("organisation")
    return "; ".join(
        ", ".join(filter(None, [it.name, it.role, it.organisation.name, it.place, it.dated]))
        for it in rows
        if it.organisation.circle_of_particulars == it.organisation.circle
    )


def sealed_bytes(content: bytes, words: str, now: datetime) -> bytes:
    """The PDF with a seal after it: what stood there before is the same, byte for byte."""
    said = PdfSignatureMetadata(
        field_name=FIELD,
        name=certificate.NAME,
        reason=words[:1000] or None,
        md_algorithm="sha256",
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    writer = IncrementalPdfFileWriter(BytesIO(content), strict=False)
    made: Any = PdfSigner(said, signer=certificate.signer()).sign_pdf(writer)
    return bytes(made.getvalue())


@dataclass(frozen=True)
class Sealed:
    """A seal that was found in a file."""

    is_whole: bool  # nothing was changed since
    is_ours: bool  # made by this installation
    reason: str
    at: datetime | None


def seals_in(file: IO[bytes]) -> list[Sealed]:
    """The seals of a PDF, by whomever. What can't be read has none."""
    file.seek(0)
    content = file.read()
    if not content.startswith(b"%PDF-") or b"/ByteRange" not in content:
        return []
    roots = trusted()
    try:
        found = PdfFileReader(BytesIO(content), strict=False).embedded_signatures[:MOST_SEALS]
        return [looked_at(it, roots) for it in found]
    except Exception as error:  # noqa: BLE001 (anybody's file, broken in whatever way)
        log.info("a seal can't be read", fault=type(error).__name__)
        return [Sealed(is_whole=False, is_ours=False, reason="", at=None)]


def trusted() -> Sequence[Any]:
    """Our certificate, and those that sealed before it."""
    rows = Seal.objects.exclude(certificate="").order_by().values_list("certificate", flat=True)
    pems = {*rows.distinct()[:MOST_CERTIFICATES]}
    if certificate.place().exists():
        pems.add(certificate.pem())
    return [certificate.read(it) for it in sorted(pems)]


def looked_at(found: Any, roots: Sequence[Any]) -> Sealed:
    context = ValidationContext(trust_roots=list(roots), allow_fetching=False)
    status = validate_pdf_signature(found, signer_validation_context=context)
    whole = bool(status.intact and status.valid)
    covers = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    reason = found.sig_object.get("/Reason", "")
    return Sealed(
        whole and covers, bool(status.trusted), str(reason), found.self_reported_timestamp
    )
