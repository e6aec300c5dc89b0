"""What is old enough is erased by itself, each retention apart; and a page tells of it."""

import time
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tillit.kit.background.schedule import entries
from tillit.kit.changes import Actor, change, new_key
from tillit.kit.contributions import ERASED, retentions
from tillit.kit.models import Activity
from tillit.post.models import Message, State
from tillit.privacy import retaining, tasks
from tillit.privacy.deciding import Judgement, decide
from tillit.privacy.models import ErasureDecision, ErasureRequest, Report, ReportDeed, RetentionRun
from tillit.register.models import Organisation

pytestmark = pytest.mark.django_db
PAGE = "/gallring/"
RUN = "/gallring/korning/"


def ago(days):
    return timezone.now() - timedelta(days=days)


def run(name, on=None):
    return retaining.run(name, on or timezone.localdate())


def test_everybody_reads_what_is_kept_for_how_long(cast, most_queries):
    for client in (cast.coordinator, cast.member, cast.outsider, cast.anonymous):
        with most_queries():
            page = client.get(PAGE)
        assert page.status_code == 200
        assert not page.context["may_run"]
    text = page.content.decode()
    assert all(str(it.title) in text.replace("\N{SOFT HYPHEN}", "") for it in retentions())


def test_all_say_what_and_why_under_names_of_their_own():
    names = [it.name for it in retentions()]
    assert len(names) == len(set(names))
    assert {"activity", "sessions", "sign_in_attempts", "mails.texts", "requests.decided"} <= set(
        names
    )
    assert all(it.title and it.text and it.days >= 0 for it in retentions())


def test_only_an_administrator_has_it_done_now(cast, admin):
    for client in (cast.coordinator, cast.official, cast.member, cast.outsider, cast.anonymous):
        assert client.post(RUN).status_code == 403
    assert admin.get(RUN).status_code == 405
    assert not DBTaskResult.objects.exists()
    assert admin.post(RUN).headers["Location"] == PAGE
    assert DBTaskResult.objects.count() == 1
    assert admin.get(PAGE).context["may_run"]


def test_it_is_on_the_schedule_every_night():
    (entry,) = [it for it in entries() if it.task == "tillit.privacy.tasks.erase_old"]
    assert entry.name == "erase-old"


def test_each_retention_is_a_task_of_its_own_and_carries_a_name_alone(db):
    tasks.erase_old.func()
    given = [row.args_kwargs for row in DBTaskResult.objects.all()]
    named = sorted(it["args"] for it in given)
    assert named == sorted([[], *([it.name] for it in retentions())])
    assert all(it["kwargs"] == {} for it in given)


def test_every_retention_runs_and_what_it_did_is_shown(cast):
    for it in retentions():
        run(it.name)
    assert RetentionRun.objects.count() == len(retentions())
    assert not RetentionRun.objects.exclude(fault="").exists()
    kept = cast.anonymous.get(PAGE).context["all"]
    assert all(it.last and it.last.count is not None for it in kept)


def test_one_that_fails_is_told_and_leaves_what_it_began(cast, monkeypatch):
    def fail(_today):
        Organisation.objects.all().update(name="halvvägs")
        raise ValueError("mina@example.org")

    broken = retentions()[0]
    monkeypatch.setattr(retaining, "named", lambda _name: broken.__class__("x", "x", "x", 1, fail))
    with pytest.raises(ValueError, match="mina"):
        run("x")
    row = RetentionRun.objects.get()
    assert (row.fault, row.count) == ("ValueError", None)  # not its words, which may name somebody
    assert row.ended_at
    assert not Organisation.objects.filter(name="halvvägs").exists()


def test_a_retention_that_the_code_no_longer_has_does_nothing(db):
    assert run("finns-inte") == 0
    assert not RetentionRun.objects.exists()


def test_a_hundred_runs_are_kept(db):
    RetentionRun.objects.bulk_create(
        RetentionRun(name="sessions", started_at=ago(1), ended_at=ago(1)) for _ in range(120)
    )
    run("sessions")
    assert RetentionRun.objects.filter(name="sessions").count() == 100


def test_after_three_years_a_change_says_not_by_whom_nor_what_stood_of_a_person(cast, mina):
    it = Organisation.objects.get(key="foreningen")
    by_mina = Actor("person:mina", "organisation:foreningen")
    change(it, {"level": "local"}, by_mina)
    change(mina, {"name": "Mina Ek"}, by_mina, "hon har gift sig")
    assert run("activity") == 0
    Activity.objects.update(at=ago(3 * 365 + 2))
    assert run("activity") == 3
    of_it, of_mina = (Activity.objects.get(subject=row.subject) for row in (it, mina))
    assert of_it.actor == of_mina.actor == ERASED
    assert of_it.behalf == "organisation:foreningen"
    assert of_it.changes["level"] == ["", "local"]
    assert (of_mina.changes, of_mina.reason) == ({}, "")
    assert run("activity") == 0


def test_what_a_command_did_keeps_its_actor(db):
    Activity.objects.create(actor="command:load", subject="organisation:a", verb="created")
    Activity.objects.update(at=ago(2000))
    run("activity")
    assert Activity.objects.get().actor == "command:load"


def test_requests_that_nobody_confirmed_go_after_a_week(cast, mina, request_of):
    old = request_of(mina, email="x@example.org", confirmed_at=None, asked_at=ago(9))
    new = request_of(mina, email="y@example.org", confirmed_at=None, asked_at=ago(2))
    mail = Message.objects.create(
        key="a",
        message_id="a",
        kind="privacy",
        about=old.subject,
        to_email="x@example.org",
        language="sv",
        subject_line="s",
        text="t",
        html="h",
    )
    assert run("requests.unconfirmed") == 2
    assert list(ErasureRequest.objects.all()) == [new]
    mail.refresh_from_db()
    assert (mail.to_email, mail.text) == ("", "")


def test_the_answer_is_emptied_when_it_has_gone_or_has_had_time_enough(cast, mina, request_of):
    decide(
        request_of(mina),
        Judgement("erased", "not_needed", "x"),
        Actor("person:karin"),
        timezone.now(),
    )
    mail = Message.objects.get(to_email="mina@example.org")
    assert run("requests.answers") == 0
    Message.objects.filter(pk=mail.pk).update(state=State.SENT)
    assert run("requests.answers") == 1
    assert not Message.objects.exclude(to_email="").exists()


def test_an_answer_that_never_leaves_is_emptied_after_two_weeks(cast, mina, request_of):
    decide(
        request_of(mina),
        Judgement("erased", "not_needed", "x"),
        Actor("person:karin"),
        timezone.now(),
    )
    assert run("requests.answers", timezone.localdate() + timedelta(days=16)) == 1
    assert not Message.objects.exclude(to_email="").exists()


def test_what_a_decided_request_said_goes_after_a_year(cast, mina, request_of):
    row = request_of(mina, reason="Jag vill inte")
    decide(
        row,
        Judgement("refused", "office", "Offentligt uppdrag"),
        Actor("person:karin"),
        timezone.now(),
    )
    assert run("requests.decided") == 0
    ErasureRequest.objects.update(decided_at=ago(367))
    assert run("requests.decided") == 1
    row = ErasureRequest.objects.get()
    assert (row.person, row.account, row.reason) == (None, None, "")
    decision = ErasureDecision.objects.get()
    assert (decision.outcome, decision.ground, decision.reason) == ("refused", "office", "")


def test_reports_go_half_a_year_after_they_are_finished(db):
    def report(**given):
        return Report.objects.create(
            key=new_key(),
            what="Går inte",
            email="x@example.org",
            language="sv",
            sent_at=ago(400),
            **given,
        )

    finished, waiting = report(), report()
    ReportDeed.objects.create(
        key="d", report=finished, kind="mended", by="person:a", at=ago(190), text="Lagat åt Bo"
    )
    run("reports")
    finished.refresh_from_db()
    waiting.refresh_from_db()
    assert (finished.what, finished.email, finished.deeds.get().text) == ("", "", "")
    assert waiting.email == "x@example.org"


def test_expired_sessions_and_old_counts_of_attempts_go(cast):
    cache.set("passed", [1], timeout=0.001)
    cache.set("lasts", [1], timeout=3600)
    Session.objects.filter(pk=cast.outsider.session.session_key).update(expire_date=ago(1))
    time.sleep(1.1)  # the cache counts whole seconds
    assert run("sessions") == 1
    assert cast.outsider.get("/mina-uppgifter/").status_code == 302
    assert cast.member.get("/mina-uppgifter/").status_code == 200
    assert run("sign_in_attempts") == 1
    assert cache.get("lasts") == [1]


def test_the_file_is_tidied_on_either_database(transactional_db):
    tasks.tidy.func()
