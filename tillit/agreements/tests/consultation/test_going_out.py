"""Preparing a consultation, and sending it out: both sides, and neither alone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tillit.agreements.consulting import sending, turning
from tillit.agreements.consulting.agreeing import fingerprint
from tillit.agreements.models import Consultation, Consulted, GoAhead, Measure, Section, Version
from tillit.agreements.tests.acting import acts_for
from tillit.agreements.tests.consulted import (
    KARIN,
    answered,
    close,
    link_of,
    open_now,
    past_deadline,
)
from tillit.agreements.tests.factories import CommitmentFactory, MeasureFactory
from tillit.kit.changes import change
from tillit.kit.models import Activity
from tillit.post.models import Message
from tillit.register.models import Organisation
from tillit.register.tests.factories import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
NEW = "/overenskommelser/skane/versioner/2027/remiss/ny/"
OPEN = "/remisser/remissen/klartecken/open/"


@pytest.fixture
def sides(cast):
    """Mina leads the network, Omar works for the region."""
    acts_for("natverket", "mina", "lead")
    acts_for("region-skane", "omar", "secretariat")
    return cast


def write():
    """What the background does."""
    for pk in sending.unfinished():
        sending.write_to_asked(pk, timezone.now())


def go(browser, url=OPEN, **said):
    text = browser.get(url).context
    stood = {"stood": text["agreed"].stood} if text["agreed"].day or "prolong" not in url else {}
    return browser.post(url, {**stood, **said})


def test_a_partys_editor_begins_one_on_a_draft(draft, cast, most_queries):
    acts_for("natverket", "mina", "edit")
    page = cast.member.get("/overenskommelser/skane/versioner/2027/")
    assert NEW in page.content.decode()
    with most_queries():
        form = cast.member.get(NEW).context["form"]
    said = {"title": "Vad tycker ni?", "remind_before": "7", "seen": form["seen"].value()}
    response = cast.member.post(NEW, {**said, "deadline": "2030-02-01"})
    it = Consultation.objects.get()
    assert response["Location"] == it.get_absolute_url()
    assert (it.state, it.circle) == ("prepared", "agreement:skane")
    assert cast.outsider.get(it.get_absolute_url()).status_code == 404
    assert cast.member.get(it.get_absolute_url()).status_code == 200
    assert Activity.objects.filter(subject=it.subject, actor="person:mina").exists()


def test_others_may_not_and_there_is_one_at_a_time(consultation, cast):
    assert cast.outsider.get(NEW).status_code == 404
    assert cast.anonymous.get(NEW).status_code == 302
    acts_for("natverket", "mina", "edit")
    form = cast.member.get(NEW).context["form"]
    said = {"title": "En till", "remind_before": "7", "seen": form["seen"].value()}
    response = cast.member.post(NEW, said)
    assert response.status_code == 422
    assert "redan en remiss" in response.content.decode()


def test_wrong_days_are_kept_as_typed_and_told(consultation, sides):
    page = "/remisser/remissen/text/"
    form = sides.member.get(page).context["form"]
    said = {"title": "X", "remind_before": "7", "seen": form["seen"].value()}
    response = sides.member.post(page, {**said, "deadline": "2030-02-30"})
    assert response.status_code == 422
    assert "2030-02-30" in response.content.decode()
    response = sides.member.post(page, {**said, "deadline": "2030-03-01", "closes": "2030-02-01"})
    assert response.status_code == 422
    assert sides.member.post(page, {**said, "remind_before": "61"}).status_code == 422


def test_of_two_editors_the_second_sees_what_the_first_changed(consultation, sides):
    page = "/remisser/remissen/text/"
    form = sides.official.get(page).context["form"]
    said = {"remind_before": "7", "deadline": str(consultation.deadline)}
    own = sides.member.get(page).context["form"]
    sides.member.post(page, {**said, "title": "Första", "seen": own["seen"].value()})
    response = sides.official.post(page, {**said, "title": "Andra", "seen": form["seen"].value()})
    assert response.status_code == 422
    assert "Första" in response.content.decode()


def test_questions_are_asked_changed_and_taken_away(consultation, sides):
    page = "/remisser/remissen/fragor/ny/"
    form = sides.member.get(page).context["form"]
    said = {"text": "Hur ofta?", "section": "skane.2027.2", "seen": form["seen"].value()}
    assert sides.member.post(page, said).status_code == 302
    row = consultation.questions.get()
    assert row.section.number == "2"
    page = f"/remisser/remissen/fragor/{row.key}/"
    form = sides.official.get(page).context["form"]
    said = {"text": "Hur sällan?", "section": "", "seen": form["seen"].value()}
    assert sides.official.post(page, said).status_code == 302
    row.refresh_from_db()
    assert (row.text, row.section) == ("Hur sällan?", None)
    assert sides.member.post(page, {"do": "remove"}).status_code == 302
    assert not consultation.questions.exists()


def test_organisations_are_asked_by_name_and_the_members_of_a_party_all_at_once(
    consultation, sides
):
    network = consultation.agreement.parties.get(side="civil").organisation
    for key in ("eken", "linden"):
        MembershipFactory(umbrella=network, member=OrganisationFactory(key=key, name=key))
    OrganisationFactory(key="dold", name="eken dold", circle="organisation:dold")
    page = "/remisser/remissen/tillfragade/nya/"
    found = sides.member.get(page, {"q": "eken"}).context["found"]
    assert [it.key for it in found] == ["eken"]
    assert sides.member.post(f"{page}?q=eken", {"who": ["eken"]}).status_code == 302
    assert sides.member.post(f"{page}?q=eken", {"who": ["dold"]}).status_code == 422
    assert sides.member.post(f"{page}?q=eken", {}).status_code == 422
    assert (
        sides.official.post(f"{page}?medlemmar=natverket", {"who": ["linden"]}).status_code == 302
    )
    assert consultation.consulted.count() == 2
    row = consultation.consulted.get(organisation__key="eken")
    assert (
        sides.member.post(f"/remisser/remissen/tillfragade/{row.key}/borttagning/").status_code
        == 302
    )
    assert consultation.consulted.count() == 1


def test_it_goes_out_when_both_sides_have_said_so_and_not_before(consultation, sides, client):
    assert go(sides.member).status_code == 302
    consultation.refresh_from_db()
    assert consultation.is_prepared
    assert client.get("/remisser/remissen/").status_code == 404
    assert go(sides.member).status_code == 302  # once more: still one side
    consultation.refresh_from_db()
    assert consultation.is_prepared
    assert go(sides.official).status_code == 302
    consultation.refresh_from_db()
    assert (consultation.state, consultation.circle) == ("open", "public")
    assert consultation.version.stage == "consultation"
    assert client.get("/remisser/remissen/").status_code == 200
    assert (
        "Vi möts varje år."
        in client.get("/overenskommelser/skane/versioner/2027/").content.decode()
    )
    assert [it.side for it in GoAhead.objects.filter(used_at__isnull=False)] == ["civil", "public"]


def test_what_is_changed_after_one_said_go_ahead_must_be_looked_at_anew(consultation, sides):
    go(sides.member)
    Section.objects.filter(key="skane.2027.2").update(text="Något annat.")
    go(sides.official)
    consultation.refresh_from_db()
    assert consultation.is_prepared
    text = sides.member.get("/remisser/remissen/").content.decode()
    assert "har ändrats sedan dess" in text
    go(sides.member)
    consultation.refresh_from_db()
    assert consultation.is_open


def test_a_go_ahead_to_something_else_than_one_saw_is_refused(consultation, sides):
    stood = sides.member.get(OPEN).context["agreed"].stood
    Section.objects.filter(key="skane.2027.2").update(text="Något annat.")
    assert sides.member.post(OPEN, {"stood": stood}).status_code == 409
    assert not GoAhead.objects.exists()


@pytest.mark.parametrize("what", ["title", "description", "number", "start", "lead", "serves"])
def test_all_that_the_draft_says_is_what_one_says_go_ahead_to(consultation, what):
    version = consultation.version
    measure = MeasureFactory(version=version)
    promise = CommitmentFactory(version=version)
    before = fingerprint(consultation, "open")
    match what:
        case "title" | "description":
            setattr(version, what, "Något annat")
        case "number":
            version.sections.filter(number="2").update(number="1.1")
        case "start":
            Measure.objects.filter(pk=measure.pk).update(start="2029")
        case "lead":
            Measure.objects.filter(pk=measure.pk).update(lead=OrganisationFactory())
        case "serves":
            measure.serves.add(promise)
    assert fingerprint(consultation, "open") != before


def test_late_answers_are_taken_for_thirty_days_where_nothing_else_was_said(out):
    assert out.closes == out.deadline + timedelta(days=turning.LATE_DAYS)


def test_who_hides_is_neither_counted_nor_named_when_reminding(out, sides):
    Organisation.objects.filter(key="boken").update(circle="organisation:boken")
    for row in Consulted.objects.filter(organisation__key="boken"):
        row.save()
    assert Consulted.objects.get(organisation__key="boken").circle == "organisation:boken"
    for it in (sides.member, sides.official):
        assert it.get(out.get_absolute_url()).context["asked"] == 2
        page = it.get("/remisser/remissen/paminnelse/")
        assert page.context["count"] == 2
        assert "Boken" not in page.content.decode()


def test_it_is_taken_back_before_the_other_has_said_so(consultation, sides):
    go(sides.member)
    assert sides.member.post(OPEN, {"do": "back"}).status_code == 302
    go(sides.official)
    consultation.refresh_from_db()
    assert consultation.is_prepared
    assert sides.member.post(OPEN, {"do": "back"}).status_code == 409


def test_who_edits_and_does_not_lead_says_nothing_for_a_side(consultation, cast):
    acts_for("natverket", "mina", "edit")
    assert cast.member.get(OPEN).status_code == 403
    assert cast.outsider.get(OPEN).status_code == 404
    assert cast.anonymous.get(OPEN).status_code == 302
    assert cast.member.get("/remisser/remissen/klartecken/annat/").status_code == 404


@pytest.mark.parametrize(
    ("lacks", "words"),
    [
        ({"deadline": None}, "sista dagen"),
        ({"deadline": "2020-01-01"}, "har passerat"),
        ({"is_open_to_all": False}, "vilka som tillfrågas"),
    ],
)
def test_what_is_not_ready_is_not_sent_out(consultation, sides, lacks, words):
    Consultation.objects.update(**lacks)
    response = sides.member.post(OPEN, {})
    assert response.status_code == 409
    assert words in response.content.decode()


def test_those_invited_get_one_mail_with_a_link_of_their_own(out):
    write()
    write()
    mails = Message.objects.filter(kind="consultation")
    assert sorted(it.to_email for it in mails) == [
        f"{it}@example.org" for it in ("asken", "boken", "cedern")
    ]
    row = out.consulted.get(organisation__key="asken")
    assert link_of(row) in mails.get(to_email="asken@example.org").text
    assert row.asked_at
    assert not sending.is_left()


def test_a_broken_off_round_goes_on_where_it_stopped(out):
    first = out.consulted.first()
    sending.write_once(first.pk, timezone.now())
    assert sending.unfinished() == [out.pk]
    assert sending.write_to_asked(out.pk, timezone.now()) == 2
    assert Message.objects.filter(kind="consultation").count() == 3


def test_the_button_reminds_those_who_have_not_answered(out, sides):
    write()
    answered(out.consulted.get(organisation__key="asken"))
    page = "/remisser/remissen/paminnelse/"
    assert "Boken" in sides.member.get(page).content.decode()
    assert sides.official.post(page).status_code == 302
    write()
    mails = Message.objects.filter(kind="consultation-reminder")
    assert sorted(it.to_email for it in mails) == ["boken@example.org", "cedern@example.org"]
    assert sides.member.post(page).status_code == 409


def test_the_schedule_reminds_some_days_before(out):
    write()
    now = timezone.now()
    Consulted.objects.update(asked_at=now - timedelta(days=20))
    day = timezone.localdate()
    Consultation.objects.update(deadline=day + timedelta(days=8), opens=day - timedelta(days=20))
    assert not turning.is_due()
    Consultation.objects.update(deadline=day + timedelta(days=7))
    assert turning.is_due()
    assert turning.turn(now) == 1
    assert turning.turn(now) == 0
    write()
    assert Message.objects.filter(kind="consultation-reminder").count() == 3


def test_the_schedule_closes_when_no_late_answers_are_taken_any_more(out):
    past_deadline(out, 3)
    Consultation.objects.update(closes=timezone.localdate() - timedelta(days=1))
    assert turning.turn(timezone.now()) == 1
    out.refresh_from_db()
    assert out.is_closed


def test_both_sides_see_who_has_not_answered_and_others_do_not(out, sides, most_queries):
    answered(out.consulted.get(organisation__key="asken"))
    page = "/remisser/remissen/tillfragade/"
    for browser in (sides.member, sides.official):
        with most_queries():
            text = browser.get(page, {"state": "not"}).content.decode()
        assert "Boken" in text
        assert "Asken" not in text
    assert "Boken" in b"".join(sides.member.get("/remisser/remissen/tillfragade.csv")).decode()
    book = sides.member.get("/remisser/remissen/tillfragade.xlsx")
    assert b"".join(book.streaming_content).startswith(b"PK")
    assert sides.outsider.get(page).status_code == 403
    assert sides.anonymous.get(page).status_code == 302
    assert sides.member.post(page).status_code == 405


def test_a_later_last_day_and_closing_take_both_sides(out, sides):
    page = "/remisser/remissen/klartecken/prolong/"
    later = out.deadline + timedelta(days=10)
    assert go(sides.member, page, day=str(out.deadline)).status_code in {409, 422}
    assert go(sides.member, page, day=str(later)).status_code == 302
    out.refresh_from_db()
    assert out.deadline != later
    shown = sides.official.get(page).context["agreed"]
    assert shown.day == later
    assert go(sides.official, page, day_agreed=str(later)).status_code == 302
    out.refresh_from_db()
    assert out.deadline == later
    page = "/remisser/remissen/klartecken/close/"
    go(sides.official, page)
    out.refresh_from_db()
    assert out.is_open
    go(sides.member, page)
    out.refresh_from_db()
    assert out.is_closed


def test_what_is_out_is_neither_rewritten_nor_thrown_away_nor_undone(out, sides):
    for page in ("text", "kassering", "fragor/ny"):
        assert sides.member.get(f"/remisser/remissen/{page}/").status_code == 403
    last = Activity.objects.filter(subject=out.subject).last()
    with pytest.raises(Exception, match="ångras inte"):
        out.refuse_undo(last)


def test_one_that_was_never_sent_out_is_thrown_away(consultation, sides):
    assert sides.member.post("/remisser/remissen/kassering/").status_code == 302
    assert not Consultation.objects.exists()


def test_the_desk_asks_the_other_side_and_those_invited(consultation, sides, client):
    go(sides.member)
    assert "Klartecken?" in sides.official.get("/skrivbord/").content.decode()
    assert "Klartecken?" not in sides.member.get("/skrivbord/").content.decode()
    open_now(consultation)
    assert "Klartecken?" not in sides.official.get("/skrivbord/").content.decode()


def test_the_desk_asks_who_edits_for_one_that_is_invited(out, cast):
    acts_for("asken", "mina", "edit")
    assert "Vad tycker ni?" in cast.member.get("/skrivbord/").content.decode()
    answered(out.consulted.get(organisation__key="asken"))
    assert "Vad tycker ni?" not in cast.member.get("/skrivbord/").content.decode()


def test_the_list_the_page_and_the_calendar(out, client, most_queries):
    with most_queries():
        text = client.get("/remisser/").content.decode()
    assert "Vad tycker ni?" in text
    assert "Vad tycker ni?" in b"".join(client.get("/remisser.csv")).decode()
    assert b"".join(client.get("/remisser.xlsx").streaming_content).startswith(b"PK")
    with most_queries():
        assert client.get("/remisser/remissen/").status_code == 200
    day = client.get("/remisser/remissen/sista-dag.ics")
    assert day["Content-Type"].startswith("text/calendar")
    assert f"DTSTART;VALUE=DATE:{out.deadline:%Y%m%d}" in day.content.decode()
    assert client.get("/remisser/?state=finns-inte").status_code == 400
    assert client.post("/remisser/").status_code == 405
    assert client.get("/remisser/okand/").status_code == 404


def test_of_an_agreement_that_was_for_the_parties_alone_everybody_reads_it_then(
    consultation, client
):
    it = consultation.agreement
    Version.objects.filter(agreement=it).exclude(pk=consultation.version_id).delete()
    change(it, {"private": True}, KARIN)
    consultation = Consultation.objects.get(pk=consultation.pk)
    assert client.get("/overenskommelser/skane/").status_code == 404
    open_now(consultation)
    for page in ("/overenskommelser/skane/", "/remisser/remissen/", "/remisser/remissen/svara/"):
        assert client.get(page).status_code == 200, page
    it.refresh_from_db()
    assert not it.private


def test_the_agreements_page_leads_to_its_consultations(out, client):
    address = "/remisser/?agreement=skane"
    assert address in client.get("/overenskommelser/skane/").content.decode()
    assert "Vad tycker ni?" in client.get(address).content.decode()
    assert "Vad tycker ni?" not in client.get("/remisser/?agreement=annan").content.decode()
    assert client.get("/remisser/?agreement=/").status_code == 400


def test_it_stands_in_the_timeline_and_is_found(out, client):
    out.title = "Remissrundan"
    change(out, {"title": "Remissrundan"}, KARIN)
    for page in ("/tidslinje/?om=agreement:skane", "/tidslinje/", "/sok/?q=remissrundan"):
        assert "Remissrundan" in client.get(page).content.decode().replace("\u00ad", ""), page


def test_a_closed_one_that_is_prepared_again_can_begin_anew(out, sides):
    close(out)
    it = out.version
    it.stage = "draft"
    it.save()
    it.settle(timezone.localdate())
    out.refresh_from_db()
    assert out.circle == "agreement:skane"
