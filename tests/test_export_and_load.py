"""`tillit export` and `tillit load` of what it wrote: equal byte for byte, or refused with words."""

import json
import os
import subprocess
import sys
from contextlib import nullcontext
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from tests.emptying import empty
from tillit.accounts.models import User
from tillit.intake.models import Intake
from tillit.kit.carrying import manifest
from tillit.kit.carrying.exporting import export
from tillit.kit.carrying.nouns import SECRETS, nouns
from tillit.kit.changes import Actor
from tillit.kit.circles import Viewer
from tillit.kit.fields import Derived
from tillit.kit.files import keeping
from tillit.kit.files.tests.buckets import a_bucket
from tillit.kit.files.tests.samples import PDF
from tillit.kit.files.uploads import read
from tillit.kit.guarding import guard_anew
from tillit.kit.models import Activity, Row, Source, StoredFile
from tillit.kit.personal.relatives import rows_of_all
from tillit.kit.search.models import Entry
from tillit.kit.search.tests.mended import wrong
from tillit.kit.tests.loads import Example
from tillit.letters.models import Recipient
from tillit.post.models import Message, OptOut
from tillit.privacy.models import ErasedKey
from tillit.privacy.tests.filling import Filling, somebody, to_fill
from tillit.register import generator
from tillit.register.models import Contact, Invitation, Organisation, Person, Place, Role
from tillit.register.tests.factories import (
    AddressFactory,
    ContactFactory,
    MandateFactory,
    MembershipFactory,
    NameFactory,
    OrganisationFactory,
    PersonFactory,
    PlaceFactory,
    RoleFactory,
    TopicFactory,
)
from tillit.site.models import BackupPlace, Export, FirstRun, Installation

pytestmark = pytest.mark.django_db
SKANE = Path(settings.PACKAGE).parent / "examples/skane"


def files_of(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def lines(folder, noun):
    return [json.loads(line) for line in (folder / f"{noun}.jsonl").read_bytes().splitlines()]


def rewrite(folder, noun, change):
    """Change the records of a noun, and let the manifest agree."""
    records = [change(number, it) for number, it in enumerate(lines(folder, noun), 1)]
    written = "".join(json.dumps(it) + "\n" for it in records if it is not None).encode()
    (folder / f"{noun}.jsonl").write_bytes(written)
    said = json.loads((folder / "manifest.json").read_text())
    held = {"size": written.count(b"\n"), "sha256": sha256(written).hexdigest()}
    said["nouns"][noun] = held
    (folder / "manifest.json").write_text(json.dumps(said))


def set_to(number, **values):
    return lambda at, record: {**record, **values} if at == number else record


def there_and_back(tmp_path):
    """Export, empty, load, export: what was written first and last."""
    export(tmp_path / "first")
    empty()
    it = Example(tmp_path / "first")
    try:
        it.load()
    except CommandError:
        pytest.fail(it.err.getvalue())
    export(tmp_path / "last")
    return files_of(tmp_path / "first"), files_of(tmp_path / "last")


@pytest.fixture
def filled(db):
    """A row of everything, about a person with an account."""
    person = somebody("qvx-astrom", "Qvx Åström", "qvx@example.org")
    RoleFactory(person=person, organisation=OrganisationFactory(sector="civil"))
    filling = Filling(person, "qvx@example.org", 'Så skrev "Qvx" \\ 😀 \u2028 om det.')
    for model in to_fill():
        filling.once(model)
    ErasedKey.objects.all().delete()  # an empty installation has none
    valid = {
        models.EmailField: "x@example.org",
        models.URLField: "https://x.se",
        models.SlugField: "x",
    }
    for noun in nouns():
        for column in noun.columns:
            if type(column) in valid:
                noun.model._base_manager.update(**{column.name: valid[type(column)]})
    return person


@pytest.fixture
def exported(tmp_path, db):
    """An export of two organisations, and nothing in the installation any more."""
    it = OrganisationFactory(key="natverket", name="NÄTVERKET")
    OrganisationFactory(key="abf", name="ABF")
    RoleFactory(key="bo.natverket", person=PersonFactory(key="bo", name="Bo Ek"), organisation=it)
    export(tmp_path / "export")
    empty()
    return Example(tmp_path / "export")


def test_the_example_comes_back_byte_for_byte(tmp_path):
    call_command("places", verbosity=0)
    call_command("load", SKANE, verbosity=0)
    first, last = there_and_back(tmp_path)
    assert first == last
    assert Installation.objects.exists()
    assert sum(it.endswith(".jsonl") for it in first) == len(nouns())


def test_an_invented_register_comes_back_byte_for_byte(tmp_path):
    call_command("places", verbosity=0)
    list(generator.generate(300, seed=7))
    first, last = there_and_back(tmp_path)
    assert first == last
    assert first["organisation.jsonl"].count(b"\n") == 300


def test_a_row_of_everything_comes_back_byte_for_byte(tmp_path, filled, monkeypatch):
    """Made from the columns that there are, so a noun that comes later is tried without help.

    What rules span rows such a row doesn't keep: they are not asked here.
    """
    monkeypatch.setattr("tillit.kit.carrying.bringing.check", lambda _export, _faults: None)
    first, last = there_and_back(tmp_path)
    assert first == last
    assert [name for name, held in first.items() if not held] == []


def test_everything_that_an_installation_may_hold_can_be_loaded(tmp_path, cast, administrator):
    """The cast with mandates, contacts and secretariats, and deeds of theirs."""
    ContactFactory(
        organisation=Organisation.objects.get(key="foreningen"),
        person=Person.objects.get(key="mina"),
        email="mina@example.org",
        confirmed_at="2024-05-16T12:00:00+00:00",
    )
    OptOut.objects.create(email="mina@example.org", topic="letters")
    default_storage.save("logo/carried.png", ContentFile(b"\x89PNG"))
    for model in rows_of_all():
        guard_anew(model.objects.all())  # the cast is made past the rules
    try:
        first, last = there_and_back(tmp_path)
        assert first == last
        assert first["files/logo/carried.png"] == b"\x89PNG"
    finally:
        default_storage.delete("logo/carried.png")
    assert Contact.objects.get().organisation.key == "foreningen"
    assert OptOut.objects.count() == 1


@pytest.mark.parametrize("where", ["folder", "bucket"])
def test_documents_go_along_and_come_back_byte_for_byte(tmp_path, settings, where):
    settings.MEDIA_ROOT = tmp_path / "stored"
    with a_bucket() if where == "bucket" else nullcontext():
        source = Source.objects.create(key="S3", title="Avtalet")
        upload = read(BytesIO(PDF), "Avtal.pdf")
        actor, now = Actor("command:test"), timezone.now()
        row = keeping.keep(upload, source.subject, "secretariat:civil", actor, now)
        export(tmp_path / "first")
        empty()
        default_storage.delete(row.path)
        Example(tmp_path / "first").load()
        export(tmp_path / "last")
        with default_storage.open(row.path) as file:
            assert file.read() == PDF
    first = files_of(tmp_path / "first")
    assert first == files_of(tmp_path / "last")
    assert first[f"files/{row.path}"] == PDF
    assert not StoredFile.objects.visible_to(Viewer()).exists()


def test_a_file_that_is_another_than_its_row_says_is_told(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "stored"
    source = Source.objects.create(key="S3", title="Avtalet")
    upload = read(BytesIO(PDF), "Avtal.pdf")
    row = keeping.keep(upload, source.subject, "public", Actor("command:test"), timezone.now())
    it = Example(tmp_path / "export")
    export(it.folder)
    empty()
    other = f"{row.sha256[:-1]}{'0' if row.sha256[-1] != '0' else '1'}"
    rewrite(it.folder, "storedfile", set_to(1, sha256=other))
    assert any("storedfile.jsonl:1" in line for line in it.faults()), it.said()
    assert not StoredFile.objects.exists()


def test_the_same_on_another_database(tmp_path, filled_by_generator):
    """To an installation of its own in SQLite, and back to whichever database this runs on."""
    export(tmp_path / "here")
    environment = {
        **os.environ,
        "TILLIT_DATA": str(tmp_path / "there"),
        "PYTHONPATH": str(Path.cwd()),
    }
    environment.pop("DATABASE_URL", None)
    environment.pop("PYTEST_CURRENT_TEST", None)
    for words in (["setup"], ["load", tmp_path / "here"], ["export", tmp_path / "from-there"]):
        command = [sys.executable, "-m", "tillit", *map(str, words)]
        subprocess.run(command, env=environment, check=True, capture_output=True)
    assert files_of(tmp_path / "here") == files_of(tmp_path / "from-there")
    empty()
    Example(tmp_path / "from-there").load()
    export(tmp_path / "back")
    assert files_of(tmp_path / "here") == files_of(tmp_path / "back")
    assert Entry.objects.exists()
    assert wrong() == 0


@pytest.fixture
def filled_by_generator(db):
    call_command("places", verbosity=0)
    list(generator.generate(40, seed=3))


def test_the_same_content_gives_the_same_bytes_whatever_was_written_first(tmp_path):
    for number, keys in enumerate((["a", "b", "B", "a-b", "a.b"], ["a.b", "a-b", "B", "b", "a"])):
        for key in keys:
            TopicFactory(key=key, name=key)
        export(tmp_path / str(number))
        empty()
    assert files_of(tmp_path / "0") == files_of(tmp_path / "1")
    keys = [it["key"] for it in lines(tmp_path / "0", "topic")]
    assert keys == sorted(keys)


def test_every_model_is_either_carried_or_left_behind_on_purpose():
    """A new noun is carried by itself. What is neither is of accounts, mails, tasks or this server."""
    carried = {noun.model for noun in nouns()}
    own = {it for it in apps.get_models() if it.__module__.startswith("tillit.")}
    left = {it._meta.label_lower for it in own - carried}
    assert left == {
        *("intake.intake", "intake.intakerow", "kit.madedocument"),
        *("accounts.user", "background.heartbeat", "background.mark", "background.scheduledrun"),
        *("post.mailsettings", "post.message", "post.suppression", "post.trouble"),
        *("privacy.erasedkey", "privacy.retentionrun", "register.place", "search.entry"),
        *(
            "site.backupplace",
            "site.backuprun",
            "site.export",
            "site.firstrun",
            "site.firstcode",
            "site.postponement",
        ),
    }
    assert {it for it in own if issubclass(it, Row)} - carried == {BackupPlace, Export, Intake}
    assert len({noun.name for noun in nouns()}) == len(nouns())


def test_every_column_is_carried_or_known_to_stay():
    """What follows from other columns, links that were mailed, accounts and mails."""
    left = {
        f"{noun.name}.{it.name}"
        for noun in nouns()
        for it in noun.model._meta.concrete_fields
        if it not in noun.columns and not it.primary_key and not isinstance(it, Derived)
    }
    assert {it for it in left if it.partition(".")[2] not in SECRETS} == {
        *("person.account", "erasurerequest.account", "recipient.message"),
    }
    for noun in nouns():
        for it in noun.model._meta.concrete_fields:
            is_left = it not in noun.columns and isinstance(it, models.ForeignKey)
            assert it.null or not is_left, it


def test_an_account_is_told_of_by_its_person_or_as_nobody(tmp_path):
    user, stranger = User.objects.create_user("a@x.se"), User.objects.create_user("b@x.se")
    PersonFactory(key="karin", account=user)
    for account in (user, stranger):
        Activity.objects.create(
            actor=f"account:{account.pk}",
            subject="person:karin",
            changes={"by": [account.pk, None]},
        )
    export(tmp_path)
    told = [it["actor"] for it in lines(tmp_path, "activity")]
    assert told == ["person:karin", "person:-erased"]
    text = "".join(path.read_text() for path in tmp_path.glob("*.jsonl"))
    assert "account:" not in text
    assert "a@x.se" not in text


def test_no_secret_and_no_derived_value_is_told(tmp_path, filled):
    export(tmp_path)
    text = "".join(path.read_text() for path in tmp_path.glob("*.jsonl"))
    for word in ("token_seed", "token_hash", "sort_key", "possible_from", "password"):
        assert f'"{word}"' not in text, word


def test_a_link_that_was_mailed_opens_nothing_where_the_register_has_come(tmp_path, filled):
    before = set(Invitation.objects.values_list("token_hash", flat=True))
    export(tmp_path / "export")
    assert before
    row = lines(tmp_path / "export", "invitation")[0]
    assert not before & {str(value) for value in row.values()}


def test_a_letter_that_was_sent_is_not_sent_again(tmp_path, filled):
    """Its mails stay behind, so each recipient must know by itself how it went."""
    Recipient.objects.update(kept_outcome="", message=Message.objects.get())
    for state, told in (("sent", "sent"), ("bounced", "bounced"), ("taken", "uncertain")):
        Message.objects.filter(recipient__isnull=False).update(state=state)
        export(tmp_path / state)
        assert [it["kept_outcome"] for it in lines(tmp_path / state, "recipient")] == [told]


def test_whoever_was_protected_is_hidden_where_they_come(tmp_path):
    hidden = OrganisationFactory(key="jouren", protected=True)
    RoleFactory(key="r1", organisation=hidden, person=PersonFactory(key="bo"))
    export(tmp_path / "export")
    empty()
    rewrite(tmp_path / "export", "role", set_to(1, circle="public"))
    Example(tmp_path / "export").load()
    assert not Role.objects.visible_to(Viewer()).exists()


def test_what_follows_is_worked_out_and_new_rows_get_keys_of_their_own(exported):
    said = exported.load()
    assert "Organisations: 2 created." in said
    it = Organisation.objects.get(key="natverket")
    assert it.folded == "natverket"
    assert it.possible_from is not None
    assert OrganisationFactory(key="later").pk > it.pk


def test_an_installation_that_is_loaded_needs_no_guide(tmp_path):
    FirstRun.objects.create(pk=1)
    Installation.objects.create(key="i", title="Skåne")
    export(tmp_path / "export")
    empty()
    Example(tmp_path / "export").load()
    assert FirstRun.current().finished_at is not None


def test_a_folder_that_holds_something_is_not_written_to(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(CommandError, match="is not empty"), translation.override("en"):
        call_command("export", str(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_an_installation_that_holds_something_takes_no_export(exported):
    OrganisationFactory(key="here-before")
    assert "empty installation only" in exported.refused()
    assert [it.key for it in Organisation.objects.all()] == ["here-before"]


@pytest.mark.parametrize(
    ("noun", "change", "said"),
    [
        ("organisation", set_to(2, sector="martian"), "organisation.jsonl:2: “sector”"),
        ("organisation", set_to(2, start="sommaren"), "organisation.jsonl:2"),
        ("organisation", set_to(2, start="2014", end="2010"), "organisation.jsonl:2"),
        ("organisation", set_to(1, protected="yes"), "“yes” can't stand in “protected”"),
        ("organisation", set_to(1, protected=1), "“1” can't stand in “protected”"),
        ("organisation", set_to(1, name=None), "organisation.jsonl:1: “name”"),
        ("organisation", set_to(1, name=["x"]), "organisation.jsonl:1"),
        ("organisation", set_to(1, key=None), "organisation.jsonl:1"),
        ("organisation", set_to(1, key="../x"), "organisation.jsonl:1: “key”"),
        ("organisation", set_to(2, key="abf"), "organisation.jsonl:2: the key is not after"),
        ("organisation", set_to(2, parent="natverket"), "organisation.jsonl:2: "),
        ("organisation", set_to(1, topics=["nothing"]), "names “nothing”, which is not there"),
        ("organisation", set_to(1, topics="x"), "“topics” is not a list of keys"),
        ("organisation", set_to(1, name="N\0UL"), "organisation.jsonl:1: the line can't be read"),
        ("organisation", set_to(1, colour="red"), "unknown key “colour”"),
        ("organisation", lambda at, it: {"key": it["key"]}, "“name” is missing"),
        ("role", set_to(1, organisation="gone"), "“organisation” names “gone”, which is not there"),
        ("role", set_to(1, organisation=1), "“organisation” names “1”, which is not there"),
        ("role", set_to(1, organisation=None), "role.jsonl:1"),
        ("role", set_to(1, share="1.50"), "role.jsonl:1"),
        ("person", lambda _at, _it: None, "“person” names “bo”, which is not there"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_nothing_is_written(exported, noun, change, said):
    rewrite(exported.folder, noun, change)
    assert any(said in line for line in exported.faults()), exported.said()
    assert not Organisation.objects.exists()
    assert not Activity.objects.exists()


def with_all_that_has_rules(number):
    """An organisation with rows of each noun that holds a rule over several, two of each."""
    above = None
    for step in "abcd":
        above = OrganisationFactory(key=f"{step}{number}", parent=above)
    umbrella, person = OrganisationFactory(key=f"u{number}"), PersonFactory(key=f"p{number}")
    email = f"ordforande{number}@example.org"
    for which, start, end in (("before", "2010", "2012"), ("now", "2013", "2014")):
        common = {"key": f"{which}{number}", "start": start, "end": end}
        NameFactory(**common, organisation=above, name=which)
        MembershipFactory(**common, umbrella=umbrella, member=above)
        MandateFactory(**common, organisation=above, person=person)
        ContactFactory(**common, organisation=above, email=email, is_function=True)


def counted_load(tmp_path, name):
    """How many questions a load of what is there now asks, and what it says."""
    for model in rows_of_all():
        guard_anew(model.objects.all())  # factories write past the rules
    export(tmp_path / name)
    empty()
    with CaptureQueriesContext(connection) as asked:
        said = Example(tmp_path / name).load()
    statements = (it["sql"] for it in asked)
    return sum(it.startswith("SELECT") and "pg_advisory" not in it for it in statements), said


def test_a_load_asks_as_often_for_many_rows_as_for_few(tmp_path):
    found = []
    for many in (3, 12):
        for number in range(many):
            with_all_that_has_rules(number)
        found.append(counted_load(tmp_path, str(many)))
        empty()
    (few, _said), (more, said) = found
    assert few == more
    assert "Organisations: 60 created." in said


def test_a_rule_over_several_rows_is_held_against_each_and_told_by_line(tmp_path):
    with_all_that_has_rules(1)
    for model in rows_of_all():
        guard_anew(model.objects.all())
    export(tmp_path / "export")
    empty()
    for noun in ("name", "membership", "mandate", "contact"):
        rewrite(
            tmp_path / "export", noun, lambda at, it: it | ({"start": "2010"} if at == 2 else {})
        )
    told = Example(tmp_path / "export").faults()
    for noun in ("name", "membership", "mandate", "contact"):
        for line in (1, 2):
            assert any(f"{noun}.jsonl:{line}: " in it for it in told), (noun, line, told)
    assert len(told) == 8
    assert not Organisation.objects.exists()


def test_what_the_database_refuses_is_told_with_its_line(exported):
    rewrite(exported.folder, "organisation", set_to(2, start="2200", end="1000"))
    assert any("organisation.jsonl:2" in line for line in exported.faults())
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda it: (it / "role.jsonl").unlink(), "role.jsonl:1: the file can't be read"),
        (lambda it: (it / "role.jsonl").write_text(""), "role.jsonl:1: the file is not as it was"),
        (
            lambda it: (it / "role.jsonl").write_text(
                (it / "role.jsonl").read_text().replace("bo", "ko")
            ),
            "the file is not as it was written",
        ),
    ],
)
def test_a_file_that_was_lost_cut_or_changed_is_found(exported, damage, said):
    damage(exported.folder)
    assert any(said in line for line in exported.faults())
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "broken"),
        ("[]", "broken"),
        ("[" * 100_000, "broken"),
        ('{"format": "else"}', "not that of a Tillit export"),
        ('{"format": "tillit-export", "version": 1}', "broken"),
        ('{"format": "tillit-export", "version": 1, "nouns": [], "files": {}}', "broken"),
        ('{"format": "tillit-export", "version": 2}', "Upgrade Tillit here first"),
    ],
)
def test_a_manifest_that_is_broken_or_newer_is_refused_with_words(exported, text, said):
    (exported.folder / "manifest.json").write_text(text)
    assert said in exported.refused()


def test_a_noun_from_a_newer_tillit_and_a_name_that_leads_out_are_refused(exported):
    said = json.loads((exported.folder / "manifest.json").read_text())
    said["nouns"]["spaceship"] = {"size": 0, "sha256": ""}
    said["files"]["../../secret"] = {"size": 0, "sha256": ""}
    (exported.folder / "manifest.json").write_text(json.dumps(said))
    told = exported.faults()
    assert any("newer Tillit" in line for line in told)
    assert any("no file can have such a name" in line for line in told)


def test_a_load_that_is_broken_off_in_its_midst_leaves_nothing(exported, monkeypatch):
    def broken_off(*_args):
        raise KeyboardInterrupt

    monkeypatch.setattr("tillit.kit.carrying.bringing.carried_in", broken_off)
    with pytest.raises(KeyboardInterrupt):
        exported.load()
    assert not Organisation.objects.exists()


def test_a_place_that_is_not_known_here_is_told(tmp_path):
    AddressFactory(place=PlaceFactory())
    export(tmp_path / "export")
    empty()
    Place.objects.filter(kind="municipality").delete()
    (told,) = Example(tmp_path / "export").faults()
    assert "address.jsonl:1: “place” names" in told


def test_an_installation_that_knows_no_places_is_told_what_to_run(tmp_path):
    AddressFactory(place=PlaceFactory())
    export(tmp_path / "export")
    empty()
    while leaves := Place.objects.filter(parts__isnull=True):
        leaves.delete()
    assert "run “tillit setup” first" in Example(tmp_path / "export").refused()


def test_without_a_manifest_there_is_no_export(tmp_path, monkeypatch):
    """One that was broken off is not taken for one that is whole."""
    OrganisationFactory()
    monkeypatch.setattr(
        "tillit.kit.carrying.exporting.files.stored", lambda: (_ for _ in ()).throw(OSError("full"))
    )
    with pytest.raises(OSError, match="full"):
        export(tmp_path / "export")
    assert not manifest.is_export(tmp_path / "export")


@pytest.mark.django_db(transaction=True)
def test_all_of_it_is_of_one_moment_and_nobody_waits(tmp_path):
    """Between two nouns somebody writes rows of both: neither is in the export."""
    OrganisationFactory(key="before")

    def meanwhile(noun):
        if noun == "person" and not meanwhile.done:
            meanwhile.done = True
            in_another_connection(lambda: RoleFactory(person=PersonFactory(key="new")))

    meanwhile.done = False
    export(tmp_path / "export", step=meanwhile)
    assert Role.objects.count() == 1
    assert lines(tmp_path / "export", "person") == lines(tmp_path / "export", "role") == []
    assert [it["key"] for it in lines(tmp_path / "export", "organisation")] == ["before"]


def in_another_connection(do):
    from threading import Thread

    def run():
        try:
            do()
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    thread.join(timeout=15)
    assert not thread.is_alive()
