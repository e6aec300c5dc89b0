"""A version of an agreement as a document: all that it says, in the order of the parties."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from itertools import zip_longest
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tillit.agreements.aims import by_kind
from tillit.agreements.choices import Stage
from tillit.agreements.models import Section, Version
from tillit.agreements.reading import Reading, adoptions_of, parts_of
from tillit.kit.circles import Viewer
from tillit.kit.documents import keeping
from tillit.kit.documents.document import Document, Form
from tillit.register.choices import Side

FORMS: dict[Form, str] = {"pdf": "PDF", "docx": "Word (DOCX)", "odt": "OpenDocument (ODT)"}
TOP = 2  # the level of the headings below the title


def document_of(version: Version, viewer: Viewer, day: date, url: str) -> Document:
    """What the viewer may read of the version on the day; the url leads to its page with all sources."""
    reading = Reading(version.agreement, viewer, day_of(version, day))
    principles = parts_of(version, "principles", viewer)
    context = {
        "version": version,
        "agreement": version.agreement,
        "force": version.force_on(day),
        "is_assumed": version.is_assumed_on(day),
        "day": day,
        "url": url,
        "content_language": settings.LANGUAGE_CODE,
        "sides": list(zip_longest(*(parties for _side, parties in reading.sides))),
        "text": list(in_levels(parts_of(version, "sections", viewer))),
        "aims": by_kind(parts_of(version, "aims", viewer)),
        "definitions": parts_of(version, "definitions", viewer),
        "principles": principles,
        "as_list": [it.number for it in principles if not it.text]
        == [*range(1, len(principles) + 1)],
        "promised": promised(parts_of(version, "commitments", viewer, "principle")),
        "measures": parts_of(version, "measures", viewer, "lead"),
        "adoptions": adoptions_of(version, viewer),
    }
    return Document(
        "agreements/document.html",
        context,
        title=version.title or version.agreement.title,
        lang=get_language() or settings.LANGUAGE_CODE,
        when=timezone.make_aware(datetime.combine(day, time())),
        mark=mark_of(version),
    )


def day_of(version: Version, day: date) -> date:
    """On which its parties are told: the nearest on which it surely is in force. Of a draft, the day."""
    if version.stage != Stage.ADOPTED or not version.period.is_ever_certain:
        return day
    return min(max(day, version.period.certain_from), version.period.certain_until)


def mark_of(version: Version) -> str:
    """What every page says of a version that is not adopted."""
    return {
        Stage.DRAFT.value: _("Draft, not adopted"),
        Stage.CONSULTATION.value: _("In consultation, not adopted"),
    }.get(version.stage, "")


def in_levels(sections: Iterable[Section]) -> Iterator[tuple[Section, int]]:
    """Each with the level of its heading. Where a number is left out (2, then 2.1.1) no level is."""
    before = TOP - 1
    for it in sections:
        before = min(TOP - 1 + it.depth, before + 1)
        yield it, before


def promised(commitments: list[Any]) -> list[tuple[Side, list[Any]]]:
    """Both sides, each with what it promises; nothing at all where the version has no promises."""
    return [(side, [it for it in commitments if it.side == side]) for side in Side if commitments]


def formats_of(version: Version) -> list[dict[str, Any]]:
    """The page and the files, with the size of those that have been made."""
    address = [version.agreement.key, version.local_key]
    sizes = keeping.sizes_of(version.subject)
    page = {"title": _("To print"), "url": reverse("agreements:version-document", args=address)}
    files = [
        {
            "title": title,
            "url": reverse(f"agreements:version-document-{form}", args=address),
            "note": keeping.in_words(sizes.get(form)),
            "is_file": True,
        }
        for form, title in FORMS.items()
    ]
    return [page, *files]
