"""A file that somebody sends: its size, its kind, and a name that is safe wherever it is saved."""

import re
import unicodedata
from dataclasses import dataclass
from hashlib import sha256
from typing import IO, Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.functional import lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tillit.kit.files.kinds import CSV, DOING, KINDS, TEXT, Kind, kind_of

LONGEST = 120  # letters of a name
PIECE = 65_536
MEGABYTE = 2**20
# What no file may be called on some system, and signs that turn the direction of what follows.
UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]')
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)", re.IGNORECASE)
EMPTY = _("The file is empty. Choose another.")
NONE = _("No file came. Choose it once more.")


@dataclass(frozen=True)
class Upload:
    """A file that may be kept."""

    file: IO[bytes]
    name: str
    kind: Kind
    encoding: str  # of text
    size: int  # bytes
    sha256: str


def read(file: IO[bytes], name: str) -> Upload:
    """What somebody sent under a name. Raises ValidationError with words for the person."""
    size, digest = measured(file)
    if not size:
        raise ValidationError(EMPTY)
    kind, encoding = kind_of(file)
    safe = safe_name(name)
    if kind is TEXT and ending_of(safe) in CSV.endings:
        kind = CSV
    return Upload(file, called_so(safe, kind), kind, encoding, size, digest)


def measured(file: IO[bytes]) -> tuple[int, str]:
    """Its bytes and digest. Raises ValidationError as soon as it is too large."""
    file.seek(0)
    digest, size = sha256(), 0
    while piece := file.read(PIECE):
        digest.update(piece)
        size += len(piece)
        if size > settings.TILLIT_LARGEST_FILE:
            raise ValidationError(
                _now("The file is larger than %(most)s MB. Choose a smaller one.")
                % {"most": settings.TILLIT_LARGEST_FILE // MEGABYTE}
            )
    return size, digest.hexdigest()


def safe_name(name: str) -> str:
    """The last part of what it was called, without what means something to a computer."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    safe = " ".join(UNSAFE.sub(" ", last).split()).strip(". ")
    return f"_{safe}" if RESERVED.match(safe) else safe


def ending_of(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return ending.lower() if stem and dot else ""


def called_so(name: str, kind: Kind) -> str:
    """The name, ending as its kind does. Raises ValidationError when it claims to be another."""
    ending = ending_of(name)
    if ending in kind.endings:
        stem = name[: -len(ending) - 1]
    elif DOING.fullmatch(ending) or any(ending in it.endings for it in KINDS):
        raise ValidationError(
            _now("The file is called .%(ending)s, but what it holds is %(kind)s. Choose another.")
            % {"ending": ending, "kind": kind.title}
        )
    else:
        stem, ending = name or _now("file"), kind.endings[0]
    return f"{stem[: LONGEST - len(ending) - 1]}.{ending}"


class UploadField(forms.FileField):
    """Asks for a file of a kind that may be kept, and gives an Upload."""

    widget = forms.FileInput

    def __init__(self, **kwargs: Any) -> None:
        words = {"required": _("Choose a file."), "empty": EMPTY, "missing": NONE, "invalid": NONE}
        super().__init__(**{"error_messages": words, **kwargs})
        endings = [f".{ending}" for kind in KINDS for ending in kind.endings]
        self.widget.attrs["accept"] = ",".join(endings)
        self.help_text = self.help_text or lazy(allowed, str)()

    def clean(self, data: Any, initial: Any = None) -> Any:
        """An Upload, or nothing where no file came and none must. Raises ValidationError."""
        file = super().clean(data, None)
        return read(file.file, file.name) if file else None


def allowed() -> str:
    """What may be chosen, in words."""
    return _now("PDF, DOCX, XLSX, ODT, ODS, PNG, JPEG, WebP, CSV or text, at most %(most)s MB.") % {
        "most": settings.TILLIT_LARGEST_FILE // MEGABYTE
    }


class Bounded(FileUploadHandler):
    """Lets no upload fill the disk: what goes beyond any form's bound is not written.

    The form then finds the file too large, and says so.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.taken = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.taken += len(raw_data)
        return raw_data if self.taken <= settings.TILLIT_LARGEST_REQUEST else None

    def file_complete(self, file_size: int) -> None:
        return None
