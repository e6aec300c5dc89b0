"""Somebody asks for a document that takes longer to make than a request may."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import get_language

from tillit.kit.changes import new_key
from tillit.kit.documents.document import Form
from tillit.kit.documents.tasks import make
from tillit.kit.files import storage
from tillit.kit.locks import one_at_a_time
from tillit.kit.models import MadeDocument


def ask(of: str, form: Form, circle: str, called: Mapping[str, str], now: datetime) -> MadeDocument:
    """The document of a subject as the circle reads it, made or on its way; `called`: name and title.

    Who asks again soon gets the same one, so that asking often costs nothing.
    """
    with transaction.atomic():
        one_at_a_time(f"documents.{of}")
        asked = {"of": of, "form": form, "circle": circle, "language": get_language() or "sv"}
        row: MadeDocument | None = MadeDocument.objects.filter(**asked).first()
        if row is not None and row.is_good(now):
            return row
        if row is None:
            row = MadeDocument(key=new_key(), **asked)
        elif row.made_at is not None:
            transaction.on_commit(partial(storage.discard, row.path))
        row.name, row.title = called["name"][:120], called["title"][:300]
        row.asked_at, row.made_at, row.size, row.trouble = now, None, 0, ""
        row.save()
        transaction.on_commit(partial(make.enqueue, row.pk))
    return row
