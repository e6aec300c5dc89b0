"""Every address, for everybody of the cast: what the declared table says, and never a 500."""

import re

import pytest
from django.contrib.auth import get_user
from django.urls import reverse

from tests.test_house import patterns
from tillit.kit.access import anyone, viewer_for, who_may
from tillit.kit.circles import Viewer
from tillit.kit.models import Source
from tillit.register.tests.factories import (
    ContactFactory,
    MandateFactory,
    OrganisationFactory,
    PersonFactory,
    PlaceFactory,
    RoleFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db
ARGUMENTS = {
    "unit": "styrelsen",
    "code": "1280",
    "provider_id": "freja",
    "pk": "1",
    "number": "1",
    "token": "finns-inte",
    "step": "avtalet",
}
KEY = "dorren"  # of whatever else an address names
# Open to anyone, and yet not with 200: it leads on, or asks for a row or a secret that is not here.
ELSEWHERE: set[str] = {
    "integritet/begaran/<slug:token>/",
    "avanmalan/<str:token>/",
    "arsfragor/<slug:key>/sammanfattning/",
    "brev/<str:token>/",
    "fraga/<slug:key>/<str:token>/",
    "inbjudan/<slug:key>/<str:token>/",
    "inbjudan/<slug:key>/<str:token>/kod/",
    "logotyp/<slug:name>.png",
    "fil/<slug:key>/",
    "kom-igang/",
    "kom-igang/administrator/",
    "demo/brevlada/",
    "demo/brevlada/<slug:key>/",
    "demo/brevlada/<slug:key>/html/",
    "logga-in/",
    "logga-in/kod/",
    "logga-in/losenord/",
    "logga-in/andra-steget/",
    "logga-in/med/<slug:provider_id>/svar/",
    "medlemsansokan/<str:token>/",
}
ROLES = ("coordinator", "official", "member", "outsider", "anonymous", "administrator")


@pytest.fixture(autouse=True)
def rows(db):
    it = OrganisationFactory(key=KEY)
    UnitFactory(organisation=it, key=f"{KEY}.styrelsen")
    person = PersonFactory(key=KEY)
    RoleFactory(person=person, organisation=it)
    MandateFactory(key=KEY, person=person, organisation=it)
    ContactFactory(key=KEY, person=person, organisation=it, is_function=True)
    PlaceFactory()
    Source.objects.create(key=KEY, title="Dokumentet")


@pytest.fixture
def readers(cast, administrator):
    """A browser for each role."""
    return {**vars(cast), "administrator": administrator}


def addresses():
    """Every named page with arguments that exist, and who may."""
    for address, pattern in patterns():
        if address.startswith("api/v1/"):
            continue
        names = list(pattern.pattern.converters)
        yield pytest.param(
            address,
            {name: ARGUMENTS.get(name, "dorren") for name in names},
            pattern.callback,
            id=address or "/",
        )


def url_of(address, arguments):
    path = address
    for name, value in arguments.items():
        path = re.sub(rf"<\w+:{name}>", value, path)
    return "/" + path


def viewer_behind(client):
    user = get_user(client)
    return viewer_for(user.pk) if user.is_authenticated else Viewer()


def finish(response):
    if response.streaming:
        b"".join(response.streaming_content)
    return response


@pytest.mark.parametrize(("address", "arguments", "view"), list(addresses()))
def test_everybody_gets_what_is_declared(readers, address, arguments, view):
    """Who may gets an answer, or is told that there is no such row; who may not is turned away."""
    if "GET" not in view.methods:
        return
    for role in ROLES:
        client = readers[role]
        status = finish(client.get(url_of(address, arguments))).status_code
        if not who_may(view)(viewer_behind(client)):
            assert status == (302 if role == "anonymous" else 403), role
        elif who_may(view) is anyone and address not in ELSEWHERE:
            assert status == 200, role
        else:
            assert status in {200, 302, 403, 404}, role


@pytest.mark.parametrize(("address", "arguments", "view"), list(addresses()))
def test_nothing_but_the_declared_methods_is_allowed(readers, address, arguments, view):
    for role in ROLES:
        client = readers[role]
        for method in ("get", "post", "put", "delete"):
            if method.upper() not in view.methods:
                response = getattr(client, method)(url_of(address, arguments))
                assert response.status_code == 405, (role, method)


@pytest.mark.parametrize(("address", "arguments", "view"), list(addresses()))
def test_nobody_writes_who_may_not(readers, address, arguments, view):
    if "POST" not in view.methods:
        return
    for role in ROLES:
        client = readers[role]
        status = finish(client.post(url_of(address, arguments))).status_code
        if not who_may(view)(viewer_behind(client)):
            assert status == 403, role
        else:
            assert status < 500, role


def test_the_start_page_has_its_address():
    assert reverse("site:start") == "/"
