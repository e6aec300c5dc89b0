"""One agreement: /overenskommelser/skane/"""

import pytest

from tillit.agreements.tests.factories import AgreementFactory, PartyFactory
from tillit.register.models import Organisation

pytestmark = pytest.mark.django_db
URL = "/overenskommelser/skane/"


def test_it_says_between_whom_what_they_promised_and_how_it_goes(client, skane, most_queries):
    with most_queries():
        response = client.get(URL, {"on": "2012-06-01"})
    text = response.content.decode().replace("\u00ad", "")
    for words in (
        "Den idéburna sektorn i Skåne",
        "Region Skåne",
        "Dialog",
        "Sprida innehållet.",
        "Beakta den i budgeten.",
        "Lokala överenskommelser",
        "Den nationella",
        "2010–2014",
    ):
        assert words in text, words


def test_both_sides_stand_there_as_equals(client, skane):
    sides = client.get(URL).context["reading"].sides
    assert [(side.value, len(parties)) for side, parties in sides] == [("civil", 1), ("public", 1)]


def test_the_version_in_force_is_that_of_the_day(client, skane):
    def in_force(day):
        found = client.get(URL, {"on": day}).context["reading"].in_force
        return found and found.label

    assert in_force("2010-06-28") is None
    assert in_force("2010-06-29") == "2010–2014"
    assert in_force("2014-12-31") == "2010–2014"
    assert in_force("2018-01-01") is None
    assert in_force("2022-01-01") == "Reviderad 2021"


def test_where_the_text_in_force_is_not_known_it_says_so_and_tells_what_is_known(client, skane):
    response = client.get(URL, {"on": "2022-01-01"})
    assert response.context["reading"].is_told_by_another
    assert response.context["reading"].told.label == "2010–2014"
    assert "finns inte i källorna" in response.content.decode()


def test_one_without_anything_says_what_is_not_known(client):
    AgreementFactory(key="varmland", title="Värmland", start="", seen="2015")
    text = client.get("/overenskommelser/varmland/", {"on": "2015-06-01"}).content.decode()
    assert text.count("Ingen part på den här sidan är känd.") == 2
    assert "Ingen version av den är känd" in text


def test_a_party_that_one_may_not_read_is_not_told(client, skane):
    PartyFactory(
        agreement=skane,
        organisation__name="Den dolda",
        organisation__circle="organisation:dold",
    )
    assert "Den dolda" not in client.get(URL).content.decode()


def test_a_place_tells_what_is_agreed_there(client, skane):
    assert 'href="/overenskommelser/skane/"' in client.get("/platser/12/").content.decode()


def test_the_timeline_tells_the_signing_once_for_both_sides(client, skane):
    text = client.get("/tidslinje/").content.decode()
    assert text.count("Undertecknade") == 1
    assert "moment--joint" in text
    assert Organisation.objects.get(key="natverket").name in text


def test_a_bad_day_another_method_and_an_unknown_key_are_refused(client, skane):
    assert client.get(URL, {"on": "i går"}).status_code == 400
    assert client.post(URL).status_code == 405
    assert client.get("/overenskommelser/blekinge/").status_code == 404
