"""What may be uploaded, told by what a file holds; what it is called must not say otherwise."""

import codecs
import re
from dataclasses import dataclass
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image

from tillit.kit.files import packages

BEGINNING = 4096
LETTERS = 65_536  # bytes of a text that are read at a time
MOST_PIXELS = 100_000_000
OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN = "application/vnd.oasis.opendocument"


@dataclass(frozen=True)
class Kind:
    """One kind of files. `shown` in the browser; any other is only fetched."""

    media_type: str
    endings: tuple[str, ...]  # how a name may end; the first is given to one that ends otherwise
    title: Any
    shown: bool = False


PDF = Kind("application/pdf", ("pdf",), "PDF", shown=True)
PNG = Kind("image/png", ("png",), "PNG", shown=True)
JPEG = Kind("image/jpeg", ("jpg", "jpeg"), "JPEG", shown=True)
WEBP = Kind("image/webp", ("webp",), "WebP", shown=True)
DOCX = Kind(f"{OFFICE}.wordprocessingml.document", ("docx",), "DOCX")
XLSX = Kind(f"{OFFICE}.spreadsheetml.sheet", ("xlsx",), "XLSX")
ODT = Kind(f"{OPEN}.text", ("odt",), "ODT")
ODS = Kind(f"{OPEN}.spreadsheet", ("ods",), "ODS")
TEXT = Kind("text/plain", ("txt", "text", "md"), _("text"), shown=True)
CSV = Kind("text/csv", ("csv", "tsv"), "CSV")
KINDS = (PDF, DOCX, XLSX, ODT, ODS, PNG, JPEG, WEBP, TEXT, CSV)
BY_TYPE = {it.media_type: it for it in KINDS}
PICTURES = {"PNG": PNG, "JPEG": JPEG, "WEBP": WEBP}
# Endings by which a computer would do something else with a text than show it.
DOING = re.compile(
    "app|bat|cmd|com|exe|msi|scr|pif|cpl|jar|jse?|mjs|vb[se]|ws[fh]|hta|ps1|psm1|sh|bash|py|pl|rb|php|reg"
    "|lnk|url|iqy|slk|svgz?|x?html?|shtml|mhtm?l?|xml|xsl|swf|do[ct]m?|xl[st]m?|xlsb|ppt[xm]?|zip|gz|7z"
    "|rar|iso|dmg"
)

OTHER = _("This kind of file isn't taken. Choose a PDF, DOCX, XLSX, ODT, ODS, picture or text.")
WEB = _(
    "The file holds a web page or SVG, which can hold programs and so isn't taken. Save it as PDF."
)
OLD = _("The file is of an old kind, or locked with a password. Save it as PDF, DOCX or XLSX.")
PROGRAM = _("The file is a program, and so isn't taken.")
BROKEN = _("The file is broken, or has been cut off. Choose another.")
TOO_MANY = _("The picture has too many pixels. Save it as a smaller one.")
FOREIGN: tuple[tuple[bytes, Any], ...] = (
    (b"\xd0\xcf\x11\xe0", OLD),
    (b"MZ", PROGRAM),
    (b"\x7fELF", PROGRAM),
    (b"#!", PROGRAM),
    (b"\xca\xfe\xba\xbe", PROGRAM),
    (b"{\\rtf", OTHER),
)
MARKUP = (
    b"<!doctype",
    b"<html",
    b"<head",
    b"<body",
    b"<script",
    b"<svg",
    b"<?xml",
    b"<iframe",
    b"<?php",
)
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x19\x1b-\x1f]")
WIDE = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def kind_of(file: IO[bytes]) -> tuple[Kind, str]:
    """What the file is by its content, and the encoding if it is text. Raises ValidationError."""
    file.seek(0)
    beginning = file.read(BEGINNING)
    if beginning.startswith(b"%PDF-"):
        return PDF, ""
    if beginning.startswith(b"PK\x03\x04"):
        return BY_TYPE[packages.media_type_of(file)], ""
    if beginning.startswith((b"\x89PNG", b"\xff\xd8\xff")) or beginning[8:12] == b"WEBP":
        return picture_of(file), ""
    for sign, words in FOREIGN:
        if beginning.startswith(sign):
            raise ValidationError(words)
    if is_markup(beginning):
        raise ValidationError(WEB)
    return TEXT, encoding_of(file)


def picture_of(file: IO[bytes]) -> Kind:
    file.seek(0)
    try:
        with Image.open(file, formats=tuple(PICTURES)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise ValidationError(TOO_MANY)
            kind = PICTURES[str(picture.format)]
            picture.verify()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ValidationError(TOO_MANY)
    except (OSError, ValueError, SyntaxError, EOFError, KeyError):
        raise ValidationError(BROKEN)
    return kind


def is_markup(beginning: bytes) -> bool:
    """Whether a browser that looks at the content would take it for a page."""
    text = beginning.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\f").lower()
    return text.startswith(MARKUP) or b"<script" in text or b"<html" in text


def encoding_of(file: IO[bytes]) -> str:
    """How the whole of it is text. Raises ValidationError when it isn't."""
    file.seek(0)
    named = WIDE.get(file.read(2), "")
    for encoding in filter(
        None, [named, "" if named else "utf-8", "" if named else "windows-1252"]
    ):
        if is_text(file, encoding):
            return encoding
    raise ValidationError(OTHER)


def is_text(file: IO[bytes], encoding: str) -> bool:
    """Whether it can be read so, and has no signs that no text has."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for piece in iter(lambda: file.read(LETTERS), b""):
            if CONTROLS.search(decoder.decode(piece)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
