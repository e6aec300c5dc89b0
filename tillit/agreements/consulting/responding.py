"""Responding to what was said: both sides write it as one text, until it is published."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.agreements.consulting.preparing import locked
from tillit.agreements.models import Comment, Consultation, Reply, Response
from tillit.kit.changes import Actor, change, create, new_key
from tillit.kit.circles import Viewer
from tillit.kit.refusal import Refused


def response_to(said: Comment | Reply) -> Response | None:
    found: Response | None = Response.objects.filter(**to(said)).first()
    return found


def to(said: Comment | Reply) -> dict[str, Any]:
    """The columns of a response that say what it is to."""
    if isinstance(said, Comment):
        return {"comment": said, "reply": said.reply}
    return {"comment": None, "reply": said}


def came_of_answers(parts: Iterable[Any], viewer: Viewer) -> None:
    """Each part of a version with `came_of`: the responses that say that an answer led to its wording.

    One question. Of several to one answer the first stands for all.
    """
    found: dict[str, dict[int, Response]] = {it.subject: {} for it in parts}
    rows = Response.objects.visible_to(viewer).filter(led_to__in=found)
    rows = rows.order_by("reply__sort_key", "pk").select_related(
        "reply__consultation", "reply__consulted__organisation", "comment__reply__consultation"
    )
    for row in rows:
        found[row.led_to].setdefault(row.reply_id, row)
    for it in parts:
        it.came_of = list(found[it.subject].values())


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
