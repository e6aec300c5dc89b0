"""A Word document taken apart: numbered sections of Markdown, with what is doubtful in each of them.

pandoc reads it in its sandbox. Nothing is written; what Markdown has no words for is told in others.
"""

import re
import secrets
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.kit.documents.numbering import DEEPEST, Numbering
from tillit.kit.documents.running import Failed, NotMade, pandoc

FILTER = Path(__file__).parent / "style" / "reading.lua"
MOST_PAGES = 500
MOST_LETTERS = 1_500_000  # of the text: some five hundred pages
MOST_XML = 60 * 2**20  # bytes of its main part, unpacked
LONGEST_HEADING = 300
TRACKED = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo) ")
COMMENTED = re.compile(rb"<w:commentReference\b")
PAGES = re.compile(rb"<Pages>(\d{1,9})</Pages>")
MAIN, ABOUT = "word/document.xml", "docProps/app.xml"


@dataclass
class Part:
    """A section as it was recognised."""

    number: str
    heading: str
    text: str
    doubts: list[str] = field(default_factory=list)


@dataclass
class Read:
    """A document as it was read: its title, its sections, and what is to be known of the whole."""

    title: str
    parts: list[Part]
    remarks: list[str]


def read(data: bytes) -> Read:
    """The document of a file that `kit.files` took for DOCX. Raises ValidationError with words."""
    counts = look_into(data)
    sign = f"mark{secrets.token_hex(16)}"
    with TemporaryDirectory(prefix="tillit-reading-") as folder:
        try:
            text = pandoc(
                data,
                "--from=docx",
                "--to=commonmark",
                "--wrap=none",
                "--track-changes=accept",
                f"--metadata=sign:{sign}",
                f"--lua-filter={FILTER}",
                at=Path(folder),
            ).decode()
        except Failed:
            raise ValidationError(
                _(
                    "The document can't be read. Open it in Word, save it anew as DOCX, and try again."
                )
            ) from None
        except NotMade:
            raise ValidationError(too_long()) from None
    if len(text) > MOST_LETTERS:
        raise ValidationError(too_long())
    return taken_apart(text, sign, counts)


def look_into(data: bytes) -> Counter[str]:
    """What pandoc would not tell. Raises ValidationError for what is too long."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if archive.getinfo(MAIN).file_size > MOST_XML:
                raise ValidationError(too_long())
            main = archive.read(MAIN)
            about = archive.read(ABOUT) if ABOUT in archive.namelist() else b""
    except (KeyError, zipfile.BadZipFile, OSError, EOFError, ValueError):
        raise ValidationError(_("The document is broken. Save it anew as DOCX, and try again."))
    pages = PAGES.search(about)
    if pages and int(pages[1]) > MOST_PAGES:
        raise ValidationError(too_long())
    return Counter(changes=len(TRACKED.findall(main)), comments=len(COMMENTED.findall(main)))


def too_long() -> str:
    return _(
        "The document has more than %(most)s pages, or is as long. Divide it into several."
    ) % {"most": MOST_PAGES}


def taken_apart(text: str, sign: str, counts: Counter[str]) -> Read:
    title, found = "", list[tuple[int, str, str]]()
    before, *pieces = re.split(rf"^{sign}", text, flags=re.MULTILINE)
    for piece in pieces:
        line, _newline, rest = piece.partition("\n")
        kind, _space, said = line.partition(" ")
        if kind == "N":
            what, _space, number = said.partition(" ")
            counts[what] += int(number)
        elif kind == "T":
            title = said
        else:
            found.append((int(kind[1:]), said.strip(), rest.strip()))
    parts = list(numbered(found))
    parts = with_beginning(parts, before.strip())
    if not parts:
        raise ValidationError(_("There is no text in the document."))
    return Read(title, parts, list(remarks(counts, has_headings=bool(found))))


def numbered(found: Iterable[tuple[int, str, str]]) -> Iterator[Part]:
    """Sections with the numbers that their headings have, or those that they have by their order."""
    rows = list(found)
    numbering = Numbering([(level, heading) for level, heading, _text in rows])
    for (level, _heading, text), it in zip(rows, numbering, strict=True):
        part = Part(it.number, it.heading, text, list(it.doubts))
        if level > DEEPEST:
            part.doubts.append(_("The heading stands too deep, and was taken up a level."))
        if len(part.heading) > LONGEST_HEADING:
            part.text = f"{part.heading}\n\n{part.text}".strip()
            part.heading = ""
            part.doubts.append(_("The heading is so long that it became text."))
        yield part


def with_beginning(parts: list[Part], before: str) -> list[Part]:
    """What stands before the first heading goes with it: no number is left for it."""
    if not before:
        return parts
    if not parts:
        return [Part("1", "", before)]
    first = parts[0]
    first.text = f"{before}\n\n{first.text}".strip()
    first.doubts.append(_("It begins with what stood before the first heading."))
    return parts


def remarks(counts: Counter[str], *, has_headings: bool) -> Iterator[str]:
    """What is to be known of the whole, in words."""
    if not has_headings:
        yield _(
            "No headings were recognised, so all of it is one section. Mark the headings in Word with "
            "its styles Heading 1, Heading 2, and bring it in again."
        )
    for what, words in (
        ("changes", tracked),
        ("comments", commented),
        ("pictures", pictured),
        ("tables", tabled),
        ("notes", noted),
        ("bold_lines", emboldened),
    ):
        if counts[what]:
            yield words(counts[what]) % {"count": counts[what]}


def tracked(count: int) -> str:
    return ngettext(
        "%(count)s tracked change was taken as accepted. Look it through in Word first if it is not.",
        "%(count)s tracked changes were taken as accepted. "
        "Look them through in Word first if they are not.",
        count,
    )


def commented(count: int) -> str:
    return ngettext("%(count)s comment was left out.", "%(count)s comments were left out.", count)


def pictured(count: int) -> str:
    return ngettext("%(count)s picture was left out.", "%(count)s pictures were left out.", count)


def tabled(count: int) -> str:
    return ngettext(
        "%(count)s table became a list, with a row on each line.",
        "%(count)s tables became lists, with a row on each line.",
        count,
    )


def noted(count: int) -> str:
    return ngettext(
        "%(count)s footnote stands in brackets where it was.",
        "%(count)s footnotes stand in brackets where they were.",
        count,
    )


def emboldened(count: int) -> str:
    return ngettext(
        "%(count)s line stands alone in bold, and may be meant as a heading.",
        "%(count)s lines stand alone in bold, and may be meant as headings.",
        count,
    )
