"""All records: /handlingar/"""

import pytest

from tillit.records.tests.factories import CaseNumberFactory, RecordFactory
from tillit.register.tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
URL = "/handlingar/"


def titles(client, **asked):
    rows = client.get(URL, asked).context["listing"].slice.rows
    return [row.title for row in rows]


@pytest.fixture
def three():
    it = OrganisationFactory(key="natverket", name="NÄTVERKET")
    RecordFactory(title="Årsberättelse", kind="report", dated="2013-05-02", keeper=it, state="sent")
    agreement = RecordFactory(title="Överenskommelse", dated="2010-06-29", state="established")
    CaseNumberFactory(record=agreement, number="Ks1216/2018")
    RecordFactory(title="Odaterad", kind="letter", dated="")


def test_the_latest_comes_first_and_what_has_no_day_last(client, three):
    assert titles(client) == ["Årsberättelse", "Överenskommelse", "Odaterad"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"kind": "report"}, ["Årsberättelse"]),
        ({"keeper": "natverket"}, ["Årsberättelse"]),
        ({"state": "established"}, ["Överenskommelse"]),
        ({"year": "2010"}, ["Överenskommelse"]),
        ({"q": "ÖVERENS"}, ["Överenskommelse"]),
        ({"q": "ks1216"}, ["Överenskommelse"]),
        ({"q": "!!"}, []),
    ],
)
def test_it_is_narrowed(client, three, asked, expected):
    assert titles(client, **asked) == expected


@pytest.mark.parametrize(
    "asked", [{"year": "tolv"}, {"kind": "x"}, {"keeper": "x"}, {"after": "x"}]
)
def test_what_can_not_be_asked_gets_words(client, three, asked):
    response = client.get(URL, asked)
    assert response.status_code == 400


def test_a_page_at_a_time_in_few_questions(client, most_queries):
    keeper = OrganisationFactory()
    for number in range(60):
        CaseNumberFactory(record=RecordFactory(keeper=keeper, dated=f"{1950 + number}"))
    with most_queries():
        first = client.get(URL).context["listing"]
    assert (len(first.slice.rows), first.slice.count) == (50, 60)
    rest = client.get(f"{URL}?{first.next_query}").context["listing"].slice.rows
    assert rest[-1].dated == "1950"


def test_as_files(client, three):
    lines = client.get("/handlingar.csv", {"year": "2010"}).getvalue().decode().splitlines()
    assert "Överenskommelse;Överenskommelse;29 jun 2010;Upprättad;" in lines[1]
    assert "Ks1216/2018" in lines[1]
    book = client.get("/handlingar.xlsx")
    assert book.getvalue().startswith(b"PK")
    book.close()


def test_what_is_of_another_circle_is_not_there(cast, three):
    hidden = RecordFactory(title="Hemlig", circle="organisation:regionen")
    assert "Hemlig" not in titles(cast.coordinator)
    assert cast.anonymous.get(f"/handlingar/{hidden.key}/").status_code == 404
    assert "Hemlig" in titles(cast.official)


def test_an_empty_one_says_so_and_nobody_writes_there(client):
    assert "empty__title" in client.get(URL).content.decode()
    assert client.post(URL).status_code == 405
