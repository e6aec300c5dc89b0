"""Documents to sign, and what is sent in by browsers."""

from functools import cache

import typst
from django.core.files.uploadedfile import SimpleUploadedFile

from tillit.kit.changes import Actor
from tillit.records.actions import ask_signatures, freeze, upload_of

KARIN = Actor("person:karin", "organisation:paraplyet")


@cache
def pdf(text: str = "Överenskommelse") -> bytes:
    """A PDF that says something."""
    return bytes(typst.compile(text.encode()))


def sent(content: bytes, name: str = "Avtal.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def frozen(keeper, now, *asked, content=None, name="Avtal.pdf", **said):
    """A record that its keeper has established, and organisations that are asked to sign it."""
    given = {"kind": "agreement", "of": "", "title": "Avtalet", **said}
    upload = upload_of(content or pdf(), name)
    record = freeze(keeper=keeper, upload=upload, actor=KARIN, now=now, **given)
    if asked:
        ask_signatures(record, [(it, it.side) for it in asked], KARIN)
    return record


def one_byte_changed(content: bytes, at: int = 100) -> bytes:
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
