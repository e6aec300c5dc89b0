"""Every address, for everybody of the cast: what the declared table says, and never a 500."""

import pytest
from django.urls import reverse

from tests.test_house import patterns
from tillit.kit.access import anyone, who_may
from tillit.kit.models import Source
from tillit.register.tests.factories import (
    OrganisationFactory,
    PersonFactory,
    PlaceFactory,
    RoleFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db
ARGUMENTS = {
    "key": "dorren",
    "unit": "styrelsen",
    "code": "1280",
    "slug:key": "dorren",
}
ROLES = ("coordinator", "official", "member", "outsider", "anonymous")


@pytest.fixture(autouse=True)
def rows(db):
    it = OrganisationFactory(key="dorren")
    UnitFactory(organisation=it, key="dorren.styrelsen")
    RoleFactory(person=PersonFactory(key="dorren"), organisation=it)
    PlaceFactory()
    Source.objects.create(key="dorren", title="Dokumentet")


def addresses():
    """Every named page with arguments that exist, and who may."""
    for address, pattern in patterns():
        if address.startswith("api/v1/"):
            continue
        names = list(pattern.pattern.converters)
        yield pytest.param(
            address,
            {name: ARGUMENTS[name] for name in names},
            who_may(pattern.callback),
            id=address or "/",
        )


def url_of(address, arguments):
    path = address
    for name, value in arguments.items():
        path = path.replace(f"<slug:{name}>", value)
    return "/" + path


@pytest.mark.parametrize(("address", "arguments", "may"), list(addresses()))
def test_everybody_gets_what_is_declared(cast, address, arguments, may):
    for role in ROLES:
        response = getattr(cast, role).get(url_of(address, arguments))
        if may is anyone:
            assert response.status_code == 200, role
        else:
            assert response.status_code in {200, 302, 403}, role
        if response.streaming:
            b"".join(response.streaming_content)


@pytest.mark.parametrize(("address", "arguments", "may"), list(addresses()))
def test_nothing_but_reading_is_allowed(cast, address, arguments, may):
    for role in ROLES:
        assert getattr(cast, role).post(url_of(address, arguments)).status_code == 405, role


def test_the_start_page_has_its_address():
    assert reverse("site:start") == "/"
