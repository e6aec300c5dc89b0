"""The accessibility statement, its report function, and what administrators do about reports."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from tillit.accounts.models import User
from tillit.kit.access import viewer_for
from tillit.kit.contributions import asked_of, holdings_of
from tillit.kit.days import today
from tillit.kit.models import Activity
from tillit.post.models import Message
from tillit.privacy.models import Report, ReportDeed
from tillit.privacy.statement import STATEMENT

pytestmark = pytest.mark.django_db
STATED = "/tillganglighet/"
FORM = "/tillganglighet/anmalan/"
LIST = "/tillganglighet/anmalningar/"
TYPED = {"what": "Kartan går inte att läsa", "where": "/platser/", "email": "asa@example.org"}


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


@pytest.fixture
def report(db):
    return Report.objects.create(key="r1", language="sv", sent_at=timezone.now(), **TYPED)


def page(row):
    return f"{LIST}{row.key}/"


def test_everybody_reads_the_statement_with_all_that_the_law_asks(cast, most_queries):
    for client in (cast.coordinator, cast.member, cast.outsider, cast.anonymous):
        with most_queries():
            answer = client.get(STATED)
        assert answer.status_code == 200
    text = answer.content.decode()
    for wanted in ("2018:1937", "EN 301 549", "12 §", "9 §", "digg.se/tdosanmalan", FORM):
        assert wanted in text
    assert STATEMENT.flaws
    assert STATEMENT.assessed <= STATEMENT.updated <= today()


def test_every_page_leads_to_it(cast):
    assert f'href="{STATED}"' in cast.anonymous.get("/organisationer/").content.decode()


def test_anybody_reports_without_an_account(cast, most_queries):
    with most_queries():
        assert cast.anonymous.get(FORM).status_code == 200
    answer = cast.anonymous.post(FORM, TYPED)
    assert answer.headers["Location"] == "/tillganglighet/anmalan/tack/"
    assert cast.anonymous.get(answer.headers["Location"]).status_code == 200
    row = Report.objects.get()
    assert (row.what, row.where, row.email) == tuple(TYPED.values())
    assert row.circle == "administrators"
    (noted,) = Activity.objects.all()
    assert noted.circle == "administrators"
    assert not {"what", "email"} & noted.changes.keys()


def test_an_address_is_not_needed(cast):
    cast.anonymous.post(FORM, {"what": "Kartan"})
    assert Report.objects.get().email == ""


@pytest.mark.parametrize(
    ("asked", "came", "where"),
    [
        ("?sida=/platser/", "", "/platser/"),
        ("", "http://testserver/personer/?q=x", "/personer/"),
        ("", "http://testserver/tillganglighet/", ""),
        ("", "https://annan.example/sida/", ""),
        ("?sida=https://annan.example/", "", ""),
        ("?sida=/" + "x" * 900, "", "/" + "x" * 399),
        ("?sida=/%00", "", ""),
        ("", "http://[trasig", ""),
    ],
)
def test_where_is_the_page_one_comes_from(cast, asked, came, where):
    answer = cast.anonymous.get(FORM + asked, headers={"referer": came} if came else {})
    assert answer.status_code == 200
    assert answer.context["form"]["where"].value() == where


@pytest.mark.parametrize(
    "typed",
    [{}, {"what": ""}, {"what": "x" * 4001}, {**TYPED, "email": "ingen"}, {**TYPED, "what": "a\0"}],
)
def test_what_can_t_be_taken_stays_as_typed(cast, typed):
    answer = cast.anonymous.post(FORM, typed)
    assert answer.status_code == 422
    assert not Report.objects.exists()


def test_nobody_floods_it(cast):
    answers = [cast.anonymous.post(FORM, TYPED).status_code for _time in range(11)]
    assert answers == [302] * 10 + [422]
    assert Report.objects.count() == 10


def test_only_administrators_see_the_reports(cast, admin, report, most_queries):
    for path in (LIST, page(report)):
        for client in (cast.coordinator, cast.official, cast.member, cast.outsider):
            assert client.get(path).status_code == 403
        assert cast.anonymous.get(path).status_code == 302
        with most_queries():
            assert admin.get(path).status_code == 200
    assert cast.coordinator.post(page(report), {"kind": "mended"}).status_code == 403
    assert cast.anonymous.post(page(report), {"kind": "mended"}).status_code == 403
    assert admin.post(LIST).status_code == 405
    assert admin.get(f"{LIST}finns-inte/").status_code == 404


def test_what_is_done_is_written_down_and_an_answer_goes_by_mail(admin, report):
    assert admin.post(page(report), {"kind": "taken"}).status_code == 302
    assert not Message.objects.exists()
    said = {"kind": "answered", "text": "Tack! Vi **lagar** den."}
    assert admin.post(page(report), said).status_code == 302
    mail = Message.objects.get()
    assert (mail.to_email, mail.about) == ("asa@example.org", report.subject)
    assert "lagar" in mail.text
    assert "digg.se" in mail.text
    admin.post(page(report), {"kind": "mended"})
    assert list(report.deeds.values_list("kind", "by")) == [
        ("taken", "person:adam"),
        ("answered", "person:adam"),
        ("mended", "person:adam"),
    ]
    shown = admin.get(LIST)
    assert shown.context["waiting"] == []
    assert list(shown.context["finished"]) == [report]


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"kind": "answered"},
        {"kind": "closed"},
        {"kind": "something"},
        {"kind": "taken", "text": "x" * 4001},
    ],
)
def test_what_an_administrator_writes_wrong_is_told(admin, report, typed):
    assert admin.post(page(report), typed).status_code == 422
    assert not ReportDeed.objects.exists()


def test_nobody_is_answered_who_gave_no_address(admin, report):
    Report.objects.update(email="")
    answer = admin.post(page(report), {"kind": "answered", "text": "Tack!"})
    assert answer.status_code == 422
    assert not Message.objects.exists()


def test_it_waits_on_the_administrators_desk_until_it_is_finished(cast, admin, report):
    def waits(name):
        viewer = viewer_for(User.objects.get(email=f"{name}@example.org").pk)
        return [it for it in asked_of(viewer, today()) if it.url == page(report)]

    (it,) = waits("adam")
    assert it.due == today() + timedelta(days=14)
    assert not waits("karin")
    admin.post(page(report), {"kind": "closed", "text": "Det är ingen brist."})
    assert not waits("adam")


def test_whoever_leaves_holds_what_they_have_taken_on(admin, report):
    viewer = viewer_for(User.objects.get(email="adam@example.org").pk)
    of_adam = ("person:adam", "organisation:driften", viewer)
    assert not [it for it in holdings_of(*of_adam) if it.subject == report.subject]
    admin.post(page(report), {"kind": "taken"})
    assert [it.subject for it in holdings_of(*of_adam)].count(report.subject) == 1
    admin.post(page(report), {"kind": "mended"})
    assert not [it for it in holdings_of(*of_adam) if it.subject == report.subject]
