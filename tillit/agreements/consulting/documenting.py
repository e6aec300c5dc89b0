"""The compilation as a document: made at once when it is short, by a worker when it is long."""

from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from tillit.agreements.consulting.compiling import comments_of, compilation_of
from tillit.agreements.documents import FORMS
from tillit.agreements.models import Consultation
from tillit.kit.circles import Viewer
from tillit.kit.documents.document import Document

SHORT = 200  # comments: about a second


def document_for(it: Consultation, viewer: Viewer, day: date) -> Document:
    """What the viewer may read of the answers, and of what became of them."""
    return Document(
        "agreements/consultation/compilation_file.html",
        {
            "compilation": compilation_of(it, viewer, day),
            "content_language": settings.LANGUAGE_CODE,
        },
        title=it.title,
        lang=get_language() or settings.LANGUAGE_CODE,
        when=timezone.make_aware(datetime.combine(day, time())),
        contents=True,
    )


def document_of(subject: str, viewer: Viewer, day: date) -> Document | None:
    """Of a subject that is a consultation, as the viewer may read it."""
    noun, _colon, key = subject.partition(":")
    if noun != Consultation.noun:
        return None
    rows = Consultation.objects.visible_to(viewer).filter(key=key)
    it = rows.select_related("version__agreement").first()
    return document_for(it, viewer, day) if it else None


def is_short(it: Consultation, viewer: Viewer) -> bool:
    return len(comments_of(it, viewer).values("pk")[: SHORT + 1]) <= SHORT


def circle_for(it: Consultation, viewer: Viewer) -> str:
    """As whom it is made: the parties read more than everybody does."""
    parties = it.version.agreement.parties_circle
    return parties if parties in viewer.circles else it.circle


def formats_of(it: Consultation, *, short: bool) -> list[dict[str, Any]]:
    """The files; of a long one they are ordered, and not fetched at once."""
    name = "compilation-file" if short else "compilation-order"
    return [
        {
            "title": title,
            "url": reverse(f"agreements:{name}-{form}", args=[it.key]),
            "is_file": short,
            "is_order": not short,
        }
        for form, title in FORMS.items()
    ]
