"""All agreements in three views of the same: /overenskommelser/?visa=lista"""

import pytest

from tillit.agreements.tests.factories import (
    AdherenceFactory,
    AgreementFactory,
    PartyFactory,
    VersionFactory,
)
from tillit.register.models import Organisation
from tillit.register.tests.factories import OrganisationFactory, PlaceFactory

pytestmark = pytest.mark.django_db
URL = "/overenskommelser/"


def keys(client, **asked):
    rows = client.get(URL, {"visa": "lista", **asked}).context["listing"].slice.rows
    return [row.key for row in rows]


def test_the_list_is_narrowed_by_level_county_and_how_it_stands(client, skane):
    AgreementFactory(key="malmo", level="local", place=PlaceFactory(), start="2017")
    assert keys(client) == ["nationella", "malmo", "skane"]
    assert keys(client, level="local") == ["malmo"]
    assert keys(client, county="12") == ["malmo", "skane"]
    assert keys(client, force="in_force") == ["skane"]
    assert keys(client, force="coming") == ["nationella", "malmo"]
    for wrong in ({"level": "x"}, {"county": "99"}, {"force": "x"}, {"part": "finns-inte"}):
        assert client.get(URL, {"visa": "lista", **wrong}).status_code == 400


def test_what_is_narrowed_is_a_list_if_nothing_else_is_said(client, skane):
    assert "listing" in client.get(URL, {"level": "regional"}).context
    assert "roots" in client.get(URL).context
    assert "places" in client.get(URL, {"visa": "karta"}).context


def test_it_tells_what_an_organisation_is_to_each(client, skane, most_queries):
    region = Organisation.objects.get(key="region-skane")
    other = AgreementFactory(key="malmo", level="local", start="2017")
    AdherenceFactory(agreement=other, organisation=region, start="2018-01-01")
    with most_queries():
        text = client.get(URL, {"part": "region-skane"}).content.decode().replace("\u00ad", "")
    assert keys(client, part="region-skane") == ["malmo", "skane"]
    assert "part, från 29 jun 2010" in text
    assert "ansluten, från 1 jan 2018" in text
    assert keys(client, part="natverket") == ["skane"]


def test_a_party_that_one_may_not_read_narrows_nothing(client, skane):
    hidden = OrganisationFactory(key="dold", circle="organisation:dold")
    PartyFactory(agreement=skane, organisation=hidden)
    assert client.get(URL, {"part": "dold"}).status_code == 400


@pytest.mark.parametrize("view", ["trad", "lista", "karta"])
def test_each_view_costs_no_more_however_many_there_are(client, skane, most_queries, view):
    for number in range(30):
        it = AgreementFactory(parent=skane, place=PlaceFactory(), level="local", start="2012")
        VersionFactory(agreement=it, start="2012")
        PartyFactory(agreement=it, start=f"{2012 + number % 5}")
    with most_queries():
        assert client.get(URL, {"visa": view, "county": "12"}).status_code == 200


def test_the_map_tells_by_county_and_by_municipality_how_it_stands(client, skane):
    place = PlaceFactory()
    AgreementFactory(key="malmo", level="local", place=place, start="2017")
    found = client.get(URL, {"visa": "karta", "on": "2022-06-01"})
    assert found.context["county"] == ""
    [county] = [it for it in found.context["places"] if it.place.code == "12"]
    assert (county.look.name, county.below) == ("in-force", 1)
    shape = next(it for it in found.context["map"].shapes if it.name == "Skåne län")
    assert (shape.look.name, shape.label) == ("in-force", "✓")
    below = client.get(URL, {"visa": "karta", "on": "2022-06-01", "county": "12"})
    [row] = below.context["places"]
    assert (row.place.code, row.look.name, row.look.is_hatched) == ("1280", "coming", True)
    assert "Skåne län" in below.content.decode()


def test_where_there_is_none_it_says_so_in_words(client, skane):
    PlaceFactory(code="10", kind="county", name="Blekinge län", parent_id="SE")
    text = client.get(URL, {"visa": "karta"}).content.decode()
    assert "Ingen känd här" in text


def test_the_files_are_narrowed_as_the_page_is(client, skane):
    lines = client.get("/overenskommelser.csv", {"level": "regional"}).getvalue().decode()
    assert len(lines.splitlines()) == 2
    assert client.get("/overenskommelser.csv", {"county": "99"}).status_code == 400
