"""What became of what was said: responses, the compilation, and the answers for everybody."""

from zipfile import ZipFile

import pytest
from django.utils import timezone

from tillit.agreements.choices import Matter
from tillit.agreements.consulting import documenting
from tillit.agreements.consulting.compiling import compilation_of
from tillit.agreements.models import Comment, Reply, Response, Section
from tillit.agreements.tests.acting import acts_for
from tillit.agreements.tests.consulted import (
    KARIN,
    OMAR,
    agree,
    answered,
    close,
    invited,
    past_deadline,
)
from tillit.agreements.tests.factories import AimFactory
from tillit.kit.circles import Viewer
from tillit.kit.documents import queue
from tillit.kit.files import storage
from tillit.kit.models import Activity, MadeDocument

pytestmark = pytest.mark.django_db
COMPILED = "/remisser/remissen/sammanstallning/"


@pytest.fixture
def said(out):
    """Two have answered, one of them late."""
    first = answered(out.consulted.get(organisation__key="asken"), "Skriv hellre ofta.")
    past_deadline(out)
    answered(out.consulted.get(organisation__key="boken"), "Stryk stycket.", "opposes")
    out.refresh_from_db()
    return first.comments.get()


@pytest.fixture
def sides(cast):
    acts_for("natverket", "mina", "lead")
    acts_for("region-skane", "omar", "secretariat")
    return cast


def respond(browser, comment, **values):
    page = f"/remisser/remissen/synpunkter/{comment.key}/bemotande/"
    form = browser.get(page).context["form"]
    given = {"outcome": "taken", "why": "Det blev tydligare.", "led_to": "section:skane.2027.2"}
    return browser.post(page, {**given, "seen": form["seen"].value(), **values})


def test_a_response_says_what_became_of_it_and_the_wording_it_led_to(said, sides, client):
    assert respond(sides.member, said).status_code == 302
    row = Response.objects.get()
    assert (row.outcome, row.led_to, row.circle) == (
        "taken",
        "section:skane.2027.2",
        "agreement:skane",
    )
    assert "Det blev tydligare." not in client.get(COMPILED).content.decode()
    assert "Det blev tydligare." in sides.official.get(COMPILED).content.decode()
    assert Activity.objects.filter(subject=row.subject, actor="person:mina").exists()


def test_the_wording_says_from_whose_answers_it_came(out, said, sides, client):
    page = "/overenskommelser/skane/versioner/2027/"
    respond(sides.member, said)
    assert "Efter svar från" not in client.get(page).content.decode()
    text = sides.official.get(page).content.decode()
    assert (
        text.index("Former") < text.index("Efter svar från") < text.index(said.get_absolute_url())
    )
    agree(out, Matter.PUBLISH, "civil", KARIN)
    agree(out, Matter.PUBLISH, "public", OMAR)
    assert "Efter svar från" in client.get(page).content.decode()


def test_a_goal_may_be_what_an_answer_led_to_and_says_so(out, said, sides, client):
    goal = AimFactory(version=out.version, number=1, text="Att höras.")
    assert respond(sides.member, said, led_to=goal.subject).status_code == 302
    page = f"/remisser/remissen/synpunkter/{said.key}/bemotande/"
    assert f'value="{goal.subject}" selected' in sides.official.get(page).content.decode()
    text = sides.official.get("/overenskommelser/skane/versioner/2027/").content.decode()
    assert text.index("Att höras.") < text.index("Efter svar från")
    assert "2027, Mål 1" in sides.official.get(COMPILED).content.decode()
    goal.delete()
    assert "2027, Mål 1" not in sides.official.get(COMPILED).content.decode()
    assert respond(sides.official, said, led_to=goal.subject).status_code == 422


def test_the_other_side_changes_it_and_two_at_once_meet(said, sides):
    page = f"/remisser/remissen/synpunkter/{said.key}/bemotande/"
    form = sides.official.get(page).context["form"]
    respond(sides.member, said)
    given = {"outcome": "not", "why": "Nej.", "led_to": "", "seen": form["seen"].value()}
    response = sides.official.post(page, given)
    assert response.status_code == 422
    assert "Det blev tydligare." in response.content.decode()
    assert respond(sides.official, said, outcome="not", why="Nej.", led_to="").status_code == 302
    assert Response.objects.get().why == "Nej."


def test_what_was_not_taken_in_led_to_nothing_and_why_must_be_said(said, sides):
    assert respond(sides.member, said, outcome="not").status_code == 422
    assert respond(sides.member, said, why="").status_code == 422
    assert respond(sides.member, said, why="x" * 100_000).status_code == 422
    assert respond(sides.member, said, led_to="finns.inte").status_code == 422
    assert not Response.objects.exists()


def test_what_lacks_a_response_is_listed_and_on_the_desk(said, sides):
    text = sides.member.get(COMPILED, {"response": "none"}).content.decode()
    assert "Skriv hellre ofta." in text
    assert "Stryk stycket." in text
    assert "Synpunkter utan bemötande" in sides.official.get("/skrivbord/").content.decode()
    respond(sides.member, said)
    text = sides.member.get(COMPILED, {"response": "none"}).content.decode()
    assert "Skriv hellre ofta." not in text
    respond(sides.member, Comment.objects.get(text="Stryk stycket."))
    assert "Synpunkter utan bemötande" not in sides.official.get("/skrivbord/").content.decode()


def test_they_are_published_by_both_sides_and_then_stand(said, sides, out, client):
    respond(sides.member, said)
    assert not agree(out, Matter.PUBLISH, "civil", KARIN)
    assert "Det blev tydligare." not in client.get(COMPILED).content.decode()
    assert agree(out, Matter.PUBLISH, "public", OMAR)
    for page in (COMPILED, f"/remisser/remissen/svar/{said.reply.key}/"):
        assert "Det blev tydligare." in client.get(page).content.decode()
    page = f"/remisser/remissen/synpunkter/{said.key}/bemotande/"
    assert sides.member.get(page).status_code == 403
    back = sides.member.post("/remisser/remissen/klartecken/publish/", {"do": "back"})
    assert back.status_code == 302
    assert "Det blev tydligare." not in client.get(COMPILED).content.decode()


def test_a_response_changed_after_one_side_said_go_ahead_is_not_published(said, sides, out):
    respond(sides.member, said)
    agree(out, Matter.PUBLISH, "civil", KARIN)
    respond(sides.official, said, why="Något annat.")
    assert not agree(out, Matter.PUBLISH, "public", OMAR)


def test_what_is_said_of_the_whole_is_responded_to(said, sides, out, client):
    Reply.objects.filter(pk=said.reply_id).update(text="Bra helhet.")
    page = f"/remisser/remissen/svar/{said.reply.key}/bemotande/"
    form = sides.member.get(page).context["form"]
    given = {"outcome": "partly", "why": "Tack.", "led_to": "", "seen": form["seen"].value()}
    assert sides.member.post(page, given).status_code == 302
    row = Response.objects.get()
    assert (row.reply, row.comment) == (said.reply, None)


def test_outsiders_respond_to_nothing(said, cast):
    page = f"/remisser/remissen/synpunkter/{said.key}/bemotande/"
    assert cast.outsider.get(page).status_code == 403
    assert cast.anonymous.get(page).status_code == 302
    assert cast.anonymous.post(page, {}).status_code == 403
    acts_for("natverket", "mina", "read")
    assert cast.member.get(page).status_code == 403


def test_the_answers_are_public_when_the_consultation_says_so(said, client, most_queries):
    with most_queries():
        text = client.get("/remisser/remissen/svar/").content.decode()
    assert "Asken" in text
    assert "Avstyrker" in text
    with most_queries():
        text = client.get(f"/remisser/remissen/svar/{said.reply.key}/").content.decode()
    assert "Skriv hellre ofta." in text
    assert "Alex Lind" not in text
    files = b"".join(client.get("/remisser/remissen/svar.csv")).decode()
    assert "Boken" in files


def test_and_else_they_are_for_the_parties_and_those_who_wrote_them(out, cast, client):
    out.has_public_answers = False
    out.save()
    said = answered(out.consulted.get(organisation__key="asken")).comments.get()
    assert (said.circle, said.also) == ("agreement:skane", "organisation:asken")
    assert "Skriv hellre ofta." not in client.get(COMPILED).content.decode()
    assert client.get(f"/remisser/remissen/svar/{said.reply.key}/").status_code == 404
    assert client.get("/api/v1/consultations/remissen/answers").json()["items"] == []
    acts_for("asken", "mina", "read")
    assert "Skriv hellre ofta." in cast.member.get(COMPILED).content.decode()


def test_an_organisation_that_hides_is_not_told_of(out, client):
    [asked] = invited(out, "dolda")
    type(asked.organisation).objects.filter(key="dolda").update(circle="organisation:dolda")
    asked.refresh_from_db()
    answered(asked)
    assert "Dolda" not in client.get("/remisser/remissen/svar/").content.decode()
    assert "Skriv hellre ofta." not in client.get(COMPILED).content.decode()


def test_who_sent_it_is_told_the_parties_but_not_of_one_that_is_protected(said, sides):
    page = f"/remisser/remissen/svar/{said.reply.key}/"
    assert "Alex Lind" in sides.official.get(page).content.decode()
    said.reply.organisation.protect(KARIN, "skydd")
    assert "Alex Lind" not in sides.official.get(page).content.decode()


def test_the_compilation_is_a_page_files_and_a_document(said, sides, client):
    respond(sides.member, said)
    for name in ("sammanstallning", "sammanstallning/fragor"):
        book = client.get(f"/remisser/remissen/{name}.xlsx")
        assert b"".join(book.streaming_content).startswith(b"PK")
        assert client.get(f"/remisser/remissen/{name}/").status_code == 200
    lines = b"".join(client.get("/remisser/remissen/sammanstallning.csv")).decode()
    assert "Skriv hellre ofta." in lines
    assert "Det blev tydligare." not in lines
    text = sides.member.get(f"{COMPILED}dokument/").content.decode()
    for words in ("Skriv hellre ofta.", "Det blev tydligare.", "<blockquote>", "Tillstyrker med"):
        assert words in text
    assert client.get(COMPILED, {"section": "99"}).status_code == 400


def test_a_short_compilation_is_made_at_once_in_every_format(said, sides, client):
    page = client.get(f"{COMPILED}dokument/").content.decode()
    for form, begins in (("pdf", b"%PDF"), ("docx", b"PK"), ("odt", b"PK")):
        assert f"{COMPILED}dokument.{form}" in page
        assert client.get(f"{COMPILED}dokument.{form}").content.startswith(begins)
    assert client.get(f"{COMPILED}dokument.exe").status_code == 404


def test_a_long_one_is_ordered_as_the_reader_may_read_it(said, sides, client, monkeypatch):
    respond(sides.member, said)
    monkeypatch.setattr(documenting, "SHORT", 1)
    address = f"{COMPILED}dokument/docx/"
    assert address in client.get(f"{COMPILED}dokument/").content.decode()
    assert client.get(f"{COMPILED}dokument.docx")["Location"] == f"{COMPILED}dokument/"
    assert client.get(address).status_code == 405
    circles = []
    for browser in (client, sides.official):
        page = browser.post(address)["Location"]
        circles.append(MadeDocument.objects.get(key=page.split("/")[-2]).circle)
        assert browser.get(page).status_code == 200
    assert circles == ["public", "agreement:skane"]
    assert client.post(address)["Location"] != page
    assert client.get(page).status_code == 404
    made = {it.circle: it for it in MadeDocument.objects.all()}
    for circle, tells in (("public", False), ("agreement:skane", True)):
        queue.carry_out(made[circle], timezone.now())
        made[circle].refresh_from_db()
        with storage.opened(made[circle].path) as file:
            text = ZipFile(file).read("word/document.xml").decode()
        assert "Skriv hellre ofta." in text
        assert ("Det blev tydligare." in text) is tells


def test_five_thousand_comments_take_no_more_questions(said, client, sides, most_queries):
    section = Section.objects.get(key="skane.2027.2")
    rows = [
        Comment(
            key=f"k{number}",
            reply=said.reply,
            section=section.subject,
            section_number="2",
            section_heading=section.heading,
            number=number,
            text=f"Synpunkt {number}",
        )
        for number in range(2, 5001)
    ]
    Comment.objects.bulk_create(rows, batch_size=500)
    with most_queries():
        page = client.get(COMPILED)
    assert page.context["listing"].slice.count == 5001
    with most_queries():
        later = sides.member.get(f"{COMPILED}?{page.context['listing'].next_query}")
    assert len(later.context["listing"].slice.rows) == 50
    with most_queries():
        found = compilation_of(said.reply.consultation, Viewer(), timezone.localdate())
    assert sum(len(rows) for _title, rows in found.parts) == 5001


def test_the_api_tells_them(said, sides, out, client, most_queries):
    respond(sides.member, said)
    agree(out, Matter.PUBLISH, "civil", KARIN)
    agree(out, Matter.PUBLISH, "public", OMAR)
    with most_queries():
        found = client.get("/api/v1/consultations").json()
    assert [it["key"] for it in found["items"]] == ["remissen"]
    assert client.get("/api/v1/consultations/remissen").json()["agreement"] == "skane"
    with most_queries():
        items = client.get("/api/v1/consultations/remissen/answers").json()["items"]
    first = next(it for it in items if it["organisation"] == "asken")
    assert first["comments"][0]["response"]["led_to"] == "section:skane.2027.2"
    assert [it["late"] for it in items] == [False, True]
    assert client.get("/api/v1/consultations/okand").status_code == 404
    assert client.get("/api/v1/consultations", {"state": "annat"}).json()["items"] == []
    assert client.get("/api/v1/consultations", {"limit": "0"}).status_code in {400, 422}


def test_when_it_is_closed_the_answers_still_stand(said, out, client):
    close(out)
    assert "Skriv hellre ofta." in client.get(COMPILED).content.decode()
