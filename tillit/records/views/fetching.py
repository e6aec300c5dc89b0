"""A record for somebody who is to do something with it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from tillit.kit.access import insist, viewer_of
from tillit.kit.changes import Actor
from tillit.kit.circles import Viewer
from tillit.records.crumbs import crumbs_of
from tillit.records.models import Record
from tillit.records.reading import Reading


def reading_for(request: HttpRequest, key: str, rule: Callable[..., bool]) -> Reading:
    """What the viewer may read, if the rule lets them. Raises Http404, InAnotherCapacity."""
    found = Reading.of(key, viewer_of(request))
    insist(found.viewer, rule, found.record)
    return found


def around(record: Record) -> dict[str, Any]:
    """The way here and back."""
    return {"crumbs": crumbs_of(record), "cancel": record.get_absolute_url()}


def actor_of(viewer: Viewer) -> Actor:
    return Actor.of(viewer)
