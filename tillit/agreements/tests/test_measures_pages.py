"""The measures: /overenskommelser/skane/atgarder/ and one of them."""

import pytest

from tillit.agreements.models import Measure
from tillit.agreements.tests.acting import both_lead
from tillit.agreements.tests.factories import (
    EffortFactory,
    MeasureFactory,
    MeasureFollowUpFactory,
    MeasureStatusFactory,
    OrientationFactory,
)

pytestmark = pytest.mark.django_db
URL = "/overenskommelser/skane/atgarder/"


def test_they_stand_in_order_with_what_came_of_each(client, skane, most_queries):
    with most_queries():
        response = client.get(URL, {"on": "2012-06-01"})
    assert [it.number for it in response.context["reading"].measures] == [1, 2]
    assert "Så gick det med åtgärd 1." in response.content.decode().replace("\u00ad", "")


def test_many_of_them_cost_no_more_questions(client, skane, most_queries):
    version = skane.versions.get(key="skane.2010")
    for number in range(10, 40):
        MeasureFollowUpFactory(measure=MeasureFactory(version=version, number=number))
    with most_queries():
        client.get(URL, {"on": "2012-06-01"})


def test_those_of_an_earlier_version_are_said_to_be(client, skane):
    text = client.get(URL, {"on": "2022-01-01"}).content.decode()
    assert "Åtgärderna i Reviderad 2021 finns inte i källorna" in text


def test_an_agreement_without_any_says_so(client, skane):
    text = client.get("/overenskommelser/nationella/atgarder/").content.decode()
    assert "Inga åtgärder är kända" in text


def test_as_files(client, skane):
    lines = client.get("/overenskommelser/skane/atgarder.csv").getvalue().decode().splitlines()
    assert len(lines) == 3
    assert lines[1].startswith("1;Lokala överenskommelser;")
    assert client.get("/overenskommelser/skane/atgarder.csv", {"on": "x"}).status_code == 400
    book = client.get("/overenskommelser/skane/atgarder.xlsx")
    assert book.getvalue().startswith(b"PK")
    book.close()


def test_one_tells_the_year_of_each_side_also_of_the_one_that_said_nothing(
    client, skane, most_queries
):
    with most_queries():
        response = client.get(f"{URL}1/")
    [(year, sides)] = response.context["years"]
    assert year == 2012
    assert [(side.value, told is not None) for side, told in sides] == [
        ("civil", True),
        ("public", False),
    ]
    text = response.content.decode()
    assert "<strong>åtgärd 1</strong>" in text
    assert "Inget som den här parten har berättat om året finns i källorna." in text


def test_it_tells_which_efforts_of_which_years_serve_it(client, skane, most_queries):
    for year, stage in ((2016, "adopted"), (2017, "prepared")):
        orientation = OrientationFactory(agreement=skane, year=year, stage=stage)
        it = EffortFactory(orientation=orientation, title=f"Forum {year}", state="done")
        it.measures.add(skane.versions.get(key="skane.2010").measures.get(number=1))
    with most_queries():
        text = client.get(f"{URL}1/").content.decode()
    assert "Forum 2016" in text
    assert "Gjort" in text
    assert "Forum 2017" not in text


def test_a_bad_day_another_method_and_an_unknown_key_are_refused(client, skane):
    for url in (URL, f"{URL}1/"):
        assert client.get(url, {"on": "i går"}).status_code == 400
        assert client.post(url).status_code == 405
    assert client.get(f"{URL}99/").status_code == 404
    assert client.get("/overenskommelser/nationella/atgarder/1/").status_code == 404


def test_the_lists_say_how_it_goes_and_that_points_are_open(client, skane):
    [first, second] = Measure.objects.order_by("number")
    for side, status in (("civil", "planned"), ("public", "paused")):
        MeasureStatusFactory(measure=second, side=side, status=status)
    first.follow_ups.update(open_points="Två kommuner till.")
    brief = client.get("/overenskommelser/skane/").content.decode()
    whole = client.get("/overenskommelser/skane/atgarder/").content.decode()
    for text in (brief, whole):
        assert "parterna ser olika på det" in text
        assert "öppna punkter" in text.lower()
    assert "Två kommuner till." in whole


def test_a_draft_s_measures_are_not_among_those_agreed_in_files_and_for_machines(cast, draft):
    both_lead()
    api = "/api/v1/agreements/skane/measures"
    for client in (cast.member, cast.anonymous):
        assert client.get(api).json()["count"] == 2
        file = b"".join(client.get("/overenskommelser/skane/atgarder.csv").streaming_content)
        assert "Nytt samråd" not in file.decode()
    [it] = cast.member.get(api, {"version": "skane.2027"}).json()["items"]
    assert it["title"] == "Nytt samråd"
    assert cast.anonymous.get(api, {"version": "skane.2027"}).json()["items"] == []
