"""The API: /api/v1/"""

import pytest

from tillit.kit.models import Citation, Source, StatedFigure
from tillit.register.tests.factories import (
    IdentifierFactory,
    MembershipFactory,
    OrganisationFactory,
    PlaceFactory,
    PresenceFactory,
    RoleFactory,
)

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/"


@pytest.fixture
def umbrella():
    it = OrganisationFactory(key="natverket", name="NÄTVERKET")
    for number in range(3):
        MembershipFactory(
            umbrella=it, start="[2006..2011-12-31]" if number else "2012", seen="2012-12-31"
        )
    StatedFigure.objects.create(
        key="sixty",
        about=it.subject,
        measure="members",
        as_written="60 regionala idéburna aktörer",
        looseness="exactly",
        low=60,
        seen="2025",
    )
    source = Source.objects.create(key="s3", title="IOP")
    Citation.objects.create(
        source=source, subject="statedfigure:sixty", first_line=95, last_line=97
    )
    return it


@pytest.mark.parametrize(
    ("day", "count", "assumed", "stated"),
    [
        ("2012-12-31", 3, 0, []),
        ("2011-12-31", 2, 0, []),
        ("2025-06-01", 3, 3, ["60 regionala idéburna aktörer"]),
    ],
)
def test_members_on_a_day_are_counted_and_what_is_assumed_is_said(
    client, umbrella, day, count, assumed, stated
):
    answer = client.get(ROOT + "organisations", {"member_of": "natverket", "on": day}).json()
    assert (answer["on"], answer["count"], answer["assumed"]) == (day, count, assumed)
    assert [figure["as_written"] for figure in answer["stated"]] == stated


def test_a_stated_figure_brings_its_lines(client, umbrella):
    answer = client.get(
        ROOT + "organisations", {"member_of": "natverket", "on": "2025-06-01"}
    ).json()
    assert answer["stated"][0]["sources"][0] | {"note": ""} == {
        "source": "s3",
        "title": "IOP",
        "lines": "95–97",
        "field": "",
        "says": "",
        "contradicts": False,
        "note": "",
    }


def test_one_organisation_has_all_its_rows(client, umbrella):
    IdentifierFactory(organisation=umbrella, value="232100–0205")
    PresenceFactory(organisation=umbrella)
    RoleFactory(organisation=umbrella, share="0.8", start="2012-01-01", end="2012-12-31")
    answer = client.get(ROOT + "organisations/natverket", {"on": "2012-06-01"}).json()
    assert answer["numbers"][0]["value"] == "232100–0205"
    assert not answer["numbers"][0]["holds"]
    assert answer["roles"][0]["share"] == 0.8
    assert answer["roles"][0]["period"]["standing"] == "known"
    assert answer["places"][0]["place"] == "1280"


def test_a_list_goes_on_where_the_page_before_ended(client):
    for number in range(5):
        OrganisationFactory(name=f"Org {number}")
    names, address = [], ROOT + "organisations?limit=2"
    while address:
        answer = client.get(address).json()
        names += [item["name"] for item in answer["items"]]
        address = answer["next"]
    assert names == [f"Org {number}" for number in range(5)]


def test_places_and_memberships_are_listed(client, umbrella):
    PlaceFactory()
    assert client.get(ROOT + "places", {"parent": "12"}).json()["items"][0]["name"] == "Malmö"
    answer = client.get(ROOT + "memberships", {"umbrella": "natverket", "on": "2012-12-31"}).json()
    assert answer["count"] == 3


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("organisations", {"on": "2012-02-30"}, 400),
        ("organisations", {"on": "2104-01-01"}, 400),
        ("organisations", {"place": "9999"}, 400),
        ("organisations", {"member_of": "nobody"}, 400),
        ("organisations", {"limit": "0"}, 400),
        ("organisations", {"limit": "999999999999999999999"}, 400),
        ("organisations", {"after": "rubbish"}, 400),
        ("organisations", {"q": "a\0"}, 400),
        ("organisations/nobody", {}, 404),
        ("organisations/nobody", {"on": "x"}, 400),
        ("memberships", {"umbrella": "nobody"}, 404),
        ("memberships", {"on": "igår"}, 400),
        ("places", {"parent": "9999"}, 404),
    ],
)
def test_bad_input_is_a_problem_in_words(client, path, query, status):
    response = client.get(ROOT + path, query)
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == status


def test_it_is_told_on_a_page_of_its_own(client):
    response = client.get("/api/")
    assert response.status_code == 200
    assert {operation.path for operation in response.context["operations"]} > {
        ROOT + "organisations",
        ROOT + "organisations/{key}",
        ROOT + "places",
        ROOT + "memberships",
        ROOT + "search",
    }


def test_its_document_is_openapi_3_1(client):
    assert client.get(ROOT + "openapi.json").json()["openapi"].startswith("3.1")
