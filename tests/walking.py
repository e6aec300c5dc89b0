"""Every address of the site with arguments that exist, and how it is asked so that the next one asked
finds the world as it was."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import NamedTuple

from django.contrib.auth import get_user
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.utils import timezone

from tests.test_house import patterns
from tillit.agreements.models import Consultation, Consulted, Reply, Version
from tillit.agreements.tests.factories import (
    AdherenceFactory,
    AgreementFactory,
    EffortFactory,
    FocusAreaFactory,
    ImpactCheckFactory,
    MeasureFactory,
    OrientationFactory,
    PlanFactory,
    VersionFactory,
)
from tillit.kit.access import viewer_for
from tillit.kit.circles import Viewer
from tillit.kit.models import MadeDocument, Source
from tillit.records.tests.factories import RecordFactory
from tillit.register.tests.factories import (
    ContactFactory,
    MandateFactory,
    OrganisationFactory,
    PersonFactory,
    PlaceFactory,
    RoleFactory,
    UnitFactory,
)

ROLES = ("coordinator", "official", "member", "outsider", "administrator", "anonymous")
ARGUMENTS = {
    "unit": "styrelsen",
    "code": "1280",
    "provider_id": "freja",
    "pk": "1",
    "number": "1",
    "year": "2024",
    "token": "finns-inte",
    "step": "avtalet",
    "noun": "avsnitt",
    "word": "rattelse",
    "form": "json",
}
KEY = "dorren"  # of whatever else an address names


class Door(NamedTuple):
    """An address as it is declared, as it is asked for, and what answers there."""

    address: str
    path: str
    view: Callable


def addresses() -> Iterator[Door]:
    """All but those of the API."""
    for address, pattern in patterns():
        if not address.startswith("api/v1/"):
            path = re.sub(r"<(?:\w+:)?(\w+)>", lambda it: ARGUMENTS.get(it[1], KEY), address)
            yield Door(address, f"/{path}", pattern.callback)


def plant_rows() -> None:
    """What the addresses name."""
    it = OrganisationFactory(key=KEY)
    UnitFactory(organisation=it, key=f"{KEY}.styrelsen")
    version = VersionFactory(agreement=AgreementFactory(key=KEY), key=f"{KEY}.{KEY}")
    MeasureFactory(version=version, key=f"{KEY}.{KEY}")
    ask_and_answer(version)
    its = {"agreement": version.agreement, "key": f"{KEY}.{KEY}"}
    AdherenceFactory(organisation=it, **its)
    FocusAreaFactory(plan=PlanFactory(start="2024", end="", **its), year=2024)
    EffortFactory(orientation=OrientationFactory(year=2024, **its), key=f"{KEY}.{KEY}.{KEY}")
    closed = {"closed_on": date(2026, 2, 1), "closed_by": "Bo Ek", "analysis": "Ingen alls."}
    ImpactCheckFactory(organisation=it, **closed, **its)
    person = PersonFactory(key=KEY)
    RoleFactory(person=person, organisation=it)
    MandateFactory(key=KEY, person=person, organisation=it)
    ContactFactory(key=KEY, person=person, organisation=it, is_function=True)
    RecordFactory(key=KEY, keeper=it)
    said = {"of": it.subject, "form": "pdf", "language": "sv", "name": KEY, "title": KEY}
    MadeDocument.objects.create(key=KEY, asked_at=timezone.now(), **said)
    PlaceFactory()
    Source.objects.create(key=KEY, title="Dokumentet")


def ask_and_answer(version: Version) -> None:
    """A consultation, one that is asked, and what it has answered."""
    days = {"opens": date(2020, 1, 1), "deadline": date(2100, 1, 1), "state": "open"}
    it = Consultation.objects.create(key=KEY, version=version, title=KEY, **days)
    asked = Consulted.objects.create(key=KEY, consultation=it, name=KEY)
    sent = {"position": "supports", "submitted_at": timezone.now()}
    Reply.objects.create(key=KEY, consultation=it, consulted=asked, **sent)


@contextmanager
def undone() -> Iterator[None]:
    """What is done within is undone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def another(browser: Client) -> Client:
    """A browser that has not done yet what the other will do. Where something breaks it gets a 500."""
    it = Client(raise_request_exception=False)
    it.cookies.load({name: kept.value for name, kept in browser.cookies.items()})
    return it


def finish(response: HttpResponseBase) -> HttpResponseBase:
    """The same, when all of it has come."""
    if response.streaming:
        b"".join(response.streaming_content)
    return response


def viewer_behind(client: Client) -> Viewer:
    user = get_user(client)  # type: ignore[arg-type]
    return viewer_for(user.pk) if user.is_authenticated else Viewer()
