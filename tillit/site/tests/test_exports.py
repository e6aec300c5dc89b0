"""An administrator asks for an export, waits, fetches it and takes it away; nobody else does."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tillit.accounts.models import User
from tillit.kit.carrying.files import stored
from tillit.kit.models import Activity
from tillit.privacy import retaining
from tillit.register.models import Mandate
from tillit.register.tests.factories import MandateFactory, OrganisationFactory, PersonFactory
from tillit.site.models import Export
from tillit.site.tasks import make_export

pytestmark = pytest.mark.django_db
PAGE = "/installningar/export/"


@pytest.fixture(autouse=True)
def storage_of_its_own(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def ask(administrator, django_capture_on_commit_callbacks):
    def do(reason="Vi flyttar"):
        with django_capture_on_commit_callbacks(execute=True):
            return administrator.post(PAGE, {"reason": reason})

    return do


@pytest.fixture
def made(ask):
    ask()
    do_tasks()
    return Export.objects.get()


def do_tasks():
    """What a worker does, without its connections."""
    for it in DBTaskResult.objects.ready().filter(task_path=make_export.module_path):
        make_export.call(*it.args_kwargs["args"])


def another_administrator():
    user = User.objects.create_user("eva@example.org")
    person = PersonFactory(key="eva", account=user)
    MandateFactory(person=person, organisation=OrganisationFactory(), extent="administer")
    return user


def test_it_is_asked_for_made_and_fetched(administrator, ask, most_queries):
    administrator.get(PAGE)
    assert ask().status_code == 302
    waiting = administrator.get(PAGE).content.decode()
    assert "görs" in waiting
    assert "hx-trigger" in waiting
    assert 'name="reason"' not in waiting
    do_tasks()
    row = Export.objects.get()
    with most_queries():
        text = administrator.get(PAGE).content.decode()
    assert f"{PAGE}{row.key}.zip" in text
    assert "Vi flyttar" in text
    answer = administrator.get(f"{PAGE}{row.key}.zip")
    assert answer["Cache-Control"] == "no-store"
    packed = b"".join(answer.streaming_content)
    assert len(packed) == row.size
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        assert file.testzip() is None
        names = file.namelist()
        assert b'"key":"foreningen"' in file.read("tillit/organisation.jsonl")
    assert "tillit/manifest.json" in names
    row.refresh_from_db()
    assert row.fetched_at is not None


def test_why_it_was_taken_stands_in_the_list_of_changes(made):
    told = Activity.objects.get(subject=made.subject)
    assert (told.actor, told.reason, told.circle) == ("person:asa", "Vi flyttar", "administrators")


def test_without_a_reason_there_is_none(administrator, ask):
    response = ask("  ")
    assert response.status_code == 422
    assert "Skriv vad exporten ska användas till" in response.content.decode()
    assert not Export.objects.exists()


def test_one_at_a_time(administrator, ask):
    ask()
    assert ask().status_code == 409
    assert Export.objects.count() == 1


def test_only_the_one_who_asked_fetches_it_or_takes_it_away(cast, made, client):
    client.force_login(another_administrator())
    assert client.get(PAGE).status_code == 200
    assert made.key not in client.get(PAGE).content.decode()
    assert client.get(f"{PAGE}{made.key}.zip").status_code == 404
    assert client.post(f"{PAGE}{made.key}/bort/").status_code == 404
    for reader in (cast.coordinator, cast.official, cast.member, cast.outsider):
        assert reader.get(f"{PAGE}{made.key}.zip").status_code == 403
        assert reader.post(PAGE, {"reason": "x"}).status_code == 403
    assert cast.anonymous.get(f"{PAGE}{made.key}.zip").status_code == 302
    assert default_storage.exists(made.path)


def test_who_administers_no_more_fetches_nothing(administrator, made):
    made_of = f"{PAGE}{made.key}.zip"
    assert b"".join(administrator.get(made_of).streaming_content)
    Mandate.objects.filter(person__key="asa").update(stopped_at=timezone.now())
    assert administrator.get(made_of).status_code == 403


def test_it_is_taken_away_by_hand(administrator, made, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        administrator.post(f"{PAGE}{made.key}/bort/")
    assert not default_storage.exists(made.path)
    assert administrator.get(f"{PAGE}{made.key}.zip").status_code == 404
    assert "Vi flyttar" not in administrator.get(PAGE).content.decode()


def test_it_is_taken_away_by_itself(administrator, made):
    retaining.run("exports", timezone.localdate() + timedelta(days=2))
    assert default_storage.exists(made.path)
    retaining.run("exports", timezone.localdate() + timedelta(days=4))
    assert not default_storage.exists(made.path)
    assert not Export.objects.exists()


def test_an_export_holds_no_earlier_one(made):
    assert default_storage.exists(made.path)
    assert list(stored()) == []


def test_one_that_was_taken_away_before_it_was_made_is_not_made(administrator, ask):
    ask()
    administrator.post(f"{PAGE}{Export.objects.get().key}/bort/")
    do_tasks()
    assert not Export.objects.exists()
    assert not default_storage.exists("exports") or default_storage.listdir("exports")[1] == []


def test_one_that_should_be_there_says_where_to_look(administrator, ask):
    ask()
    Export.objects.update(asked_at=timezone.now() - timedelta(hours=2))
    assert "borde ha varit klar" in administrator.get(PAGE).content.decode()
