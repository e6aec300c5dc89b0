"""A women's shelter: its place and people are found nowhere, on no day, by nobody outside it."""

import pytest

from tillit.kit.models import Citation, Source
from tillit.register.models import Address, Organisation, Person, Secretariat
from tillit.register.tests.factories import (
    AddressFactory,
    MandateFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    PlaceFactory,
    PresenceFactory,
    RoleFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db
SECRETS = ("Hemliga gatan", "Karin Gömd", "Sunne", "1766")
PAGES = [
    "/",
    "/organisationer/",
    "/organisationer/jouren/",
    "/organisationer/jouren/?on=2012-12-31",
    "/organisationer/jouren/enheter/",
    "/organisationer.csv",
    "/siffror/",
    "/tidslinje/",
    "/organisationer/?on=2012-12-31",
    "/api/v1/organisations",
    "/api/v1/organisations/jouren",
    "/api/v1/organisations/jouren?on=2012-12-31",
    "/kallor/s4/",
    "/personer/",
    "/personer.csv",
    "/api/v1/memberships",
]


@pytest.fixture
def shelter():
    it = OrganisationFactory(key="jouren", name="Kvinnojouren", protected=True)
    sunne = PlaceFactory(code="1766", name="Sunne")
    PresenceFactory(organisation=it, place=sunne)
    AddressFactory(organisation=it, street="Hemliga gatan 1", town="Sunne", place=sunne)
    role = RoleFactory(
        organisation=it,
        person=PersonFactory(key="karin-gomd", name="Karin Gömd"),
        kind="chair",
        start="2010-01-01",
        end="..",
    )
    source = Source.objects.create(key="s4", title="Minnesanteckningar")
    Citation.objects.create(
        source=source, subject=role.subject, circle=role.circle, says="Karin Gömd"
    )
    Citation.objects.create(source=source, subject=role.person.subject, says="Karin Gömd")
    return it


def body(response):
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["anonymous", "outsider", "member", "official"])
def test_nobody_outside_finds_place_or_people(cast, shelter, page, who):
    response = getattr(cast, who).get(page)
    assert response.status_code == 200
    text = body(response)
    # The list of filters names every municipality, Sunne too; what must not be is the row's.
    shown = (
        text.split("<tbody", 1)[-1]
        if page.startswith("/organisationer/?") or page == "/organisationer/"
        else text
    )
    assert not [secret for secret in SECRETS if secret in shown]


@pytest.mark.parametrize(
    "query",
    [{"place": "1766"}, {"place": "12"}, {"place": "SE"}, {"place": "1766", "on": "2012-12-31"}],
)
def test_it_is_in_no_list_of_a_place(client, shelter, query):
    assert client.get("/organisationer/", query).context["listing"].slice.count == 0
    assert client.get("/api/v1/organisations", query).json()["count"] == 0


def test_it_does_not_count_on_the_map(client, shelter):
    response = client.get("/platser/1766/")
    assert response.context["count"] == 0
    assert all(row.count == 0 for row in response.context["rows"])


def test_a_person_of_its_has_no_page_for_others(client, shelter):
    assert client.get("/personer/karin-gomd/").status_code == 404
    assert "Karin" not in client.get("/personer/").content.decode()


def test_protection_reaches_rows_written_in_bulk(shelter):
    Address.objects.bulk_create(
        [Address(key="bulk", organisation=shelter, kind="postal", town="Sunne")]
    )
    assert Address.objects.get(key="bulk").circle == "organisation:jouren"


def test_what_belongs_to_an_organisation_in_a_circle_stays_in_it(client):
    secret = OrganisationFactory(key="hemlig", name="Hemliga", circle="organisation:hemlig")
    unit = UnitFactory(organisation=secret)
    membership = MembershipFactory(umbrella=OrganisationFactory(key="paraply"), member=secret)
    for row in (secret.names.get(), unit, membership):
        assert row.circle == "organisation:hemlig"
    assert "Hemliga" not in client.get("/organisationer/paraply/medlemmar/").content.decode()


def test_a_source_in_a_circle_is_not_quoted_on_a_public_page(client):
    it = OrganisationFactory(key="oppen")
    source = Source.objects.create(key="inre", title="Internt PM", circle="organisation:oppen")
    Citation.objects.create(source=source, subject=it.subject, says="Hemligt")
    text = client.get("/organisationer/oppen/").content.decode()
    assert "Internt PM" not in text
    assert "Hemligt" not in text


def test_those_who_act_for_it_see_it_all(cast, shelter):
    MandateFactory(organisation=shelter, person=Person.objects.get(key="mina"))
    text = cast.member.get("/organisationer/jouren/").content.decode()
    assert "Hemliga gatan 1" in text
    assert "Karin Gömd" in text


@pytest.mark.parametrize("period", [{"end": "2020-01-01"}, {"start": "2099-01-01"}, {"start": ""}])
def test_a_mandate_that_does_not_surely_stand_today_opens_nothing(cast, shelter, period):
    MandateFactory(organisation=shelter, person=Person.objects.get(key="mina"), **period)
    assert "Hemliga gatan" not in cast.member.get("/organisationer/jouren/").content.decode()


def test_a_role_without_a_mandate_opens_nothing(cast, shelter):
    RoleFactory(organisation=shelter, person=Person.objects.get(key="mina"), kind="chair")
    assert "Hemliga gatan" not in cast.member.get("/organisationer/jouren/").content.decode()


def test_its_secretariat_does_not_see_where_it_is(cast, shelter):
    Organisation.objects.update(secretariat=Secretariat.objects.get(key="civil"))
    assert "Hemliga gatan" not in cast.coordinator.get("/organisationer/jouren/").content.decode()
