"""Office documents are archives: what pandoc leaves undone in one is done here.

Nothing in it depends on when or where it was made.
"""

import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from itertools import chain, repeat
from xml.sax.saxutils import escape

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
HEADS = re.compile(r"(?:word/(?:header|footer)\d*|styles)\.xml")
ABOUT = {"docProps/core.xml", "meta.xml"}
MADE = re.compile(
    r"(<(?:dcterms:created|dcterms:modified|meta:creation-date|dc:date)\b[^>]*>)[^<]*(?=</)"
)
FRAME = re.compile(r"<draw:frame\b[^>]*>.*?(?=</draw:frame>)", re.DOTALL)


def finished(
    data: bytes, words: Mapping[str, str], pictures: Sequence[str], when: datetime
) -> bytes:
    """With the words in place of `@TITLE@` at the head of pages, and with what the pictures show.

    The same for the same content.
    """
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(written, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            if HEADS.fullmatch(part.filename):
                content = put_in(content.decode(), words).encode()
            elif part.filename in ABOUT:
                content = dated(content.decode(), when).encode()
            elif part.filename == "content.xml":
                content = described(content.decode(), pictures).encode()
            to = zipfile.ZipInfo(part.filename, FIRST_DAY)
            is_first = part.filename == "mimetype"
            to.compress_type = zipfile.ZIP_STORED if is_first else zipfile.ZIP_DEFLATED
            new.writestr(to, content)
    return written.getvalue()


def put_in(xml: str, words: Mapping[str, str]) -> str:
    for name, text in words.items():
        xml = xml.replace(f"@{name}@", escape(text))
    return xml


def dated(xml: str, when: datetime) -> str:
    said = when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return MADE.sub(rf"\g<1>{said}", xml)


def described(xml: str, pictures: Sequence[str]) -> str:
    """An OpenDocument in which each picture says what it shows: pandoc leaves that out."""
    said = chain(pictures, repeat(""))
    return FRAME.sub(lambda found: f"{found[0]}<svg:title>{escape(next(said))}</svg:title>", xml)
