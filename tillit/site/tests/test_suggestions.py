"""The options that open below the field for everything: a part of a page, quick and kept by nobody."""

import pytest

from tillit.kit.search.asking import LONGEST
from tillit.kit.search.tests.mended import wrong
from tillit.register.tests.factories import OrganisationFactory, PlaceFactory, PresenceFactory
from tillit.site.tests.test_search import BAD

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(db):
    it = OrganisationFactory(key="koren", name="Kören <i> Malmö", form="association")
    PresenceFactory(organisation=it, place=PlaceFactory())
    wrong()
    return it


def options(client, path="/sok/forslag/", **query):
    response = client.get(path, query)
    assert response.status_code == 200
    return response.content.decode()


def test_each_leads_to_its_page_and_the_last_to_the_search(client, rows):
    text = options(client, q="kör")
    assert text.count('role="option"') == 2
    assert 'data-url="/organisationer/koren/"' in text
    assert "<mark>Kören</mark> &lt;i&gt; Malmö" in text
    assert "Ideell förening · Malmö" in text
    assert 'data-url="/sok/?q=k%C3%B6r" data-said="1 förslag">Sök efter ”kör”' in text
    assert "<html" not in text


def test_they_keep_the_day_and_the_language(client, rows):
    text = options(client, "/en/sok/forslag/", q="kör", on="2024-01-01")
    assert 'data-url="/en/organisationer/koren/?on=2024-01-01"' in text
    assert 'data-url="/en/sok/?q=k%C3%B6r&amp;on=2024-01-01"' in text
    assert "Search for “kör”" in text
    answer = client.get("/sok/forslag/", {"q": "kör", "on": "2024-02-30"})
    assert answer.status_code == 400
    assert "Det finns ingen sådan dag" in answer.content.decode()


def test_who_listens_is_told_that_nothing_is_called_so(client, rows):
    assert 'data-said="Inget heter så. 1 förslag"' in options(client, q="körne")
    assert 'data-said="0 förslag"' in options(client, q="kvantfysik")


def test_it_asks_little_of_the_database(cast, rows, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        options(cast.anonymous, q="körne")
    with django_assert_max_num_queries(10):
        options(cast.coordinator, q="körne")


def test_what_somebody_reads_who_has_signed_in_is_kept_nowhere(cast, rows):
    query = {"q": "kör"}
    member = cast.member.get("/sok/forslag/", query)
    assert member.headers["Cache-Control"] == "private, no-store"
    anonymous = cast.anonymous.get("/sok/forslag/", query)
    assert anonymous.headers["Cache-Control"] == "private, max-age=60"
    assert "Cookie" in anonymous.headers["Vary"]


def test_of_one_kind_they_are_values_and_lead_nowhere(client, rows):
    text = options(client, q="kör", kind="organisation")
    assert 'data-value="Kören &lt;i&gt; Malmö" data-said="1 förslag"' in text
    assert "data-url" not in text
    assert 'role="option"' not in options(client, q="malmö", kind="person")
    for unknown in ("finns-inte", "\0"):
        assert "data-url" in options(client, q="kör", kind=unknown)


@pytest.mark.parametrize("typed", BAD, ids=range(len(BAD)))
def test_whatever_is_typed_is_answered(client, rows, typed):
    assert len(options(client, q=typed)) < 20 * LONGEST


def test_the_field_knows_where_to_ask(client, rows):
    for path in ("/platser/", "/sok/"):
        text = client.get(path).content.decode()
        assert text.count('data-suggest="/sok/forslag/"') == 1
        assert text.count("kit/js/suggest.js") == 1
