"""Who has joined an agreement: /overenskommelser/skane/anslutna/"""

import pytest

from tillit.agreements.tests.acting import acts_for
from tillit.agreements.tests.factories import AdherenceFactory, AgreementFactory
from tillit.kit.models import StatedFigure
from tillit.register.models import Organisation
from tillit.register.tests.factories import NameFactory, OrganisationFactory, PresenceFactory

pytestmark = pytest.mark.django_db
URL = "/overenskommelser/skane/anslutna/"


def joined(skane, name, start="2015-01-01", end="", **more):
    it = OrganisationFactory(name=name, **more)
    return AdherenceFactory(agreement=skane, organisation=it, start=start, end=end)


def named(client, **asked):
    rows = client.get(URL, asked).context["listing"].rows
    return [str(cells[0].value) for cells in rows]


def test_the_list_is_that_of_the_day(client, skane, most_queries):
    joined(skane, "Alfa", "2015-01-01", "2016-06-30")
    joined(skane, "Beta", "2016-01-01")
    with most_queries():
        assert named(client, on="2016-06-30") == ["Alfa", "Beta"]
    assert named(client, on="2016-07-01") == ["Beta"]
    assert named(client, on="2014-12-31") == []


def test_it_is_narrowed_by_name_side_form_and_place(client, skane):
    PresenceFactory(organisation=joined(skane, "Åhus byalag", form="association").organisation)
    joined(skane, "Lunds kommun", sector="public", form="municipality")
    assert named(client, q="ahus") == ["Åhus byalag"]
    assert named(client, side="public") == ["Lunds kommun"]
    assert named(client, form="association") == ["Åhus byalag"]
    assert named(client, place="12") == ["Åhus byalag"]
    for wrong in ({"place": "99"}, {"side": "x"}, {"on": "i går"}):
        assert client.get(URL, wrong).status_code == 400


def test_many_of_them_cost_no_more_questions_and_go_on_page_by_page(client, skane, most_queries):
    for number in range(120):
        joined(skane, f"Förening {number:03}")
    with most_queries():
        first = client.get(URL)
    assert len(first.context["listing"].rows) == 100
    again = client.get(f"{URL}?{first.context['listing'].next_query}")
    assert len(again.context["listing"].rows) == 20


def test_a_figure_stands_beside_the_rows_where_they_differ(client, skane):
    figure = StatedFigure.objects.create(
        key="sjuttioett",
        about=skane.subject,
        measure="organisations",
        as_written="71 organisationer",
        looseness="exactly",
        low=71,
        seen="2015-01",
    )
    joined(skane, "Alfa")
    text = client.get(URL, {"on": "2015-06-01"}).content.decode()
    assert "71 organisationer" in text
    assert "1 organisation står här som ansluten" in text
    figure.low = 1
    figure.save()
    assert "71 organisationer" not in client.get(URL, {"on": "2015-06-01"}).content.decode()


def test_the_agreement_and_each_organisation_tell_of_it(client, skane):
    row = joined(skane, "Alfa")
    assert (
        "1 organisation har anslutit sig" in client.get("/overenskommelser/skane/").content.decode()
    )
    page = client.get(row.organisation.get_absolute_url()).content.decode()
    assert "Har anslutit sig till 1 överenskommelse." in page
    assert f"/overenskommelser/?part={row.organisation.key}" in page


def test_the_page_of_an_organisation_asks_no_more_than_before(client, skane, most_queries):
    with most_queries():
        client.get("/organisationer/natverket/")


def test_as_files(client, skane):
    joined(skane, "Alfa")
    lines = client.get(f"{URL[:-1]}.csv").getvalue().decode().splitlines()
    assert lines[1].startswith("Alfa;")
    book = client.get(f"{URL[:-1]}.xlsx")
    assert book.getvalue().startswith(b"PK")
    book.close()


def test_one_that_may_not_be_read_is_not_told(client, skane):
    it = OrganisationFactory(name="Den dolda", circle="organisation:dold")
    AdherenceFactory(agreement=skane, organisation=it)
    assert named(client) == []
    assert client.get("/api/v1/agreements/skane/adherents").json()["count"] == 0


def test_the_api_tells_the_same(client, skane, most_queries):
    joined(skane, "Alfa", "2015-01-01", "2016-06-30")
    joined(skane, "Beta", "2016-01-01")
    url = "/api/v1/agreements/skane/adherents"
    with most_queries():
        answer = client.get(url, {"on": "2016-03-01", "limit": 1}).json()
    assert (answer["count"], [it["name"] for it in answer["items"]]) == (2, ["Alfa"])
    assert [it["name"] for it in client.get(answer["next"]).json()["items"]] == ["Beta"]
    assert client.get(url.replace("skane", "blekinge")).status_code == 404


def test_the_timeline_tells_those_of_a_day_together(client, skane):
    joined(skane, "Alfa")
    joined(skane, "Beta")
    text = client.get("/tidslinje/").content.decode()
    assert "2 organisationer" in text
    assert "Anslutna" in text


def test_another_method_and_an_unknown_agreement_are_refused(client, skane):
    AgreementFactory(key="hemlig", private=True)
    assert client.post(URL).status_code == 405
    for key in ("hemlig", "blekinge"):
        assert client.get(f"/overenskommelser/{key}/anslutna/").status_code == 404


def test_who_may_is_shown_the_way_to_join_and_leave(cast, skane):
    joined(skane, "Alfa")
    assert "anslutna/ny/" not in cast.outsider.get(URL).content.decode()
    assert "?som=foreningen" in cast.member.get(URL).content.decode()
    acts_for("natverket")
    text = cast.member.get(URL).content.decode()
    assert "För in det som kom på papper" in text
    assert "/uttrade/" in text


def test_a_later_name_is_not_told_of_an_earlier_day(client, skane):
    it = OrganisationFactory(name="Nya namnet", named=True)
    NameFactory(organisation=it, name="Gamla namnet", start="2010", end="2016")
    NameFactory(organisation=it, name="Nya namnet", start="2017", end="..")
    AdherenceFactory(agreement=skane, organisation=it)
    assert named(client, on="2016-12-31") == ["Gamla namnet"]
    assert named(client, on="2017-01-01") == ["Nya namnet"]
    assert Organisation.objects.get(pk=it.pk).name == "Nya namnet"
