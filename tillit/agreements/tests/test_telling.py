"""Each side tells how it goes: statuses, a year's text for a measure, and what it did with its promises."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from tillit.agreements.models import (
    Commitment,
    CommitmentFollowUp,
    Measure,
    MeasureFollowUp,
    MeasureStatus,
)
from tillit.agreements.progress import progress_of, with_statuses
from tillit.agreements.tests.acting import acts_for, both_lead
from tillit.agreements.tests.factories import CommitmentFollowUpFactory, MeasureStatusFactory
from tillit.kit.circles import Viewer
from tillit.kit.models import Activity
from tillit.register.tests.filling import fill, opened

pytestmark = pytest.mark.django_db
MEASURE = "/overenskommelser/skane/atgarder/1/"
YEAR, STATUS = f"{MEASURE}uppfoljning/2012/", f"{MEASURE}lage/"
PROMISES = "/overenskommelser/skane/versioner/2010/ataganden/"


@pytest.fixture
def acting(cast, skane):
    both_lead()


def promise(side: str) -> str:
    row = Commitment.objects.get(version__key="skane.2010", side=side)
    return f"{PROMISES}{row.key}/uppfoljning/2013/"


@pytest.mark.usefixtures("acting")
class TestTheYear:
    def test_each_side_writes_its_own_and_over_its_own(self, cast):
        assert opened(cast.official, YEAR)["text"] == ""
        assert fill(cast.official, YEAR, text="Regionen har **hållit** möten.").status_code == 302
        assert "åtgärd 1" in opened(cast.member, YEAR)["text"]
        assert fill(cast.member, YEAR, text="Nätverket med.").status_code == 302
        found = {it.side: it.text for it in MeasureFollowUp.objects.filter(measure__key="skane.1")}
        assert found == {"civil": "Nätverket med.", "public": "Regionen har **hållit** möten."}
        assert "<strong>hållit</strong>" in cast.anonymous.get(MEASURE).content.decode()

    def test_what_is_left_stands_beside_what_was_done_and_is_found(self, cast):
        said = {"text": "Hållit möten.", "open_points": "- Teckna avtal om *lokaler*"}
        assert fill(cast.official, YEAR, **said).status_code == 302
        text = cast.anonymous.get(MEASURE).content.decode()
        assert "<em>lokaler</em>" in text
        assert "Öppna punkter" in text
        told = cast.anonymous.get("/api/v1/agreements/skane/measures").json()["items"][0]
        assert [it["open_points"] for it in told["follow_ups"]][-1] == said["open_points"]
        answer = cast.anonymous.get("/api/v1/search", {"q": "lokaler"}).json()
        assert [it["kind"] for it in answer["items"]] == ["measure"]

    def test_a_preview_saves_nothing(self, cast):
        answer = fill(cast.official, YEAR, text="Med **fetstil**", preview="1")
        assert "<strong>fetstil</strong>" in answer.content.decode()
        assert not MeasureFollowUp.objects.filter(side="public").exists()

    def test_a_colleague_who_was_first_is_met_and_the_own_text_kept(self, cast):
        acts_for("region-skane", extent="edit")
        typed = opened(cast.official, YEAR) | {"text": "Omars"}
        fill(cast.member, YEAR, text="Minas")
        answer = cast.official.post(YEAR, typed)
        text = answer.content.decode()
        assert answer.status_code == 409
        assert "Omars" in text
        assert "Minas" in text
        assert MeasureFollowUp.objects.get(side="public", measure__key="skane.1").text == "Minas"

    def test_it_is_undone(self, cast):
        fill(cast.official, YEAR, text="Oj")
        url = f"/overenskommelser/skane/andringar/{Activity.objects.latest('pk').pk}/angra/"
        assert cast.member.post(url).status_code == 403
        assert cast.official.post(url).status_code == 302
        assert not MeasureFollowUp.objects.filter(side="public").exists()

    def test_bad_input_gets_words(self, cast):
        assert fill(cast.official, YEAR, text="").status_code == 422
        assert cast.official.get(f"{MEASURE}uppfoljning/1200/").status_code == 400
        assert cast.official.get(f"{MEASURE}uppfoljning/2099/").status_code == 400
        assert cast.official.get(f"{MEASURE}uppfoljning/0/").status_code == 400
        finds_not = "/overenskommelser/skane/atgarder/99/uppfoljning/2012/"
        assert cast.official.get(finds_not).status_code == 404

    def test_nobody_else_tells(self, cast):
        for url in (YEAR, STATUS):
            assert cast.outsider.get(url).status_code == 403
            assert cast.outsider.post(url, {"text": "x"}).status_code == 403
            assert cast.anonymous.get(url).status_code == 302
            assert cast.official.put(url).status_code == 405

    def test_of_a_draft_there_is_nothing_to_tell(self, cast, draft):
        url = "/overenskommelser/skane/atgarder/2027-1/lage/"
        assert cast.member.get(url).status_code == 409


@pytest.mark.usefixtures("acting")
class TestHowItGoes:
    def test_what_one_side_says_is_its_own_view_until_both_say_so(self, cast):
        fill(cast.member, STATUS, status="done", dated="2012-05", reason="Modellen är antagen.")
        text = cast.anonymous.get(MEASURE, {"on": "2013-01-01"}).content.decode()
        assert "har inte sagt" in text
        assert "Modellen är antagen." in text
        fill(cast.official, STATUS, status="done", dated="2012-06")
        text = cast.anonymous.get(MEASURE, {"on": "2013-01-01"}).content.decode()
        assert "båda parter säger det" in text
        row = MeasureStatus.objects.get(side="civil")
        assert (row.status, row.dated) == ("done", "2012-05")

    def test_it_is_that_of_the_day_and_the_earlier_ones_stay(self, skane):
        it = Measure.objects.get(key="skane.1")
        for side in ("civil", "public"):
            MeasureStatusFactory(measure=it, side=side, dated="2011", status="under_way")
        MeasureStatusFactory(measure=it, side="civil", dated="2013-02-01", status="done")
        [it] = with_statuses([it], Viewer())
        kinds = [progress_of(it, date(year, 6, 1)).kind for year in (2010, 2012, 2014)]
        assert kinds == ["nothing", "under_way", "differs"]

    def test_the_agreement_shows_figures(self, cast, skane, most_queries):
        for number in (1, 2):
            it = Measure.objects.get(key=f"skane.{number}")
            for side in ("civil", "public")[: 3 - number]:
                MeasureStatusFactory(measure=it, side=side, dated="2011", status="done")
        with most_queries():
            page = cast.anonymous.get("/overenskommelser/skane/", {"on": "2012-06-01"})
        found = {str(it.label): it.count for it in page.context["figures"]}
        assert found == {"Gjort": 1, "bara en part har sagt": 1}
        assert "Hur det går" in page.content.decode()

    def test_without_anything_said_there_are_none(self, client, skane):
        page = client.get("/overenskommelser/skane/", {"on": "2012-06-01"})
        assert page.context["figures"] == []

    def test_bad_input_gets_words(self, cast):
        assert fill(cast.member, STATUS, status="done", dated="").status_code == 422
        assert fill(cast.member, STATUS, status="stuck", dated="2012").status_code == 422
        assert fill(cast.member, STATUS, status="done", dated="i går").status_code == 422

    def test_the_api_and_the_timeline_tell_it(self, client, skane):
        it = Measure.objects.get(key="skane.1")
        for side in ("civil", "public"):
            MeasureStatusFactory(measure=it, side=side, dated="2011", reason=f"Skäl {side}")
        it.serves.set(Commitment.objects.filter(version__key="skane.2010"))
        url = "/api/v1/agreements/skane/measures"
        first = client.get(url, {"on": "2012-06-01"}).json()["items"][0]
        assert (first["status"], len(first["statuses"]), first["continues"]) == (
            "under_way",
            2,
            None,
        )
        assert {row["side"] for row in first["serves"]} == {"civil", "public"}
        assert client.get(url, {"on": "2010-06-01"}).json()["items"][0]["status"] is None
        assert "Skäl civil" in client.get("/tidslinje/").content.decode()


@pytest.mark.usefixtures("acting")
class TestPromises:
    def test_both_sides_stand_there_also_the_one_that_told_nothing(self, cast, most_queries):
        fill(cast.member, promise("civil"), text="Vi har *spritt* innehållet.")
        with most_queries():
            page = cast.anonymous.get(PROMISES)
        text = page.content.decode()
        assert "<em>spritt</em>" in text
        assert "Inget har berättats än" in text
        assert [(side, len(rows)) for side, _may, rows in page.context["sides"]] == [
            ("civil", 1),
            ("public", 1),
        ]
        lines = cast.anonymous.get(f"{PROMISES[:-1]}.csv").getvalue().decode().splitlines()
        assert len(lines) == 2
        assert cast.anonymous.post(PROMISES).status_code == 405

    def test_the_region_tells_as_the_network_does(self, cast):
        assert fill(cast.official, promise("public"), text="I budgeten.").status_code == 302
        assert cast.member.get(promise("public")).status_code == 403
        assert cast.member.post(promise("public"), {"text": "x"}).status_code == 403
        assert cast.outsider.get(promise("civil")).status_code == 403
        assert cast.anonymous.get(promise("civil")).status_code == 302
        assert cast.official.put(promise("public")).status_code == 405
        assert CommitmentFollowUp.objects.get().commitment.side == "public"

    def test_bad_input_gets_words(self, cast):
        assert fill(cast.member, promise("civil"), text="").status_code == 422
        assert cast.member.get(f"{PROMISES}finns-inte/uppfoljning/2012/").status_code == 404

    def test_the_api_tells_it(self, client, skane):
        row = Commitment.objects.get(version__key="skane.2010", side="civil")
        CommitmentFollowUpFactory(commitment=row)
        version = client.get("/api/v1/agreements/skane/versions").json()["items"][0]
        found = {
            it["side"]: [told["year"] for told in it["follow_ups"]] for it in version["commitments"]
        }
        assert found == {"civil": [2012], "public": []}


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_who_tell_of_a_year_at_once_lose_nothing(cast, skane):
    acts_for("region-skane")
    acts_for("region-skane", person="omar")
    pairs = [
        (it, opened(it, YEAR) | {"text": name})
        for it, name in ((cast.member, "Minas"), (cast.official, "Omars"))
    ]

    def send(pair):
        client, values = pair
        try:
            return client.post(YEAR, values)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(send, pairs))
    assert sorted(it.status_code for it in answers) == [302, 409]
    late = next(it for it in answers if it.status_code == 409).content.decode()
    assert "Minas" in late
    assert "Omars" in late
    assert MeasureFollowUp.objects.filter(measure__key="skane.1", side="public").count() == 1
