"""The same on a server that speaks like S3, and what is told when it doesn't answer."""

import subprocess
import sys
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from tillit.kit.carrying.files import stored
from tillit.kit.changes import Actor
from tillit.kit.files import keeping, storage
from tillit.kit.files.sweeping import sweep
from tillit.kit.files.tests.buckets import a_bucket
from tillit.kit.files.tests.samples import PDF
from tillit.kit.files.uploads import read
from tillit.kit.models import Source, StoredFile

pytestmark = pytest.mark.django_db
ACTOR = Actor("person:karin")


@pytest.fixture(scope="module")
def server():
    with a_bucket() as it:
        yield it


@pytest.fixture
def row(server):
    source = Source.objects.create(key="S1", title="Avtalet")
    upload = read(BytesIO(PDF * 40_000), "Avtal.pdf")  # goes through a temporary file
    return keeping.keep(upload, source.subject, "public", ACTOR, timezone.now())


def body(response):
    return b"".join(response.streaming_content)


def test_it_is_kept_served_and_taken_away(row, django_capture_on_commit_callbacks):
    assert row.path in list(stored())
    response = Client().get(row.get_absolute_url())
    assert body(response) == PDF * 40_000
    assert response["Content-Length"] == str(row.size)
    with django_capture_on_commit_callbacks(execute=True):
        keeping.take_away(row, ACTOR)
    assert row.path not in list(stored())
    storage.delete(row.path)  # once more does no harm


def test_the_sweep_takes_what_has_no_row_and_notes_what_lacks_its_bytes(row):
    storage.put("file/orphan.0", BytesIO(b"x"))
    storage.delete(row.path)
    now = timezone.now()
    assert (sweep(now).bytes, sweep(now).missing) == (0, 1)
    assert sweep(now + timedelta(days=2)).bytes >= 1
    assert "file/orphan.0" not in list(stored())
    assert Client().get(row.get_absolute_url()).status_code == 404


def test_a_server_that_is_away_is_told_in_words(row, monkeypatch):
    away = type(default_storage._wrapped)(
        bucket_name="bucket",
        endpoint_url="http://127.0.0.1:9",
        region_name="eu-north-1",
        access_key="key",
        secret_key="secret",
    )
    monkeypatch.setattr(default_storage, "_wrapped", away)
    response = Client().get(row.get_absolute_url())
    assert response.status_code == 503
    assert "Filerna går inte att nå just nu" in response.content.decode()
    assert not storage.is_reached()
    with pytest.raises(storage.Away):
        sweep(timezone.now())
    row.refresh_from_db()
    assert row.missing_since is None  # nobody knows
    row.delete()  # its bytes are left for the sweep
    assert not StoredFile.objects.exists()


def test_a_bucket_that_is_not_there_is_told_too(server, monkeypatch):
    monkeypatch.setattr(default_storage, "bucket_name", "not-there")
    monkeypatch.setattr(default_storage, "_bucket", None)
    assert not storage.is_reached()
    with pytest.raises(storage.Away):
        storage.put("file/a.0", BytesIO(b"x"))


def test_boto_is_not_loaded_where_files_lie_in_a_folder():
    code = (
        "import django, os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'tillit.config.settings';"
        "django.setup(); from tillit.config import urls; from tillit.kit.files import storage;"
        "storage.is_reached(); print('boto3' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "False"
