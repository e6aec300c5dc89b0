"""Where copies go and who can open them; how it stands with them; and who is told when they fail."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tillit.kit.background.schedule import start_due
from tillit.kit.backup import keeping
from tillit.kit.backup.sealing import public_of
from tillit.kit.models import Activity
from tillit.privacy import keys
from tillit.site import backups
from tillit.site.models import BackupPlace, BackupRun
from tillit.site.tasks import back_up, keep_erased_keys

pytestmark = pytest.mark.django_db
KEY = "/kom-igang/sakerhetskopior/nyckel/"
NOW = "/installningar/sakerhetskopior/nu/"


@pytest.fixture
def place(tmp_path, settings):
    settings.DATA = tmp_path / "data"
    settings.MEDIA_ROOT = tmp_path / "files"
    (tmp_path / "data").mkdir()
    (tmp_path / "copies").mkdir()
    return BackupPlace.objects.create(key="backups", folder=str(tmp_path / "copies"))


@pytest.fixture
def ready(administrator, place):
    administrator.post(KEY)
    place.refresh_from_db()
    return place


def desk(browser):
    return browser.get("/skrivbord/").content.decode()


def test_the_key_is_shown_once_and_kept_nowhere(administrator, place):
    said = administrator.post(KEY)
    assert said["Cache-Control"] == "no-store"
    (key,) = re.findall(r"AGE-SECRET-KEY-1[0-9A-Z]+", said.content.decode())
    place.refresh_from_db()
    assert place.recipient == public_of(key)
    assert place.is_ready
    assert key not in repr(list(Activity.objects.values()))
    assert key not in administrator.get("/installningar/sakerhetskopior/").content.decode()


def test_without_a_folder_there_is_no_key(administrator):
    assert administrator.post(KEY).status_code == 409
    assert administrator.post(NOW).status_code == 409


def test_only_administrators_make_keys_and_copies(cast, place):
    for reader in (cast.coordinator, cast.official, cast.member, cast.outsider, cast.anonymous):
        assert reader.post(KEY).status_code == 403
        assert reader.post(NOW).status_code == 403
    place.refresh_from_db()
    assert not place.is_ready
    assert cast.coordinator.get(KEY).status_code == 405


def test_the_settings_say_that_the_key_is_lacking(administrator, place):
    text = administrator.get("/installningar/sakerhetskopior/").content.decode()
    assert "En sak återstår: nyckeln" in text
    administrator.post(KEY)
    text = administrator.get("/installningar/sakerhetskopior/").content.decode()
    assert "En sak återstår" not in text
    assert "Gör en ny återställningsnyckel" in text


def begun_at_night():
    start_due(timezone.now() - timedelta(days=1))  # a new entry waits for its first time
    start_due(timezone.now())
    return DBTaskResult.objects.filter(task_path=back_up.module_path).exists()


def test_a_copy_is_made_at_night(ready):
    assert begun_at_night()


def test_no_copy_is_made_at_night_as_long_as_there_is_no_key(place):
    assert not begun_at_night()


def test_a_copy_is_made_and_told_of(administrator, ready, tmp_path, most_queries):
    back_up.call()
    run = BackupRun.objects.get()
    (path,) = keeping.copies(tmp_path / "copies")
    assert (run.name, run.size) == (path.name, path.stat().st_size)
    administrator.get("/drift/")
    with most_queries():
        text = administrator.get("/drift/").content.decode()
    assert "Senaste lyckade kopian" in text
    assert str(tmp_path / "copies") in text
    assert "kopian" not in desk(administrator)


def test_one_that_failed_is_told_on_the_desk_until_one_is_made(
    administrator, ready, tmp_path, cast
):
    (tmp_path / "copies").rmdir()
    with pytest.raises(FileNotFoundError):
        backups.back_up(timezone.now())
    assert "Den senaste kopian kunde inte göras" in desk(administrator)
    assert "FileNotFoundError" in administrator.get("/drift/").content.decode()
    assert "kopian" not in desk(cast.coordinator)
    (tmp_path / "copies").mkdir()
    backups.back_up(timezone.now())
    assert "kopian" not in desk(administrator)


def test_one_that_is_too_old_is_told_on_the_desk(administrator, ready):
    backups.back_up(timezone.now() - timedelta(days=1, hours=23))
    assert "på två dagar" not in desk(administrator)
    BackupRun.objects.update(began_at=timezone.now() - timedelta(days=2, hours=1))
    assert "Ingen kopia har gjorts på två dagar" in desk(administrator)


def test_where_the_worker_died_in_the_midst_it_is_missed(administrator, ready):
    backups.back_up(timezone.now() - timedelta(days=3))
    BackupRun.objects.create(began_at=timezone.now() - timedelta(days=1))
    assert "på två dagar" in desk(administrator)


def test_a_key_without_any_copy_for_two_days_is_missed(administrator, ready):
    BackupPlace.objects.update(ready_at=timezone.now() - timedelta(days=3))
    assert "på två dagar" in desk(administrator)


def test_it_is_made_now_when_somebody_asks(administrator, ready):
    assert administrator.post(NOW).status_code == 302
    administrator.post(NOW)
    assert DBTaskResult.objects.filter(task_path=back_up.module_path).count() == 1


def test_what_is_erased_between_two_copies_is_noted_beside_them(ready, tmp_path):
    assert not backups.has_new_erased_keys()
    keys.note({"d" * 64: "5"}, keys.file())
    assert backups.has_new_erased_keys()
    keep_erased_keys.call()
    assert not backups.has_new_erased_keys()
    assert keys.read(tmp_path / "copies" / backups.ERASED) == {"d" * 64: "5"}


def test_a_hundred_runs_are_remembered(ready):
    BackupRun.objects.bulk_create(BackupRun(began_at=timezone.now()) for _number in range(120))
    backups.forget_earlier()
    assert BackupRun.objects.count() == 100


def test_it_is_told_how_long_copies_keep_what_was_erased(client, ready):
    page = client.get("/gallring/").content.decode()
    assert "Det som har raderats står kvar i äldre kopior" in page.replace("\xad", "")


def test_copies_are_thinned_out_with_all_else_that_is_old(ready, tmp_path):
    folder = tmp_path / "copies"
    for moment in ("2026-11-20T0115", "2026-11-21T0115", "2026-11-21T0915"):
        (folder / f"tillit-{moment}00Z.age").write_bytes(b"")
    assert backups.purge(timezone.localdate()) == 1
    assert len(keeping.copies(folder)) == 2
    assert backups.purge(timezone.localdate()) == 0
