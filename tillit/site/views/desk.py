"""The desk: what is asked of the person who reads, in all capacities, the most urgent first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.accounts.models import User
from tillit.kit.access import open_to, signed_in, viewer_of
from tillit.kit.circles import Capacity, Viewer
from tillit.kit.contributions import Asked, asked_of, awaited_by, ways_of
from tillit.kit.days import today
from tillit.register.rules import administers
from tillit.register.standing import capacity, mandates_of
from tillit.site.checklist import Left, left, second_way
from tillit.site.state import State


@open_to(signed_in)
def desk(request: HttpRequest) -> HttpResponse:
    viewer, day = viewer_of(request), today()
    context = {
        "errands": [errand(asked, viewer, day) for asked in asked_of(viewer, day)],
        "awaited": awaited_by(viewer),
        "left": left(State.of(viewer)) if administers(viewer) else [],
        "second_way": ways_in(request, viewer),
        "places": list(places(viewer)),
        "ways": ways_of(viewer),
    }
    return render(request, "site/desk/desk.html", context)


def ways_in(request: HttpRequest, viewer: Viewer) -> list[Left]:
    """A second way to sign in: for administrators, and for everybody where mail is not set up."""
    user = request.user
    if not isinstance(user, User) or user.has_usable_password():
        return []
    if administers(viewer) or not State.of(viewer).mail_is_set:
        return second_way(user)
    return []


def errand(asked: Asked, viewer: Viewer, day: date) -> dict[str, Any]:
    """A line of the desk. What is asked in another capacity than the chosen one chooses it first."""
    own = next((it for it in viewer.identity.capacities if it.key == asked.capacity), None)
    shown = {
        "title": asked.title,
        "text": asked.text,
        "url": asked.url,
        "action": asked.action,
        "due": asked.due,
        "late": asked.due is not None and asked.due < day,
    }
    if own is None:
        return shown
    if len(viewer.identity.capacities) > 1:
        text = "" if asked.text == own.title else asked.text
        shown["text"] = " · ".join(str(it) for it in (_("for %s") % own.title, text) if it)
    if own == viewer.chosen:
        return shown
    choose = {"capacity": own.key, "next": asked.url}
    return {**shown, "url": reverse(settings.TILLIT_CHOOSE), "post": choose}


@dataclass(frozen=True)
class Place:
    """An organisation, or a unit of one, that the viewer acts for."""

    capacity: Capacity
    url: str
    is_chosen: bool


def places(viewer: Viewer) -> Iterator[Place]:
    for mandate in mandates_of(viewer):
        it = capacity(mandate)
        yield Place(it, mandate.organisation.get_absolute_url(), it == viewer.chosen)
