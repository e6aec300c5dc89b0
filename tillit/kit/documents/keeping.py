"""A document as an answer. Its size is remembered for those who choose a format; its bytes are not."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from tillit.kit.documents.document import Document, Form
from tillit.kit.files.kinds import DOCX, ODT, PDF
from tillit.kit.refusal import Refused
from tillit.kit.typography import figure

KINDS = {"pdf": PDF, "docx": DOCX, "odt": ODT}
# Each takes a second of a processor, and some hundred MB while it lasts; other threads are for pages.
AT_ONCE = 2
being_made = BoundedSemaphore(AT_ONCE)
MOST_SIZES = 5_000
sizes: dict[str, dict[Form, int]] = {}


def made(document: Document, as_: Form) -> bytes:
    """Its bytes. Raises Refused when too many are being made, or it is too long for that."""
    with one_of_few():
        return document.made(as_)


@contextmanager
def one_of_few() -> Iterator[None]:
    """For what takes much of a processor: no more than some at once. Raises Refused."""
    if not being_made.acquire(timeout=10):
        raise Refused(
            _("Many documents are being made just now. Try again in a minute."), status=503
        )
    try:
        yield
    finally:
        being_made.release()


def answer(document: Document, as_: Form, name: str, of: str) -> HttpResponse:
    """The file, made now. Raises Refused when too many are being made, or it is too long for that."""
    data = made(document, as_)
    remember(of, as_, len(data))
    called = content_disposition_header(as_ != "pdf", f"{name}.{as_}") or "inline"
    return HttpResponse(
        data,
        content_type=KINDS[as_].media_type,
        headers={"Content-Disposition": called, "Cache-Control": "private, no-cache"},
    )


def remember(of: str, as_: Form, size: int) -> None:
    if len(sizes) >= MOST_SIZES:
        sizes.clear()
    sizes[of] = {**sizes_of(of), as_: size}


def sizes_of(of: str) -> dict[Form, int]:
    """Of a subject's files, as they were when this process last made them."""
    return sizes.get(of, {})


def in_words(size: int | None) -> str:
    """“about 47 kB”; nothing where it is not known."""
    return _("about %(size)s kB") % {"size": figure(max(1, round(size / 1000)))} if size else ""
