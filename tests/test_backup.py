"""The drill: fill, copy while others write, restore elsewhere, compare everything."""

import json
import os
import subprocess
import sys
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from threading import Thread
from zlib import decompressobj

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone, translation

from tests.emptying import empty
from tillit.accounts.models import User
from tillit.kit.backup import keeping, making, restoring, sealing, stream
from tillit.kit.backup.tables import LEFT_OUT, clear, columns, label, tables
from tillit.kit.carrying import files
from tillit.kit.changes import Actor
from tillit.kit.circles import Viewer
from tillit.kit.files import keeping as keeping_files
from tillit.kit.files.sweeping import sweep
from tillit.kit.files.tests.buckets import a_bucket
from tillit.kit.files.tests.samples import PDF
from tillit.kit.files.uploads import read
from tillit.kit.models import Source, StoredFile
from tillit.kit.refusal import Refused
from tillit.kit.search.tests.mended import wrong
from tillit.post.models import Message
from tillit.privacy import keys
from tillit.privacy.models import ErasedKey
from tillit.privacy.tests.filling import Filling, somebody, to_fill
from tillit.privacy.tests.test_everything import left_of
from tillit.register.models import Organisation, Person, Role
from tillit.register.tests.factories import OrganisationFactory, PersonFactory, RoleFactory
from tillit.site.models import FirstRun, Installation

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 28, 1, 15, tzinfo=UTC)
SECRET, PUBLIC = sealing.new_pair()


@pytest.fixture(autouse=True)
def folders_of_its_own(tmp_path, settings):
    settings.DATA = tmp_path / "data"
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.DATA.mkdir()
    (tmp_path / "copies").mkdir()


def everything():
    """All rows of all tables as they are copied."""
    return {
        label(model): [
            [stream.written(value) for value in row]
            for row in model._base_manager.order_by("pk").values_list(
                *(it.attname for it in columns(model))
            )
        ]
        for model in tables()
    }


@pytest.fixture
def filled(db):
    """A row of everything, and a file."""
    person = somebody("qvx-astrom", "Qvx Åström", "qvx@example.org")
    RoleFactory(key="qvx-astrom.r", person=person, organisation=OrganisationFactory())
    filling = Filling(person, "qvx@example.org", 'Så skrev "Qvx Åström" \\ 😀 \u2028\n om det.')
    for model in to_fill():
        filling.once(model)
    for model in apps.get_models():
        for several in model._meta.many_to_many:
            if model.__module__.startswith("tillit."):
                row, other = model.objects.first(), several.related_model.objects.first()
                getattr(row, several.name).add(other)
    ErasedKey.objects.all().delete()
    default_storage.save("logo/a.png", ContentFile(bytes(range(256)) * 1000))
    return person


@pytest.fixture
def copy(tmp_path):
    return lambda: keeping.make(tmp_path / "copies", PUBLIC, NOW)


def forget_all():
    """An installation that has just begun."""
    clear()
    for name in list(files.stored()):
        default_storage.delete(name)


def put_back(path):
    return restoring.restore(path, SECRET)


def test_all_comes_back_as_it_was(filled, copy):
    before = everything()
    empty_tables = {name for name, rows in before.items() if not rows}
    assert empty_tables == {"privacy.erasedkey", "auth.group_permissions"}
    path = copy()
    forget_all()
    restored = put_back(path)
    assert everything() == before
    with default_storage.open("logo/a.png") as file:
        assert file.read() == bytes(range(256)) * 1000
    assert restored.checked.files == 1
    assert restored.checked.rows == sum(map(len, before.values()))
    assert wrong() == 0


@pytest.fixture(params=["folder", "bucket"])
def stored_in(request):
    """Where files lie: in the folder of the test, or in a bucket of S3."""
    with a_bucket() if request.param == "bucket" else nullcontext():
        yield request.param


def test_documents_come_back_with_their_bytes_wherever_they_lie(stored_in, copy, db):
    """The drill of files; one that somebody takes away while the copy is made hinders nothing."""
    source = Source.objects.create(key="S3", title="Avtalet")
    kept = keep_file(source, PDF * 5000)
    taken = keep_file(source, PDF)
    default_storage.delete(taken.path)
    path = copy()
    assert PDF[:20] not in path.read_bytes()
    forget_all()
    assert list(files.stored()) == []
    assert put_back(path).checked.files == 1
    it = StoredFile.objects.visible_to(Viewer()).get(key=kept.key)
    with default_storage.open(it.path) as file:
        assert file.read() == PDF * 5000
    assert sweep(timezone.now()).missing == 1
    assert StoredFile.objects.get(key=taken.key).missing_since


def keep_file(source, content):
    upload = read(BytesIO(content), "Avtal.pdf")
    return keeping_files.keep(upload, source.subject, "public", Actor("person:a"), timezone.now())


def test_new_rows_get_numbers_of_their_own_afterwards(filled, copy):
    path = copy()
    forget_all()
    put_back(path)
    last = max(User.objects.values_list("pk", flat=True))
    assert User.objects.create_user("new@example.org").pk > last
    assert OrganisationFactory(key="new").pk > 0


def test_the_same_on_another_database_and_back(filled, copy, tmp_path):
    """To an installation of its own in SQLite, and back to whichever database this runs on."""
    before, path = everything(), copy()
    (tmp_path / "key").write_text(SECRET)
    (tmp_path / "there-copies").mkdir()
    environment = {
        **os.environ,
        "TILLIT_DATA": str(tmp_path / "there"),
        "PYTHONPATH": str(Path.cwd()),
    }
    environment.pop("DATABASE_URL", None)

    def there(*words):
        command = [sys.executable, "-m", "tillit", *map(str, words)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    there("setup")
    there("restore", path, "--key-file", tmp_path / "key")
    back = there("backup", "--folder", tmp_path / "there-copies", "--key", PUBLIC).strip()
    forget_all()
    put_back(Path(back))
    now = everything()
    assert {name for name in before if before[name] != now[name]} == set()


@pytest.mark.django_db(transaction=True)
def test_a_copy_is_of_one_moment_and_nobody_waits(tmp_path, monkeypatch):
    """While it is made somebody writes a person and a role: both are in it, or neither."""
    for number in range(30):
        OrganisationFactory(key=f"before-{number}")
    written, stop = [], []

    def write():
        try:
            while not stop:
                key = f"new-{len(written)}"
                RoleFactory(key=key, person=PersonFactory(key=key))
                written.append(key)
        finally:
            connection.close()

    writer = Thread(target=write)
    writer.start()
    while len(written) < 3:
        pass
    lines = [json.loads(it) for it in making.lines(NOW)]
    more = len(written)
    while len(written) < more + 2:
        pass
    stop.append(True)
    writer.join(timeout=20)
    assert not writer.is_alive()
    persons, roles = rows_of(lines, "register.person"), rows_of(lines, "register.role")
    assert len(persons) >= 3
    assert abs(len(persons) - len(roles)) <= 1  # a person before its role
    assert {it["person_id"] for it in roles} <= {it["id"] for it in persons}
    assert len(persons) < len(written)
    restored = rows_of(lines, "register.organisation")
    assert {it["organisation_id"] for it in roles} <= {it["id"] for it in restored}


def rows_of(lines, table):
    found, names = [], []
    for it in lines:
        if isinstance(it, dict):
            names = it.get("columns", []) if it.get("table") == table else []
        elif names:
            found.append(dict(zip(names, it, strict=True)))
    return found


def test_nothing_of_it_can_be_read_without_the_key(filled, copy):
    path = copy()
    sealed = path.read_bytes()
    assert sealed.startswith(b"age-encryption.org/v1")
    assert b"qvx" not in sealed
    assert path.stat().st_mode & 0o077 == 0
    other, _public = sealing.new_pair()
    with pytest.raises(Refused, match="another recovery key"), translation.override("en"):
        restoring.restore(path, other)
    with pytest.raises(Refused, match="That is not a recovery key"), translation.override("en"):
        restoring.restore(path, "tomat")


def test_sessions_and_the_code_of_the_terminal_stay_out():
    names = {label(model) for model in tables()}
    every = {label(it) for it in apps.get_models(include_auto_created=True)}
    assert every - names == LEFT_OUT


@pytest.fixture
def refused(filled, copy, tmp_path):
    """Damages a copy, and tells why it isn't restored; nothing may have been written."""

    def do(damage):
        path = copy()
        forget_all()
        before = everything()
        path.write_bytes(damage(path.read_bytes()))
        with pytest.raises(Refused) as said, translation.override("en"):
            put_back(path)
        assert everything() == before
        assert list(Path(default_storage.path("")).rglob("*.png")) == []
        assert list((tmp_path / "data").iterdir()) == []
        return str(said.value)

    return do


@pytest.mark.parametrize(
    "damage",
    [
        lambda it: it[: len(it) // 2],
        lambda it: it[:-1],
        lambda it: it[:40],
        lambda it: b"",
        lambda it: b"PK\x03\x04" + bytes(1000),
        lambda it: it[:300] + bytes([it[300] ^ 1]) + it[301:],
        lambda it: it[:-20] + bytes([it[-20] ^ 1]) + it[-19:],
        lambda it: it + b"more",
    ],
)
def test_one_that_was_cut_short_or_changed_is_refused_and_nothing_written(refused, damage):
    assert "Nothing was written" in refused(damage)


def resealed(change):
    """Somebody with the key has changed what is inside."""

    def do(sealed):
        plain = Path(os.environ["TILLIT_DATA"]) / "plain"
        packed = Path(os.environ["TILLIT_DATA"]) / "sealed"
        packed.write_bytes(sealed)
        plain.unlink(missing_ok=True)
        sealing.unseal(packed, plain, SECRET)
        lines = decompressobj(31).decompress(plain.read_bytes()).splitlines(keepends=True)
        with packed.open("wb") as file:
            sealing.seal((it for it in [gzipped(b"".join(change(lines)))]), file, PUBLIC)
        return packed.read_bytes()

    return do


def gzipped(data):
    import gzip

    return gzip.compress(data)


def with_head(**values):
    def change(lines):
        return [stream.line({**json.loads(lines[0]), **values}), *lines[1:]]

    return change


def first_row(lines):
    return next(number for number, it in enumerate(lines) if it.startswith(b"["))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (with_head(version=2), "newer Tillit"),
        (with_head(migrations=["kit.9999_from_later"]), "newer Tillit"),
        (with_head(migrations=[]), "older Tillit"),
        (with_head(format="else"), "not a backup of Tillit"),
        (with_head(version="x"), "broken"),
        (lambda lines: lines[:-1], "broken"),
        (lambda lines: [*lines, lines[-1]], "broken"),
        (lambda lines: lines[: first_row(lines)] + lines[first_row(lines) + 1 :], "broken"),
        (
            lambda lines: [*lines[: first_row(lines)], b"[1]\n", *lines[first_row(lines) :]],
            "broken",
        ),
        (lambda lines: [*lines[:1], b'{"table":"spaceship","columns":[]}\n', *lines[1:]], "broken"),
        (lambda lines: [*lines[:1], b'{"file":"../../secret-key"}\n', *lines[1:]], "broken"),
        (lambda lines: [*lines[:1], b"nonsense\n", *lines[1:]], "broken"),
        (lambda _lines: [], "not a backup of Tillit"),
    ],
)
def test_what_is_inside_is_not_believed_either(refused, change, said):
    assert said in refused(resealed(change))


def test_where_there_is_something_nothing_is_restored(filled, copy):
    path, before = copy(), User.objects.count()
    with pytest.raises(Refused, match="empty installation only"), translation.override("en"):
        put_back(path)
    empty()
    with pytest.raises(Refused, match="there are accounts here"), translation.override("en"):
        put_back(path)
    assert User.objects.count() == before


def test_what_has_been_erased_since_stays_erased(filled, copy, tmp_path):
    """The list of it lay beside the copy."""
    path = copy()
    keys.note(
        {keys.digest("person:qvx-astrom", "the-former-secret"): "0"},
        path.parent / "tillit-erased-keys",
    )
    rows = [keys.digest(it, str(secret())) for it in ("person:qvx-astrom", "role:qvx-astrom.r")]
    keys.note(dict.fromkeys(rows, "0"), path.parent / "tillit-erased-keys")
    forget_all()
    (tmp_path / "key").write_text(SECRET)
    said = StringIO()
    with translation.override("en"):
        call_command("restore", str(path), "--key-file", str(tmp_path / "key"), stdout=said)
    assert "erased since" in said.getvalue()
    assert not Person.objects.filter(key="qvx-astrom").exists()
    assert not Role.objects.filter(key="qvx-astrom.r").exists()
    assert Organisation.objects.exists()
    assert left_of("Qvx Åström", "qvx@example.org") == set()


def secret():
    from django.conf import settings

    return settings.SECRET_KEY


def test_the_command_says_what_is_wrong(tmp_path):
    (tmp_path / "key").write_text(SECRET)
    with pytest.raises(CommandError, match="can't be read"), translation.override("en"):
        call_command("restore", str(tmp_path / "nothing.age"), "--key-file", str(tmp_path / "key"))


def test_the_secret_goes_on_where_tillit_made_it_itself(filled, copy, tmp_path, settings):
    path = copy()
    forget_all()
    former, settings.SECRET_KEY = settings.SECRET_KEY, "one-that-was-made-for-the-new-server"
    (settings.DATA / "secret-key").write_text(settings.SECRET_KEY)
    (tmp_path / "key").write_text(f"  {SECRET.lower()}\n")
    call_command("restore", str(path), "--key-file", str(tmp_path / "key"), stdout=StringIO())
    assert (settings.DATA / "secret-key").read_text() == former


def test_a_copy_has_its_name_only_when_it_is_whole(filled, tmp_path, monkeypatch):
    def full(_now):
        yield b"some"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keeping, "packed", full)
    with pytest.raises(OSError, match="No space left"):
        keeping.make(tmp_path / "copies", PUBLIC, NOW)
    assert list((tmp_path / "copies").iterdir()) == []


def test_the_last_of_each_day_week_and_month_are_kept(tmp_path):
    for days in range(400):
        for hours in (0, 6):
            at = NOW - timedelta(days=days, hours=hours)
            (tmp_path / f"tillit-{at.strftime(keeping.STAMP)}Z.age").touch()
    (tmp_path / "somebody's own.age").touch()
    (tmp_path / ".tillit-2020-01-01T000000Z.age.partial").touch()
    os.utime(tmp_path / ".tillit-2020-01-01T000000Z.age.partial", (0, 0))
    keeping.thin_out(tmp_path, NOW)
    left = sorted(path.name for path in tmp_path.iterdir())
    assert "somebody's own.age" in left
    assert not any("partial" in name for name in left)
    kept = list(keeping.copies(tmp_path).values())
    assert len([it for it in kept if NOW.replace(tzinfo=None) - it < timedelta(days=7)]) == 7
    assert 14 <= len(kept) <= 18
    assert min(kept) > datetime(2026, 6, 1)  # noqa: DTZ001
    assert keeping.thin_out(tmp_path, NOW) == []


def test_the_only_copy_is_kept_however_old(tmp_path):
    (tmp_path / "tillit-2020-01-01T000000Z.age").touch()
    assert keeping.thin_out(tmp_path, NOW) == []


def test_mails_and_the_first_run_come_along(filled, copy):
    path = copy()
    forget_all()
    put_back(path)
    assert Message.objects.exists()
    assert FirstRun.current() is not None
    assert Installation.objects.exists()
    assert timezone.now()
