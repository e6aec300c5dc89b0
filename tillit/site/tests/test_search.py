"""One field for everything, on every page: words in, what one may read out."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tillit.kit.search.tests.mended import wrong
from tillit.register.tests.factories import (
    OrganisationFactory,
    PersonFactory,
    PlaceFactory,
    PresenceFactory,
    RoleFactory,
)

pytestmark = pytest.mark.django_db
BAD = [
    '"', '""', "*", "NEAR(", "NEAR(a b, 2)", ":", "title_stems:a", "noun : organisation", "-a", "^a", "a AND",
    "OR", "NOT", "( a", "\\", "'", "a' & 'b", "a:*", "%", "_", "<->", "!", "|", "\0", "a\0b", "🦔", "å", "å",
    "i och på", "½", "ﷺ", "ß", "İ", "漢字", "x" * 10_000, "å " * 5_000, '"' * 1_000,
]  # fmt: skip


@pytest.fixture
def rows(db):
    it = OrganisationFactory(
        key="jouren", name="Kvinnojouren i Malmö", description="<b>Råd</b> & stöd"
    )
    PresenceFactory(organisation=it, place=PlaceFactory())
    RoleFactory(organisation=it, person=PersonFactory(name="Eva Hall"), kind="chair")
    wrong()
    return it


def groups(response):
    return {
        it["group"].kind.noun: [hit.entry.title for hit in it["hits"]]
        for it in response.context["groups"]
    }


def test_what_is_found_stands_by_kind(client, rows, most_queries):
    with most_queries():
        response = client.get("/sok/", {"q": "malmö"})
    assert groups(response) == {
        "organisation": ["Kvinnojouren i Malmö"],
        "person": ["Eva Hall"],
        "place": ["Malmö"],
    }
    text = response.content.decode()
    assert '<a href="/organisationer/jouren/">Kvinnojouren i <mark>Malmö</mark></a>' in text
    assert "3 träffar" in text


def test_it_asks_little_of_the_database_when_it_forgives_a_misspelling_too(
    cast, rows, most_queries
):
    with most_queries():
        response = cast.anonymous.get("/sok/", {"q": "kvinojouren mamlö"})
    assert "Här visas det som har <strong>Kvinnojouren Malmö</strong>" in response.content.decode()
    assert groups(response)["organisation"] == ["Kvinnojouren i Malmö"]


def test_which_words_were_left_out_is_said_with_the_way_to_others(cast, rows, most_queries):
    OrganisationFactory(name="Kören i Lund")
    wrong()
    with most_queries():
        response = cast.coordinator.get("/sok/", {"q": "kvinojour kören"})
    text = " ".join(response.content.decode().split())
    assert (
        "Inget har ”kvinojour kören”. Här visas det som har <strong>Kvinnojouren kören</strong>"
        in text
    )
    assert "De här har <strong>kören</strong>, men inte <strong>Kvinnojouren</strong>" in text
    assert 'Visa i stället: <a href="/sok/?q=Kvinnojouren">Kvinnojouren</a>' in text
    assert groups(response) == {"organisation": ["Kören i Lund"]}
    assert "1 träff" in text
    of_a_kind = client_text(cast.anonymous, q="xyzt kvinnojour malmö kören", kind="organisation")
    assert "men inte <strong>xyzt, kören</strong>" in of_a_kind
    assert "alla orden" not in client_text(cast.anonymous, q="kvinnojour malmö")


def client_text(client, **query):
    return client.get("/sok/", query).content.decode()


def test_text_by_people_stays_text(client, rows):
    text = client.get("/sok/", {"q": 'råd "stöd"'}).content.decode()
    assert "&lt;b&gt;<mark>Råd</mark>&lt;/b&gt; &amp; <mark>stöd</mark>" in text
    assert 'value="råd &quot;stöd&quot;"' in text


def test_every_page_has_the_field_and_it_keeps_the_day(client, rows):
    text = client.get("/organisationer/jouren/?on=2012-06-01").content.decode()
    assert '<form class="top__search" action="/sok/" method="get" role="search"' in text
    assert '<input type="hidden" name="on" value="2012-06-01">' in text
    assert 'action="/en/sok/"' in client.get("/en/platser/").content.decode()
    assert "top__search" not in client.get("/sok/").content.decode()  # it has its own


def test_in_english_it_leads_to_english_pages(client, rows):
    text = client.get("/en/sok/", {"q": "kvinnojour"}).content.decode()
    assert 'href="/en/organisationer/jouren/"' in text


def test_nothing_asked_for_is_told_what_can_be(client, rows):
    assert "Skriv början av ett ord" in client.get("/sok/").content.decode()


def test_nothing_found_is_said(client, rows):
    text = client.get("/sok/", {"q": "kvantfysik"}).content.decode()
    assert "Inget hittades för ”kvantfysik”" in text
    assert "ingen bokstav eller siffra" in client.get("/sok/", {"q": "*"}).content.decode()


def test_a_day_narrows_it_and_a_wrong_one_gets_words(client, db):
    OrganisationFactory(name="Bris", start="2001", end="2010")
    wrong()
    assert "tidigare" in client.get("/sok/", {"q": "bris"}).content.decode()
    assert groups(client.get("/sok/", {"q": "bris", "on": "2005-01-01"}))
    assert not client.get("/sok/", {"q": "bris", "on": "2015-01-01"}).context["found"]
    answer = client.get("/sok/", {"q": "bris", "on": "2015-02-30"})
    assert "är ingen dag" in answer.content.decode()
    assert 'value="bris"' in answer.content.decode()


def test_one_kind_goes_on_page_by_page(client, db):
    for number in range(60):
        OrganisationFactory(name=f"Bris {number:02}")
    wrong()
    first = client.get("/sok/", {"q": "bris"})
    assert [len(it["hits"]) for it in first.context["groups"]] == [5]
    seen, url = [], "/sok/?q=bris&kind=organisation"
    assert "kind=organisation" in first.content.decode()
    while url:
        page = client.get(url)
        seen += [hit.entry.title for hit in page.context["hits"]]
        following = page.context["next_query"]
        url = f"/sok/?{following}" if following else ""
    assert seen == [f"Bris {number:02}" for number in range(60)]


@pytest.mark.parametrize("after", ["60", "-1", "x", "99999999999", "1²"])
def test_a_page_that_is_not_there_gets_words(client, rows, after):
    response = client.get("/sok/", {"q": "malmö", "kind": "organisation", "after": after})
    assert response.status_code == 400
    assert "trasig" in response.content.decode()


def test_so_many_are_counted_and_no_more(client, db):
    OrganisationFactory.create_batch(205, description="Bris", sector="civil")
    wrong()
    text = client.get("/sok/", {"q": "bris"}).content.decode()
    assert "fler än 200" in text
    assert client.get("/api/v1/search", {"q": "bris"}).json()["more"]


@pytest.mark.parametrize("typed", BAD, ids=range(len(BAD)))
def test_whatever_is_typed_is_answered(client, rows, typed):
    assert client.get("/sok/", {"q": typed}).status_code == 200
    assert client.get("/sok/", {"q": typed, "kind": typed}).status_code == 200
    assert client.get("/api/v1/search", {"q": typed}).status_code == 200


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    typed=st.one_of(
        st.text(max_size=60),
        st.lists(
            st.sampled_from(
                [*"\"*():^-+{}\\'&|!<>~@", " ", "AND", "NOT", "NEAR", "malm", "ö", "kvino"]
            ),
            max_size=12,
        ).map("".join),
    )
)
def test_no_words_at_all_give_a_server_error(client, rows, typed):
    assert client.get("/sok/", {"q": typed}).status_code == 200
    assert client.get("/api/v1/search", {"q": typed}).status_code == 200


def test_machines_find_the_same(client, rows):
    answer = client.get("/api/v1/search", {"q": "malmö", "limit": 1}).json()
    assert answer["count"] == 3
    assert not answer["more"]
    (item,) = answer["items"]
    assert (item["kind"], item["key"], item["url"]) == (
        "organisation",
        "jouren",
        "/organisationer/jouren/",
    )
    assert {"text": "Malmö", "marked": True} in item["lines"][0]
    assert client.get(answer["next"]).json()["items"][0]["title"] == "Eva Hall"


def test_machines_are_told_what_was_left_out(client, rows):
    answer = client.get("/api/v1/search", {"q": "kvinnojour malmö"}).json()
    assert (answer["count"], answer["left_out"]) == (2, [])
    answer = client.get("/api/v1/search", {"q": "kvinnojour i malmö lund"}).json()
    assert (answer["count"], answer["left_out"]) == (2, ["lund"])


@pytest.mark.parametrize(
    "query", [{"limit": 0}, {"limit": 10**30}, {"after": "99"}, {"on": "igår"}]
)
def test_machines_that_ask_wrongly_get_words(client, rows, query):
    response = client.get("/api/v1/search", {"q": "malmö", **query})
    assert response.status_code == 400
    assert response.json()["detail"]


def test_a_kind_that_there_is_not_has_nothing(client, rows):
    assert client.get("/api/v1/search", {"q": "malmö", "kind": "fisk"}).json()["count"] == 0


def test_nothing_is_written_here(client, rows):
    assert client.post("/sok/", {"q": "malmö"}).status_code == 405
