"""A workbook is an archive. One that would burst is refused before anything reads it."""

import io
import zipfile
import zlib

from django.utils.translation import gettext as _

from tillit.kit.refusal import Refused

MOST_FILES = 500
MOST_INFLATED = 120 * 2**20
CHUNK = 2**20


def safe_archive(data: bytes) -> zipfile.ZipFile:
    """The archive, once all of it has been unpacked and counted. Raises Refused."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        _refuse_declared(archive)
        _refuse_actual(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
        raise Refused(_("The file is damaged, or locked with a password."), 422) from None
    return archive


def _refuse_declared(archive: zipfile.ZipFile) -> None:
    files = archive.infolist()
    if len(files) > MOST_FILES or sum(it.file_size for it in files) > MOST_INFLATED:
        raise _too_large()


def _refuse_actual(archive: zipfile.ZipFile) -> None:
    """What a file says of its own size may be a lie."""
    total = 0
    for it in archive.infolist():
        with archive.open(it) as file:
            while chunk := file.read(CHUNK):
                total += len(chunk)
                if total > MOST_INFLATED:
                    raise _too_large()


def _too_large() -> Refused:
    return Refused(
        _("Unpacked the file is too large to be a list. Save only the sheet that is needed."), 422
    )
