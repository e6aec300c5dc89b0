"""The page on what Tillit does by itself: for administrators, who can try again and decide."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tillit.kit.background.models import Heartbeat
from tillit.kit.background.schedule import entries, start_due
from tillit.kit.models import Activity
from tillit.post.models import Message, State, Trouble
from tillit.post.outbox import Addressee, write
from tillit.post.tasks import deliver, read_mailbox
from tillit.register.models import Person
from tillit.register.tests.factories import MandateFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
PAGE = "/drift/"


@pytest.fixture
def administrator(cast):
    """Ulf, who keeps the installation running besides."""
    MandateFactory(
        person=Person.objects.get(key="ulf"),
        organisation=OrganisationFactory(key="driften"),
        extent="administer",
    )
    return cast.outsider


@pytest.fixture
def failed():
    read_mailbox.enqueue()
    DBTaskResult.objects.update(
        status="FAILED",
        finished_at=timezone.now(),
        exception_class_path="builtins.TimeoutError",
        traceback="with mina@example.org",
        worker_ids=["a", "b"],
    )
    return DBTaskResult.objects.get()


@pytest.fixture
def uncertain():
    it = write("post/mail/test.md", Addressee("mina@example.org"), kind="invitation")
    Message.objects.update(state=State.UNCERTAIN, settled_at=timezone.now())
    return it


def text(browser):
    return browser.get(PAGE).content.decode()


def test_the_page_tells_all_there_is(administrator, failed, uncertain, most_queries):
    write("post/mail/test.md", Addressee("karin@example.org"), kind="letter")
    start_due(timezone.now())
    text(administrator)  # the first form that a session meets is written down in it
    with most_queries():
        page = text(administrator)
    assert "TimeoutError" in page
    assert str(failed.pk) in page
    assert "traceback" not in page
    assert "mina@example.org" in page  # the uncertain mail, not what a task was given
    assert "karin@example.org" not in page
    for entry in entries():
        assert str(entry.when) in page or entry.title in page


def test_an_empty_page_says_that_all_is_well(administrator):
    Heartbeat.objects.create(process="a", kind="worker", seen_at=timezone.now())
    Heartbeat.objects.create(process="b", kind="clock", seen_at=timezone.now())
    page = text(administrator)
    assert "notice--bad" not in page
    assert "try-again" not in page
    assert "let-be" not in page


@pytest.mark.parametrize(("kind", "age"), [("clock", 10), ("worker", 10), ("clock", 1000)])
def test_it_says_when_the_background_stands_still(administrator, kind, age):
    seen = timezone.now() - timedelta(seconds=age)
    Heartbeat.objects.create(process="a", kind=kind, seen_at=seen)
    assert "notice--bad" in text(administrator)


def test_it_says_why_mail_waits(administrator, settings):
    settings.TILLIT_MAIL = {"host": "h", "port": 25, "security": "none", "user": "", "password": ""}
    settings.TILLIT_MAIL_FROM = "hej@example.org"
    Trouble.seen("login-refused", "", timezone.now())
    assert "notice--warn" not in text(administrator)
    write("post/mail/test.md", Addressee("karin@example.org"), kind="letter")
    assert "notice--warn" in text(administrator)


def test_a_failed_task_is_tried_again(administrator, failed):
    response = administrator.post(PAGE, {"do": "try-again", "task": str(failed.pk)})
    assert response.headers["Location"] == PAGE
    failed.refresh_from_db()
    assert (failed.status, failed.worker_ids) == ("READY", [])
    assert administrator.post(PAGE, {"do": "try-again", "task": str(failed.pk)}).status_code == 409


def test_an_uncertain_mail_is_sent_once_more_or_let_be(administrator, uncertain):
    administrator.post(PAGE, {"do": "send-again", "mail": uncertain.key})
    uncertain.refresh_from_db()
    assert uncertain.state == State.WAITING
    assert Activity.objects.get().actor == "person:ulf"
    Message.objects.update(state=State.UNCERTAIN, settled_at=timezone.now())
    administrator.post(PAGE, {"do": "let-be", "mail": uncertain.key})
    assert not Message.objects.undecided().exists()
    assert administrator.post(PAGE, {"do": "let-be", "mail": uncertain.key}).status_code == 409


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({}, 400),
        ({"do": "explode"}, 400),
        ({"do": "try-again"}, 409),
        ({"do": "try-again", "task": "x\0"}, 409),
        ({"do": "try-again", "task": "00000000-0000-0000-0000-000000000000"}, 409),
        ({"do": "send-again"}, 404),
        ({"do": "send-again", "mail": "x\0"}, 404),
        ({"do": "let-be", "mail": "nothing"}, 404),
    ],
)
def test_bad_input_gets_words(administrator, failed, uncertain, said, status):
    assert administrator.post(PAGE, said).status_code == status


def test_nobody_else_may(cast, failed, uncertain):
    for role in ("coordinator", "official", "member", "outsider"):
        assert getattr(cast, role).get(PAGE).status_code == 403, role
        said = {"do": "try-again", "task": str(failed.pk)}
        assert getattr(cast, role).post(PAGE, said).status_code == 403, role
    assert cast.anonymous.get(PAGE).status_code == 302
    assert cast.anonymous.post(PAGE, {"do": "let-be", "mail": uncertain.key}).status_code == 403
    failed.refresh_from_db()
    assert failed.status == "FAILED"


def test_other_methods_are_refused(administrator):
    assert administrator.put(PAGE).status_code == 405
    assert administrator.delete(PAGE).status_code == 405


def test_a_task_under_way_is_told(administrator):
    start_due(timezone.now() - timedelta(days=2))
    write("post/mail/test.md", Addressee("karin@example.org"), kind="letter")
    start_due(timezone.now())
    assert "chip--plain" in text(administrator)
    assert deliver.name == "deliver"
