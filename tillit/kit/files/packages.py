"""Office documents, which are archives. They are looked into within bounds, and never unpacked.

What would grow to something else than a document when it is opened, can run a macro, or is locked, is
refused with words.
"""

import re
import struct
import zipfile
import zlib
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

END = struct.Struct("<4s4H2LH")
END_SIGN, WIDE_SIGN = b"PK\x05\x06", b"PK\x06\x07"
MOST_DIRECTORY = 1_000_000  # bytes: some ten thousand parts
MOST_UNPACKED = 400 * 2**20
MOST_TIMES = 200  # how many times larger the whole may be, unpacked, than it is packed
MOST_READ = 2_000_000  # bytes of a part that is read
ENCRYPTED = 1
MAIN = re.compile(rb'ContentType\s*=\s*["\']([^"\']+)\.main\+xml["\']')
OFFICE = b"application/vnd.openxmlformats-officedocument"
TYPES = {
    OFFICE + b".wordprocessingml.document",
    OFFICE + b".spreadsheetml.sheet",
    b"application/vnd.oasis.opendocument.text",
    b"application/vnd.oasis.opendocument.spreadsheet",
}

BROKEN = _("The file is broken, or has been cut off. Choose another.")
LOCKED = _("The file is locked with a password. Save it without one.")
MACROS = _("The file has macros, which are programs, and so isn't taken. Save it without them.")
BURSTS = _("Unpacked the file would be far too large, so it isn't taken.")
ARCHIVE = _(
    "This is an archive, or a document of a kind that isn't taken. Choose its files one by one."
)


def media_type_of(file: IO[bytes]) -> str:
    """Which document the archive is. Raises ValidationError."""
    refuse_directory(file)
    try:
        with zipfile.ZipFile(file) as archive:
            refuse_bursting(archive)
            found = named_within(archive)
            refuse_programs(archive, found)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError):
        raise ValidationError(BROKEN)
    except RuntimeError:  # a part that wants a password
        raise ValidationError(LOCKED)
    if found not in TYPES:
        raise ValidationError(ARCHIVE)
    return found.decode()


def refuse_directory(file: IO[bytes]) -> None:
    """A directory of hundreds of thousands of parts, before anything reads it into memory."""
    size = file.seek(0, 2)
    if size < END.size:
        raise ValidationError(BROKEN)
    before = min(20, size - END.size)
    file.seek(size - END.size - before)
    wide = file.read(before).startswith(WIDE_SIGN)
    sign, *_numbers, length, _offset, comment = END.unpack(file.read(END.size))
    if sign != END_SIGN or comment or wide or length > MOST_DIRECTORY:
        raise ValidationError(BROKEN)
    file.seek(0)


def refuse_bursting(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    unpacked = sum(it.file_size for it in parts)
    packed = sum(it.compress_size for it in parts)
    if unpacked > MOST_UNPACKED or unpacked > MOST_TIMES * max(packed, 10_000):
        raise ValidationError(BURSTS)
    if any(it.flag_bits & ENCRYPTED for it in parts):
        raise ValidationError(LOCKED)


def named_within(archive: zipfile.ZipFile) -> bytes:
    """The type that the document says it is of."""
    names = archive.namelist()
    if names and names[0] == "mimetype":
        return part_of(archive, "mimetype").strip()
    if "[Content_Types].xml" not in names:
        return b""
    said = MAIN.search(part_of(archive, "[Content_Types].xml"))
    return said[1] if said else b""


def refuse_programs(archive: zipfile.ZipFile, found: bytes) -> None:
    names = [it.lower() for it in archive.namelist()]
    if b"macroenabled" in found.lower() or any(
        it.endswith("vbaproject.bin") or it.startswith(("basic/", "scripts/")) for it in names
    ):
        raise ValidationError(MACROS)
    if "meta-inf/manifest.xml" in names and b"encryption-data" in part_of(
        archive, "META-INF/manifest.xml"
    ):
        raise ValidationError(LOCKED)


def part_of(archive: zipfile.ZipFile, name: str) -> bytes:
    """A part, as far as it may be read. Raises BadZipFile when it isn't there."""
    try:
        with archive.open(name) as part:
            return part.read(MOST_READ)
    except KeyError:
        raise zipfile.BadZipFile(name) from None
