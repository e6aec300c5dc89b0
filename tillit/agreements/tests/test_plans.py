"""Plans over several years, and what is to be done in each: /overenskommelser/skane/planer/"""

import pydantic
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tillit.agreements.loading.plan_shapes import PlanShape
from tillit.agreements.models import Effort, Orientation, Plan, Reprioritisation
from tillit.agreements.tests.acting import acts_for
from tillit.agreements.tests.factories import (
    EffortFactory,
    FocusAreaFactory,
    OrientationFactory,
    PlanFactory,
    ReprioritisationFactory,
)
from tillit.kit.changes import Actor, undo
from tillit.kit.models import Activity
from tillit.kit.refusal import Refused
from tillit.kit.search import index
from tillit.kit.search.tests.mended import wrong
from tillit.register.tests.filling import fill, opened

pytestmark = pytest.mark.django_db
URL = "/overenskommelser/skane/planer/"
YEAR = f"{URL}ar/2016/"


@pytest.fixture
def year(skane):
    it = OrientationFactory(agreement=skane, dialogue="styrgruppen")
    EffortFactory(orientation=it, number=1, title="Regionalt forum")
    EffortFactory(orientation=it, number=2, title="Frukostmöten")
    return it


@pytest.fixture
def editor(cast, skane):
    acts_for("natverket")
    return cast.member


def test_the_plan_tells_one_area_a_year_and_what_was_done_in_it(client, skane, year, most_queries):
    plan = PlanFactory(agreement=skane, key="skane.utveckling", decided_by="Styrgruppen")
    FocusAreaFactory(plan=plan, year=2016)
    FocusAreaFactory(plan=plan, year=2017, title="Kultur")
    with most_queries():
        text = client.get(f"{URL}utveckling/").content.decode()
    assert text.index("Integration") < text.index("Kultur")
    assert f'href="{YEAR}"' in text
    assert "Styrgruppen" in text
    with most_queries():
        assert "Kultur" in client.get(URL).content.decode()


def test_what_is_not_known_is_said(client, skane):
    text = client.get(URL).content.decode()
    assert "Ingen plan är känd." in text
    PlanFactory(agreement=skane, key="skane.utveckling")
    text = client.get(f"{URL}utveckling/").content.decode()
    assert "Vilket område varje år har är inte känt." in text


def test_a_year_has_one_area_within_the_plan_and_one_orientation(skane):
    plan = PlanFactory(agreement=skane)
    FocusAreaFactory(plan=plan)
    with pytest.raises(ValidationError):
        FocusAreaFactory.build(plan=plan, key="a", year=2019).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        FocusAreaFactory(plan=plan, key="b")
    OrientationFactory(agreement=skane)
    with pytest.raises(IntegrityError), transaction.atomic():
        OrientationFactory(agreement=skane, key="c")
    with pytest.raises(ValidationError):
        PlanFactory.build(agreement=skane, start="2009").clean()


def test_the_year_tells_its_efforts_what_they_serve_and_who_answers(
    client, skane, year, most_queries
):
    effort = year.efforts.get(number=1)
    version = skane.versions.get(key="skane.2010")
    effort.measures.set(version.measures.all())
    effort.commitments.set(version.commitments.all())
    with most_queries():
        text = client.get(YEAR).content.decode()
    for words in (
        "Regionalt forum",
        "Tidigt samråd",
        "Sprida innehållet.",
        "Båda parter",
        "styrgr",
    ):
        assert words in text, words


def test_what_was_what_became_and_why_stand_beside_each_other(editor, year):
    url = f"{YEAR}insatser/2/omprioritering/"
    assert fill(editor, url, title="Digitala möten").status_code == 422
    response = fill(
        editor,
        url,
        title="Digitala möten",
        reason="Det gick inte att samlas.",
        decided_by="Styrgruppen, § 4",
        dated="2016-03-20",
    )
    assert response.status_code == 302
    before = Effort.objects.get(number=2)
    row = Reprioritisation.objects.get()
    assert (before.state, row.after.title, row.after.number) == ("set_aside", "Digitala möten", 3)
    text = editor.get(YEAR).content.decode().replace("\u00ad", "")
    for words in ("Frukostmöten", "Bortprioriterad", "Digitala möten", "Det gick inte", "§ 4"):
        assert words in text, words
    assert editor.get(url).status_code == 403


def test_a_reprioritisation_is_taken_back_as_one(editor, year):
    typed = {"reason": "Skälet", "decided_by": "Styrgruppen", "dated": "2016-03"}
    fill(editor, f"{YEAR}insatser/2/omprioritering/", **typed)
    row = Reprioritisation.objects.get()
    assert row.after is None
    undo(Activity.objects.get(subject=row.subject), Actor("person:mina"))
    assert Effort.objects.get(number=2).state == "planned"
    assert not Reprioritisation.objects.exists()


SAID = {"decided_by": "Styrgruppen", "dated": "2016-12-12"}


@pytest.fixture
def next_year(cast, skane):
    """Prepared by both sides, with one effort; Mina writes for the civil one, Omar for the public."""
    acts_for("natverket")
    acts_for("region-skane", person="omar")
    fill(cast.member, f"{URL}ar/ny/", year="2017", title="Året 2017")
    it = Orientation.objects.get(year=2017)
    EffortFactory(orientation=it, number=1, title="Ett forum")
    return it


def test_one_side_alone_adopts_nothing(cast, skane, next_year):
    page = next_year.get_absolute_url()
    assert fill(cast.member, f"{page}antagande/", **SAID).status_code == 302
    next_year.refresh_from_db()
    assert next_year.stage == "civil"
    assert cast.anonymous.get(page).status_code == 404
    assert cast.member.get(f"{page}instammande/").status_code == 403
    for deed in ("redigera/", "borttagning/", "antagande/", "insatser/ny/", "insatser/1/redigera/"):
        assert cast.member.get(f"{page}{deed}").status_code == 403, deed
    assert cast.outsider.post(f"{page}instammande/").status_code == 404
    assert cast.anonymous.get(f"{page}instammande/").status_code == 302
    assert cast.anonymous.post(f"{page}instammande/").status_code == 403
    next_year.refresh_from_db()
    assert next_year.stage == "civil"


def test_the_other_side_is_asked_on_its_desk_and_says_so_too(cast, skane, next_year):
    page = next_year.get_absolute_url()
    fill(cast.member, f"{page}antagande/", **SAID)
    words = "Antogs den? Året 2017"
    assert words in cast.official.get("/skrivbord/").content.decode()
    assert words not in cast.member.get("/skrivbord/").content.decode()
    text = cast.official.get(page).content.decode()
    assert "Styrgruppen" in text
    assert "Styrgruppen, 12 dec 2016" in cast.official.get(f"{page}instammande/").content.decode()
    assert fill(cast.official, f"{page}instammande/").status_code == 302
    assert "Styrgruppen" in cast.anonymous.get(page).content.decode()
    assert words not in cast.official.get("/skrivbord/").content.decode()


def test_it_goes_back_to_be_prepared_by_either_side_with_the_reason(cast, skane, next_year):
    page = next_year.get_absolute_url()
    for client in (cast.member, cast.official):
        fill(cast.member, f"{page}antagande/", **SAID)
        assert fill(client, f"{page}aterlamning/").status_code == 422
        assert fill(client, f"{page}aterlamning/", reason="Nej, § 4 bordlades").status_code == 302
        next_year.refresh_from_db()
        assert (next_year.stage, next_year.decided_by) == ("prepared", "")
        assert Activity.objects.filter(subject=next_year.subject).last().reason.startswith("Nej")
    assert cast.member.get(f"{page}aterlamning/").status_code == 403


def test_a_side_says_so_of_what_it_saw(cast, skane, next_year):
    page = next_year.get_absolute_url()
    fill(cast.member, f"{page}antagande/", **SAID)
    seen = opened(cast.official, f"{page}instammande/")
    fill(cast.member, f"{page}aterlamning/", reason="Fel dag")
    fill(cast.member, f"{page}insatser/1/redigera/", title="Två forum")
    fill(cast.member, f"{page}antagande/", **SAID)
    response = cast.official.post(f"{page}instammande/", seen)
    assert response.status_code == 422
    assert "Titta på det igen." in response.content.decode()
    assert cast.official.post(f"{page}instammande/").status_code == 422
    next_year.refresh_from_db()
    assert next_year.stage == "civil"


def test_that_both_have_said_so_neither_undoes(cast, skane, next_year):
    page = next_year.get_absolute_url()
    fill(cast.member, f"{page}antagande/", **SAID)
    fill(cast.official, f"{page}instammande/")
    for activity in Activity.objects.filter(subject=next_year.subject).order_by("-pk")[:2]:
        with pytest.raises(Refused):
            undo(activity, Actor("person:mina"))


def test_that_it_was_written_or_taken_away_is_undone_as_long_as_it_is_prepared(editor):
    fill(editor, f"{URL}ny/", title="Planen", start="2016")
    subject = Plan.objects.get().subject
    undo(Activity.objects.get(subject=subject), Actor("person:mina"))
    assert not Plan.objects.exists()
    undo(Activity.objects.filter(subject=subject).latest("pk"), Actor("person:mina"))
    assert Plan.objects.get().title == "Planen"


def test_a_file_can_t_say_that_one_side_says_so():
    assert PlanShape(key="a", title="A", stage="told").stage == "told"
    with pytest.raises(pydantic.ValidationError):
        PlanShape(key="a", title="A", stage="public")


def test_it_is_prepared_by_either_side_adopted_and_then_stands(cast, skane, year):
    acts_for("region-skane")
    new = f"{URL}ar/ny/"
    assert fill(cast.member, new, year="2017", title="Nästa år").status_code == 302
    it = Orientation.objects.get(year=2017)
    page = it.get_absolute_url()
    assert it.circle == skane.parties_circle
    assert cast.anonymous.get(page).status_code == 404
    acts_for("natverket")
    assert fill(cast.member, f"{page}redigera/", title="Året 2017").status_code == 302
    typed = {"title": "Ett forum", "responsible": "civil", "lead": "natverket"}
    assert fill(cast.member, f"{page}insatser/ny/", **typed).status_code == 302
    assert fill(cast.member, f"{page}antagande/", **SAID).status_code == 302
    acts_for("region-skane")
    assert fill(cast.member, f"{page}instammande/").status_code == 302
    assert "Ett forum" in cast.anonymous.get(page).content.decode()
    effort = it.efforts.get()
    assert (effort.number, effort.lead.key, effort.circle) == (1, "natverket", "public")
    for deed in ("redigera/", "borttagning/", "antagande/", "insatser/ny/"):
        assert cast.member.get(f"{page}{deed}").status_code == 403, deed
    state = f"{page}insatser/{effort.local_key}/lage/"
    assert fill(cast.member, state, state="done", reason="200 kom").status_code == 302
    effort.refresh_from_db()
    assert effort.state == "done"


def test_a_plan_and_its_areas_are_written_and_taken_away(editor):
    assert fill(editor, f"{URL}ny/", title="Planen", start="2016", end="2018").status_code == 302
    it = Plan.objects.get()
    page = it.get_absolute_url()
    assert fill(editor, f"{page}omraden/ny/", year="2016", title="Kultur").status_code == 302
    assert fill(editor, f"{page}omraden/ny/", year="2016", title="Två").status_code == 422
    assert fill(editor, f"{page}omraden/ny/", year="2030", title="Sen").status_code == 422
    assert fill(editor, f"{page}omraden/2016/redigera/", title="Konst").status_code == 302
    assert fill(editor, f"{page}redigera/", start="2017").status_code == 422
    assert fill(editor, f"{page}borttagning/", reason="Fel").status_code == 422
    assert fill(editor, f"{page}omraden/2016/borttagning/", reason="Fel").status_code == 302
    assert fill(editor, f"{page}borttagning/", reason="Fel").status_code == 302
    assert not Plan.objects.exists()


def test_who_comes_second_sees_what_the_first_changed(editor):
    fill(editor, f"{URL}ny/", title="Planen", start="2016")
    url = f"{Plan.objects.get().get_absolute_url()}redigera/"
    before = opened(editor, url)
    assert fill(editor, url, title="Den förstas").status_code == 302
    response = editor.post(url, before | {"title": "Den andras"})
    assert response.status_code == 422
    text = response.content.decode()
    assert "Den förstas" in text
    assert "Den andras" in text


def test_outsiders_and_the_anonymous_write_nothing(cast, skane, year):
    PlanFactory(agreement=skane, key="skane.utveckling", stage="prepared")
    for url in (
        f"{URL}ny/",
        f"{URL}ar/ny/",
        f"{YEAR}redigera/",
        f"{YEAR}insatser/1/lage/",
        f"{YEAR}insatser/1/omprioritering/",
    ):
        assert cast.outsider.get(url).status_code == 403, url
        assert cast.outsider.post(url, {"title": "X"}).status_code == 403
        assert cast.anonymous.get(url).status_code == 302
        assert cast.outsider.put(url).status_code == 405
    assert cast.outsider.get(f"{URL}utveckling/redigera/").status_code == 404
    assert cast.anonymous.post(URL).status_code == 405
    assert cast.anonymous.get(f"{URL}ar/1999/").status_code == 404


def test_the_files_have_the_efforts_of_all_years(client, skane, year):
    ReprioritisationFactory(before=year.efforts.get(number=2))
    lines = client.get(f"{URL[:-1]}.csv").getvalue().decode().splitlines()
    assert len(lines) == 3
    assert "Det gick inte att samlas." in lines[2]
    book = client.get(f"{URL[:-1]}.xlsx")
    assert book.getvalue().startswith(b"PK")
    book.close()


def test_the_api_tells_plans_and_years(client, skane, year, most_queries):
    FocusAreaFactory(plan=PlanFactory(agreement=skane, key="skane.utveckling"))
    with most_queries():
        answer = client.get("/api/v1/agreements/skane/plans").json()
    assert [it["year"] for it in answer["items"][0]["focus_areas"]] == [2016]
    [told] = answer["orientations"]
    assert [it["title"] for it in told["efforts"]] == ["Regionalt forum", "Frukostmöten"]


def test_they_are_found_and_follow_what_is_written(client, skane, year):
    area = FocusAreaFactory(plan=PlanFactory(agreement=skane, key="skane.utveckling"))
    index.index_all()

    def found(words):
        answer = client.get("/api/v1/search", {"q": words}).json()
        return {f"{it['kind']}:{it['key']}" for it in answer["items"]}

    assert "plan:skane.utveckling" in found("integration")
    assert "orientation:skane.2016" in found("frukostmöten")
    area.title = "Tussilago"
    area.save()
    index.follow([area])
    assert found("tussilago") == {"plan:skane.utveckling"}
    assert wrong() == 0
