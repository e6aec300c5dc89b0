"""Units, persons, places, members and figures: each works, and refuses what it should."""

import pytest

from tillit.kit.models import Citation, Source, StatedFigure
from tillit.register.tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    PlaceFactory,
    PresenceFactory,
    RoleFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db
PAGES = {
    "units": "/organisationer/regionen-x/enheter/",
    "unit": "/organisationer/regionen-x/enheter/namnden/",
    "persons": "/personer/",
    "person": "/personer/eva/",
    "country": "/platser/",
    "county": "/platser/12/",
    "municipality": "/platser/1280/",
    "members": "/organisationer/regionen-x/medlemmar/",
    "figures": "/siffror/",
}


@pytest.fixture(autouse=True)
def region(db):
    it = OrganisationFactory(key="regionen-x", name="Regionen", sector="public", form="region")
    unit = UnitFactory(
        organisation=it, key="regionen-x.namnden", name="Kulturnämnden", kind="committee"
    )
    UnitFactory(organisation=it, name="Beredningen", parent=unit, start="2012", end="2013")
    RoleFactory(
        organisation=it,
        unit=unit,
        person=PersonFactory(key="eva", name="Eva Hall"),
        kind="chair",
        party="MP",
        start="2012-01-01",
        end="2012-12-31",
        represents=OrganisationFactory(),
    )
    PresenceFactory(organisation=it, place=PlaceFactory())
    for _number in range(3):
        MembershipFactory(umbrella=it, start="2012", seen="2012-12-31")
    StatedFigure.objects.create(
        key="figure",
        about=it.subject,
        measure="members",
        as_written="60 regionala aktörer",
        looseness="exactly",
        low=60,
        seen="2025",
    )
    return it


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
@pytest.mark.parametrize("who", ["coordinator", "anonymous"])
def test_it_works_within_twelve_questions(cast, most_queries, page, who):
    getattr(cast, who).get("/personer/")  # the first page of a session writes the session too
    with most_queries():
        assert getattr(cast, who).get(page).status_code == 200
    assert getattr(cast, who).get("/en" + page, {"on": "2012-06-01"}).status_code == 200


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
def test_it_refuses_other_methods(client, page):
    for method in (client.post, client.put, client.delete):
        assert method(page).status_code == 405


@pytest.mark.parametrize("page", [url for name, url in PAGES.items() if name != "persons"])
@pytest.mark.parametrize("day", ["2012-02-30", "2104-01-01", "x"])
def test_it_refuses_a_day_that_is_none(client, page, day):
    assert client.get(page, {"on": day}).status_code == 400


@pytest.mark.parametrize(
    "page",
    [
        "/organisationer/regionen-x/enheter/finns-inte/",
        "/organisationer/finns-inte/enheter/",
        "/personer/finns-inte/",
        "/platser/9999/",
        "/platser/99/",
        "/platser/se/",
        "/organisationer/finns-inte/medlemmar/",
    ],
)
def test_what_is_not_there_is_404(client, page):
    assert client.get(page).status_code == 404


def test_a_unit_shows_who_sat_there_on_the_day(client):
    assert [
        str(role.person)
        for role in client.get(PAGES["unit"], {"on": "2012-06-01"}).context["roles"]
    ] == ["Eva Hall"]
    assert client.get(PAGES["unit"], {"on": "2013-06-01"}).context["roles"] == []


def test_a_unit_that_is_no_more_is_history(client):
    response = client.get(PAGES["units"], {"on": "2020-01-01"})
    assert [unit.name for unit in response.context["units"]] == ["Kulturnämnden"]
    assert [unit.name for unit in response.context["other_units"]] == ["Beredningen"]


def test_a_party_stands_beside_the_elected_role(client):
    assert "(MP)" in client.get(PAGES["person"]).content.decode()


def test_a_place_counts_who_is_there(client):
    response = client.get(PAGES["county"])
    assert response.context["count"] == 1
    assert {row.place.code: row.count for row in response.context["rows"]}["1280"] == 1


def test_members_are_told_year_by_year(client):
    years = {year.year: year for year in client.get(PAGES["members"]).context["years"]}
    assert (years[2012].joined, years[2012].members, years[2012].assumed) == (3, 3, 0)
    last = years[max(years)]
    assert (last.joined, last.members, last.assumed) == (0, 3, 3)
    assert 2020 not in years


def test_members_on_a_day_as_a_file(client):
    text = b"".join(
        client.get("/organisationer/regionen-x/medlemmar.csv?on=2012-12-31").streaming_content
    ).decode()
    assert len(text.splitlines()) == 4


def test_a_stated_figure_stands_as_the_document_writes_it(client):
    assert "60 regionala aktörer" in client.get(PAGES["figures"]).content.decode()
    assert (
        "60 regionala aktörer"
        in client.get(PAGES["members"], {"on": "2025-06-01"}).content.decode()
    )


def test_each_figure_leads_to_its_rows(client):
    for division in client.get(PAGES["figures"]).context["divisions"]:
        for share in division.shares:
            if share.url:
                assert client.get(share.url).context["listing"].slice.count == share.count


def test_a_person_is_found_by_name_without_its_accents(client):
    PersonFactory(key="utan-roll", name="Utan Roll")
    rows = client.get("/personer/", {"q": "eva hall"}).context["listing"].slice.rows
    assert [row.name for row in rows] == ["Eva Hall"]
    assert client.get("/personer/", {"q": "utan"}).context["listing"].slice.count == 0
    assert client.get("/personer/", {"q": "x" * 101}).status_code == 400


def test_the_table_of_counties_counts_as_the_county_and_the_list_do(client):
    PresenceFactory(place=PlaceFactory(code="12"))
    counties = {row.place.code: row.count for row in client.get("/platser/").context["rows"]}
    assert counties["12"] == client.get("/platser/12/").context["count"] == 2
    assert client.get("/organisationer/", {"place": "12"}).context["listing"].slice.count == 2


def test_an_organisation_is_not_shown_before_its_time(client):
    OrganisationFactory(key="ny", name="Nya föreningen", start="2020", end="..")
    text = client.get("/organisationer/ny/", {"on": "2012-01-01"}).content.decode()
    assert "empty__title" in text
    assert (
        client.get("/organisationer/", {"on": "2012-01-01", "q": "nya"})
        .context["listing"]
        .slice.count
        == 0
    )


def test_many_members_with_sources_ask_no_more_of_the_database(client, region, most_queries):
    source = Source.objects.create(key="s0", title="Verksamhetsberättelse")
    for _number in range(20):
        row = MembershipFactory(umbrella=region, start="2012", seen="2012-12-31")
        Citation.objects.create(source=source, subject=row.subject, first_line=72, last_line=72)
    with most_queries():
        assert "Verksamhetsberättelse" in client.get(PAGES["members"]).content.decode()
