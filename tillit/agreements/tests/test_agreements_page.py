"""All agreements: /overenskommelser/"""

import pytest

from tillit.agreements.tests.factories import AgreementFactory, PartyFactory, VersionFactory

pytestmark = pytest.mark.django_db
URL = "/overenskommelser/"


def test_a_regional_one_stands_within_the_national_one_that_it_builds_on(client, skane):
    [root] = client.get(URL).context["roots"]
    assert root.agreement.key == "nationella"
    assert [it.agreement.key for it in root.below] == ["skane"]


def test_on_a_day_before_its_parent_was_there_it_stands_at_the_root(client, skane):
    AgreementFactory(key="fri", title="Fri", start="2000")
    roots = client.get(URL, {"on": "2005-01-01"}).context["roots"]
    assert [it.agreement.key for it in roots] == ["fri"]


def test_it_says_how_each_stands_on_the_day(client, skane):
    def stands(day):
        [root] = client.get(URL, {"on": day}).context["roots"]
        [below] = root.below
        return below.force, below.version and below.version.label

    assert stands("2012-06-01") == ("in_force", "2010–2014")
    assert stands("2018-06-01") == ("over", None)
    assert stands("2022-06-01") == ("in_force", "Reviderad 2021")


def test_one_without_any_version_is_under_way(client):
    AgreementFactory(key="varmland", title="Värmland", start="", seen="2015")
    [root] = client.get(URL, {"on": "2015-06-01"}).context["roots"]
    assert root.force == "coming"


def test_many_of_them_cost_no_more_questions(client, skane, most_queries):
    for number in range(30):
        it = AgreementFactory(parent=skane, start="2012")
        VersionFactory(agreement=it, start="2012")
        PartyFactory(agreement=it, start=f"{2012 + number % 5}")
    with most_queries():
        assert client.get(URL).status_code == 200


def test_an_empty_one_says_so(client):
    assert "empty__title" in client.get(URL).content.decode()


def test_a_bad_day_gets_words(client, skane):
    for url in (URL, "/overenskommelser.csv", "/overenskommelser.xlsx"):
        response = client.get(url, {"on": "2012-02-30"})
        assert response.status_code == 400
        assert "2012-02-30" in response.content.decode()


def test_nobody_writes_there(client):
    assert client.post(URL).status_code == 405


def test_as_a_file(client, skane):
    response = client.get("/overenskommelser.csv", {"on": "2012-06-01"})
    lines = response.getvalue().decode().splitlines()
    assert len(lines) == 3
    assert "Överenskommelsen Skåne;Regional;Skåne län;" in lines[2]
    assert "2010–2014;Den nationella;skane" in lines[2]
    book = client.get("/overenskommelser.xlsx")
    assert book.getvalue().startswith(b"PK")
    book.close()


def test_what_another_circle_holds_is_not_there(client, skane):
    AgreementFactory(key="hemlig", title="Hemlig", private=True)
    assert "Hemlig" not in client.get(URL).content.decode()
    assert client.get("/overenskommelser/hemlig/").status_code == 404
