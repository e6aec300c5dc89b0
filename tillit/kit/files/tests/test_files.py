"""A file is kept, served to those who may read it, replaced, taken away, and swept up after."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from tillit.kit.changes import Actor, undo
from tillit.kit.files import keeping, storage
from tillit.kit.files.sweeping import sweep
from tillit.kit.files.tests.samples import PDF, office
from tillit.kit.files.uploads import read
from tillit.kit.models import Activity, Source, StoredFile
from tillit.kit.refusal import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]
ACTOR = Actor("person:karin")


@pytest.fixture
def source(db):
    return Source.objects.create(key="S1", title="Avtalet")


def keep(source, content=PDF, name="Avtal å.pdf", circle="public"):
    upload = read(BytesIO(content), name)
    return keeping.keep(upload, source.subject, circle, ACTOR, timezone.now())


def on_disk(folder):
    return [it for it in folder.rglob("*") if it.is_file()]


def body(response):
    return b"".join(response.streaming_content)


def test_a_public_file_is_shown_and_can_do_nothing_to_the_page(source):
    row = keep(source)
    response = Client().get(row.get_absolute_url())
    assert body(response) == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("inline; filename*=utf-8''Avtal%20%C3%A5.pdf")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "private, no-cache"


def test_what_a_browser_can_not_show_safely_is_only_fetched(source):
    content = office()
    response = Client().get(keep(source, content, "a.docx").get_absolute_url())
    assert body(response) == content
    assert response["Content-Disposition"] == 'attachment; filename="a.docx"'
    text = Client().get(keep(source, "å".encode("cp1252"), "a.txt").get_absolute_url())
    assert body(text) == "å".encode("cp1252")
    assert text["Content-Type"] == "text/plain; charset=windows-1252"


def test_who_has_it_already_gets_nothing_and_head_is_answered_without_bytes(source, folder):
    row = keep(source)
    response = Client().get(row.get_absolute_url(), headers={"if-none-match": f'"{row.sha256}"'})
    assert (response.status_code, response.content) == (304, b"")
    assert response["Cache-Control"] == "private, no-cache"
    head = Client().head(row.get_absolute_url())
    assert (head.status_code, head["Content-Length"]) == (200, str(len(PDF)))
    assert Client().post(row.get_absolute_url()).status_code == 405


def test_a_file_of_a_circle_is_not_there_for_others(source, cast):
    row = keep(source, circle="secretariat:civil")
    url = row.get_absolute_url()
    assert body(cast.coordinator.get(url)) == PDF
    for client in (cast.official, cast.member, cast.outsider, cast.anonymous):
        assert client.get(url).status_code == 404
        assert client.get(url, headers={"if-none-match": f'"{row.sha256}"'}).status_code == 404


def test_the_name_of_the_bytes_is_nothing_that_was_typed_and_nobody_else_reads_them(source, folder):
    row = keep(source)
    (path,) = on_disk(folder)
    assert path == folder / row.path
    assert "Avtal" not in str(path)
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_replacing_leaves_a_trace_and_no_bytes(source, folder, django_capture_on_commit_callbacks):
    row = keep(source)
    with django_capture_on_commit_callbacks(execute=True):
        keeping.replace(row, read(BytesIO(PDF + b"2"), "b.pdf"), "public", ACTOR, timezone.now())
    assert [it.read_bytes() for it in on_disk(folder)] == [PDF + b"2"]
    changes = Activity.objects.get(verb="changed").changes
    assert changes["name"] == ["Avtal å.pdf", "b.pdf"]
    assert {"sha256", "size"} <= changes.keys()
    row.refresh_from_db()
    assert body(Client().get(row.get_absolute_url())) == PDF + b"2"


@pytest.mark.parametrize("rows", [lambda it: it, lambda it: StoredFile.objects.filter(pk=it.pk)])
def test_bytes_go_with_their_row_when_that_is_certain(
    source, folder, rows, django_capture_on_commit_callbacks
):
    row = keep(source)
    with django_capture_on_commit_callbacks() as later:
        rows(row).delete()
    assert len(on_disk(folder)) == 1
    for it in later:
        it()
    assert on_disk(folder) == []


def test_a_file_that_could_not_be_written_down_leaves_no_bytes(source, folder):
    with pytest.raises(Exception, match="circle"):
        keep(source, circle="x" * 200)
    assert on_disk(folder) == []
    assert not StoredFile.objects.exists()


def test_what_was_taken_away_is_not_undone(source):
    row = keep(source)
    with pytest.raises(Refused, match="byts ut eller tas bort"):
        undo(Activity.objects.get(subject=row.subject), ACTOR)


def test_a_storage_that_fails_is_told_in_words(source, folder, monkeypatch):
    row = keep(source)

    def fail(*_args, **_more):
        raise PermissionError("no")

    monkeypatch.setattr("tillit.kit.files.folders.Folder._open", fail)
    response = Client().get(row.get_absolute_url())
    assert response.status_code == 503
    assert "Filerna går inte att nå just nu" in response.content.decode()
    monkeypatch.setattr("tillit.kit.files.folders.Folder._save", fail)
    with pytest.raises(storage.Away):
        keep(source, name="b.pdf")
    assert StoredFile.objects.count() == 1


def test_bytes_that_are_gone_are_told_in_words_and_noted_by_the_sweep(source, folder):
    row = keep(source)
    (folder / row.path).unlink()
    response = Client().get(row.get_absolute_url())
    assert response.status_code == 404
    assert "innehållet är borta" in response.content.decode()
    now = timezone.now()
    assert sweep(now).missing == 1
    row.refresh_from_db()
    assert row.missing_since == now
    (folder / row.path).write_bytes(PDF)
    assert sweep(now).missing == 0
    row.refresh_from_db()
    assert row.missing_since is None


def test_bytes_without_a_row_are_swept_when_a_day_old_and_nothing_else_is(source, folder):
    row = keep(source)
    orphan, strange = folder / "file" / "orphan.0", folder / "somebodys" / "own.txt"
    strange.parent.mkdir()
    for path in (orphan, strange):
        path.write_bytes(b"x")
    now = timezone.now()
    assert sweep(now).bytes == 0
    assert sweep(now + timedelta(days=2)).bytes == 1
    assert {it.name for it in on_disk(folder)} == {Path(row.path).name, "own.txt"}


def test_a_file_whose_subject_is_gone_goes_too(source, folder, django_capture_on_commit_callbacks):
    keep(source)
    source.delete()
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep(timezone.now()).rows == 1
    assert on_disk(folder) == []
