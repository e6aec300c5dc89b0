"""The page of one organisation: /organisationer/<key>/"""

from datetime import date

import pytest

from tillit.kit.models import Citation, Source, StatedFigure
from tillit.register.tests.factories import (
    AddressFactory,
    IdentifierFactory,
    MembershipFactory,
    NameFactory,
    OrganisationFactory,
    PersonFactory,
    PresenceFactory,
    RoleFactory,
    TopicFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db
URL = "/organisationer/natverket/"


@pytest.fixture
def network():
    it = OrganisationFactory(key="natverket", name="NÄTVERKET", start="2006", end="..", named=True)
    NameFactory(organisation=it, key="old", name="NSES", start="2006", end="2013")
    NameFactory(organisation=it, key="new", name="NÄTVERKET", start="2014", end="..")
    AddressFactory(organisation=it, street="Grönegatan 11 A", seen="2012", end="[2012-12-31..2014]")
    AddressFactory(organisation=it, street="Ledebursgatan 5", seen="2025")
    PresenceFactory(organisation=it)
    maria = PersonFactory(key="maria", name="Maria Leiner")
    RoleFactory(
        organisation=it,
        person=maria,
        kind="employee",
        share="0.95",
        start="2012-01-01",
        end="2012-06-30",
    )
    RoleFactory(
        organisation=it,
        person=maria,
        kind="employee",
        share="1",
        start="2012-07-01",
        end="2012-12-31",
    )
    RoleFactory(organisation=it, unit=UnitFactory(organisation=it), kind="chair", seen="2012")
    return it


def test_it_shows_what_held_on_the_day(client, network):
    text = client.get(URL, {"on": "2012-03-01"}).content.decode()
    assert "NSES" in text
    assert "Grönegatan" in text
    assert "95 %" in text.replace("\u202f", " ").replace("\u00a0", " ")


def test_a_share_changes_with_the_day(client, network):
    response = client.get(URL, {"on": "2012-08-01"})
    employee = [
        role
        for group in response.context["role_groups"]
        for role in group.roles
        if role.kind == "employee"
    ]
    assert [role.share for role in employee] == [1]


def test_a_role_that_sources_left_behind_is_history(client, network):
    response = client.get(URL, {"on": "2020-01-01"})
    assert response.context["role_groups"] == []
    assert len(response.context["other_roles"]) == 3


def test_a_wrong_number_stands_as_written_with_the_reason(client, network):
    IdentifierFactory(organisation=network, value="232100–0205")
    text = client.get(URL).content.decode()
    assert "232100–0205" in text
    assert str(network.identifiers.get().verdict.reason) in text


def test_each_value_shows_its_source_and_both_when_they_differ(client, network):
    source = Source.objects.create(key="s0", title="Verksamhetsberättelse 2012")
    subject = network.names.get(key="new").subject
    Citation.objects.create(source=source, subject=subject, first_line=13, last_line=13)
    Citation.objects.create(
        source=source,
        subject=subject,
        first_line=391,
        last_line=391,
        contradicts=True,
        says="NÅTVERKET",
    )
    text = client.get(URL).content.decode()
    assert "Verksamhetsberättelse 2012" in text
    assert "NÅTVERKET" in text


def test_a_panel_of_a_higher_context_stands_on_it(client, network):
    panels = client.get(URL).context["panels"]
    assert [panel.template for panel in panels] == ["site/panels/timeline.html"]


def test_html_in_a_text_stays_text(client):
    OrganisationFactory(key="x", name="<script>alert(1)</script>", description="<b>fet</b>")
    text = client.get("/organisationer/x/").content.decode()
    assert "<script>alert" not in text
    assert "<b>fet" not in text


@pytest.mark.parametrize("day", ["2012-02-30", "2104-01-01", "0001-01-01", "x", "2012-12-31'"])
def test_an_impossible_day_is_refused_with_the_field_to_mend(client, network, day):
    response = client.get(URL, {"on": day})
    assert response.status_code == 400
    assert 'name="on"' in response.content.decode()


def test_what_is_not_there_is_404_in_our_own_words(client):
    response = client.get("/organisationer/finns-inte/")
    assert response.status_code == 404
    assert "<main" in response.content.decode()


def test_it_refuses_other_methods(client, network):
    assert client.post(URL).status_code == 405


def test_it_asks_the_database_at_most_twelve_times(cast, network, most_queries):
    for number in range(10):
        MembershipFactory(umbrella=network)
        MembershipFactory(member=network)
        IdentifierFactory(organisation=network)
        UnitFactory(organisation=network)
        RoleFactory(
            organisation=network,
            represents=OrganisationFactory(),
            unit=UnitFactory(organisation=network),
            seen="2026",
        )
        OrganisationFactory(parent=network)
        network.topics.add(TopicFactory())
        StatedFigure.objects.create(
            key=f"figure-{number}",
            about=network.subject,
            measure="members",
            as_written="60",
            looseness="exactly",
            low=60,
            seen="2025",
        )
    for browser in (cast.anonymous, cast.coordinator):
        browser.get("/platser/")  # the first page of a session writes the session too
        with most_queries():
            assert browser.get(URL).status_code == 200


def test_its_name_on_a_day_prefers_what_is_sure(network):
    assert network.name_on(date(2013, 6, 1)) == "NSES"
    assert network.name_on(date(2025, 1, 1)) == "NÄTVERKET"
    assert network.name_on(date(1990, 1, 1)) == "NÄTVERKET"
