"""A women's shelter: its place and people are found nowhere, on no day, by nobody outside it."""

import pytest

from tillit.kit.models import Citation, Source
from tillit.register.models import Address, Presence, Role
from tillit.register.tests.factories import (
    AddressFactory,
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
    role = Role.objects.get(person__key="mina")
    role.organisation = shelter
    role.save()
    text = cast.member.get("/organisationer/jouren/").content.decode()
    assert "Hemliga gatan 1" in text
    assert "Karin Gömd" in text


def test_an_assumed_role_opens_nothing(cast, shelter):
    role = Role.objects.get(person__key="mina")
    role.organisation, role.start, role.end, role.seen = shelter, "", "", "2026-01-01"
    role.save()
    assert "Hemliga gatan" not in cast.member.get("/organisationer/jouren/").content.decode()


def test_rows_written_later_are_guarded_too(shelter):
    AddressFactory(organisation=shelter)
    for model in (Address, Presence, Role):
        rows = model.objects.filter(organisation=shelter)
        assert {row.circle for row in rows} == {"organisation:jouren"}


def test_a_protected_person_is_seen_by_nobody_else(client, cast):
    person = PersonFactory(key="skyddad", name="Skyddad Person", protected=True)
    it = OrganisationFactory(key="foreningen-x")
    RoleFactory(organisation=it, person=person, seen="2026")
    assert client.get("/personer/skyddad/").status_code == 404
    assert "Skyddad Person" not in client.get("/organisationer/foreningen-x/").content.decode()
    assert client.get("/api/v1/organisations/foreningen-x").json()["roles"] == []


def test_one_who_speaks_for_it_elsewhere_is_not_told_either(client, shelter):
    it = OrganisationFactory(key="natverket-x")
    RoleFactory(
        organisation=it, person=PersonFactory(name="Lisa Gömd"), represents=shelter, seen="2026"
    )
    assert "Lisa Gömd" not in client.get("/organisationer/natverket-x/").content.decode()
