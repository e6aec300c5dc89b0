"""Responding to what was said: both sides write it as one text, until it is published."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.agreements.consulting.preparing import locked
from tillit.agreements.models import Comment, Consultation, Reply, Response
from tillit.kit.changes import Actor, change, create, new_key
from tillit.kit.refusal import Refused


def response_to(said: Comment | Reply) -> Response | None:
    found: Response | None = Response.objects.filter(**to(said)).select_related("led_to").first()
    return found


def to(said: Comment | Reply) -> dict[str, Any]:
    """The columns of a response that say what it is to."""
    if isinstance(said, Comment):
        return {"comment": said, "reply": said.reply}
    return {"comment": None, "reply": said}


def respond(
    it: Consultation, said: Comment | Reply, values: Mapping[str, Any], actor: Actor
) -> Response:
    """Write what became of it, or write it anew."""
    with transaction.atomic():
        consultation = locked(it)
        if consultation.is_prepared or consultation.responses_at:
            raise Refused(
                _("The responses are published. Take that back before you change them."), 409
            )
        found = response_to(said)
        if found is not None:
            change(found, values, actor)
            return found
        row = Response(key=new_key(), consultation=consultation, **to(said), **values)
        return create(row, actor)
