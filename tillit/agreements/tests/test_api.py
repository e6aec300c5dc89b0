"""Agreements for machines."""

import pytest

from tillit.agreements.tests.factories import AgreementFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/agreements"


def test_the_list_tells_parties_and_how_each_stands_on_the_day(client, skane, most_queries):
    with most_queries():
        answer = client.get(URL, {"on": "2012-06-01", "level": "regional"}).json()
    [it] = answer["items"]
    assert (it["key"], it["builds_on"], it["force"], it["version"]) == (
        "skane",
        "nationella",
        "in_force",
        "skane.2010",
    )
    assert [(party["side"], party["organisation"]) for party in it["parties"]] == [
        ("civil", "natverket"),
        ("public", "region-skane"),
    ]
    assert client.get(URL, {"level": "galactic"}).json()["count"] == 0
    assert client.get(URL, {"place": "12"}).json()["count"] == 1


def test_the_list_goes_on_page_by_page(client, skane):
    first = client.get(URL, {"limit": 1}).json()
    assert (len(first["items"]), first["count"]) == (1, 2)
    assert len(client.get(first["next"]).json()["items"]) == 1


def test_the_versions_with_their_text(client, skane, most_queries):
    with most_queries():
        answer = client.get(f"{URL}/skane/versions", {"on": "2022-01-01"}).json()
    first, later = answer["items"]
    assert (first["has_text"], first["force"]) == (True, "over")
    assert (later["has_text"], later["force"]) == (False, "in_force")
    assert [it["number"] for it in first["sections"]] == ["1", "2", "2.1"]
    assert {it["side"] for it in first["commitments"]} == {"civil", "public"}


def test_the_measures_in_order_with_what_came_of_each(client, skane, most_queries):
    with most_queries():
        answer = client.get(f"{URL}/skane/measures").json()
    assert [it["number"] for it in answer["items"]] == [1, 2]
    [told] = answer["items"][0]["follow_ups"]
    assert (told["year"], told["side"]) == (2012, "civil")


def test_what_is_not_there_or_of_another_circle_is_not_found(client, skane):
    AgreementFactory(key="hemlig", private=True)
    for part in ("versions", "measures"):
        assert client.get(f"{URL}/blekinge/{part}").status_code == 404
        assert client.get(f"{URL}/hemlig/{part}").status_code == 404
    assert client.get(URL, {"on": "2012-02-30"}).status_code == 400
    assert client.post(URL).status_code == 405
