"""The list of organisations: /organisationer/"""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from tillit.register.tests.factories import (
    IdentifierFactory,
    MembershipFactory,
    NameFactory,
    OrganisationFactory,
    PlaceFactory,
    PresenceFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db
URL = "/organisationer/"


@pytest.fixture
def network():
    umbrella = OrganisationFactory(key="natverket", name="NÄTVERKET", named=True)
    NameFactory(organisation=umbrella, key="new", name="NÄTVERKET", start="2014", end="..")
    NameFactory(
        organisation=umbrella,
        key="old",
        name="Nätverk Social Ekonomi Skåne",
        start="2006",
        end="2013",
    )
    NameFactory(organisation=umbrella, key="typo", kind="misspelling", name="NÅTVERKET")
    IdentifierFactory(organisation=umbrella, value="802435–6498")
    PresenceFactory(organisation=umbrella, place=PlaceFactory())
    return umbrella


def names(response):
    return [row[0].value for row in response.context["listing"].rows]


def test_it_lists_organisations_in_swedish_order(client):
    for name in ("Örebro", "Alfa", "Åhus"):
        OrganisationFactory(key=name.translate(str.maketrans("ÖÅ", "OA")).lower(), name=name)
    response = client.get(URL)
    assert response.status_code == 200
    assert names(response) == ["Alfa", "Åhus", "Örebro"]


@pytest.mark.parametrize(
    "text",
    [
        "nätverket",
        "natverket",
        "NÅTVERKET",
        "social ekonomi",
        "802435",
        "802435-6498",
        "8024356498",
    ],
)
def test_a_former_name_a_misspelling_and_a_number_find_it(client, network, text):
    OrganisationFactory(name="Något annat")
    assert names(client.get(URL, {"q": text})) == ["NÄTVERKET"]


def test_it_is_called_what_it_was_called_on_the_day(client, network):
    assert names(client.get(URL, {"on": "2012-12-31"})) == ["Nätverk Social Ekonomi Skåne"]


def test_sector_form_level_place_and_theme_narrow_it(client, network):
    other = OrganisationFactory(name="Region", sector="public", form="region", level="regional")
    other.topics.add(TopicFactory(key="halsa"))
    for query in (
        {"sector": "public"},
        {"form": "region"},
        {"level": "regional"},
        {"theme": "halsa"},
    ):
        assert names(client.get(URL, query)) == ["Region"], query
    for code in ("1280", "12", "SE"):
        assert names(client.get(URL, {"place": code})) == ["NÄTVERKET"]


def test_members_on_a_day_are_told_with_what_is_assumed(client, network):
    old, new = OrganisationFactory(name="Gammal"), OrganisationFactory(name="Ny")
    MembershipFactory(umbrella=network, member=old, start="[2006..2011-12-31]", seen="2012-12-31")
    MembershipFactory(umbrella=network, member=new, start="2012", seen="2012-12-31")
    assert names(client.get(URL, {"member_of": "natverket", "on": "2011-12-31"})) == ["Gammal"]
    response = client.get(URL, {"member_of": "natverket", "on": "2025-06-01"})
    assert names(response) == ["Gammal", "Ny"]
    assert response.context["members"].assumed == 2


@pytest.mark.parametrize(
    "query",
    [
        {"on": "2012-02-30"},
        {"on": "2104-01-01"},
        {"sector": "x"},
        {"place": "9999"},
        {"member_of": "nobody"},
        {"q": "x" * 101},
        {"q": "a\0b"},
        {"theme": "<b>"},
        {"after": "rubbish"},
    ],
)
def test_bad_input_is_answered_with_words_and_never_a_500(client, network, query):
    response = client.get(URL, query)
    assert response.status_code == 400
    if "after" not in query:
        assert client.get(URL[:-1] + ".csv", query).status_code == 400


def test_what_was_typed_is_kept(client):
    response = client.get(URL, {"on": "2012-02-30", "q": "<b>åäö"})
    text = response.content.decode()
    assert 'value="2012-02-30"' in text
    assert "&lt;b&gt;åäö" in text
    assert "<b>åäö" not in text


def test_csv_and_xlsx_have_the_same_rows(client, network):
    OrganisationFactory(name="=SUM(A1)")
    text = b"".join(client.get("/organisationer.csv").streaming_content).decode("utf-8-sig")
    assert [line.split(";")[0] for line in text.splitlines()][1:] == ["NÄTVERKET", "'=SUM(A1)"]
    response = client.get("/organisationer.xlsx")
    sheet = load_workbook(BytesIO(b"".join(response.streaming_content))).active
    response.close()
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert [(cell.value, cell.data_type) for cell in cells] == [
        ("NÄTVERKET", "s"),
        ("=SUM(A1)", "s"),
    ]


def test_it_asks_the_database_at_most_twelve_times(cast, most_queries):
    for number in range(60):
        it = OrganisationFactory(name=f"Organisation {number}")
        PresenceFactory(organisation=it)
    cast.coordinator.get("/platser/")  # the first page of a session writes the session too
    with most_queries():
        cast.coordinator.get(URL, {"place": "1280", "q": "org"})
    MembershipFactory(umbrella=OrganisationFactory(key="paraply"))
    with most_queries():
        cast.coordinator.get(URL, {"member_of": "paraply", "on": "2012-12-31"})


def test_it_refuses_other_methods(client):
    assert client.post(URL).status_code == 405


def test_an_empty_list_says_what_to_do(client):
    assert client.get(URL).status_code == 200
    assert client.get(URL, {"q": "finns inte"}).status_code == 200
