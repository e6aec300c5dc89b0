"""Several who do the same at the same moment, in threads of their own; and the bytes on the disk."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from tillit.accounts.models import User
from tillit.kit.changes import Actor
from tillit.kit.refusal import Refused
from tillit.kit.search.tests.mended import wrong
from tillit.post.models import Message
from tillit.privacy import erasing, tasks
from tillit.privacy.asking import withdraw
from tillit.privacy.deciding import Judgement, decide
from tillit.privacy.models import ErasureDecision, ErasureRequest
from tillit.privacy.tests.filling import somebody
from tillit.register.models import Person
from tillit.register.tests.factories import ContactFactory, RoleFactory

pytestmark = pytest.mark.django_db(transaction=True)
ERASE = Judgement("erased", "not_needed", "Behövs inte.")
REFUSE = Judgement("refused", "office", "Offentligt uppdrag.")


@pytest.fixture
def row():
    person = somebody("qvx-astrom", "Qvx Åström", "qvx@example.org")
    it = RoleFactory(person=person).organisation
    ContactFactory(person=person, organisation=it, email="qvx@example.org", phone="040-998877")
    now = timezone.now()
    return ErasureRequest.objects.create(
        key="begaran",
        person=person,
        account=person.account,
        language="sv",
        asked_at=now,
        confirmed_at=now,
        reason="Jag, Qvx Åström, vill inte synas.",
    )


def at_once(*deeds):
    """Do all of it at the same moment; what came of each."""
    together = Barrier(len(deeds))

    def do(deed):
        try:
            together.wait()
            deed()
        except Refused as refused:
            return refused.status
        finally:
            connection.close()
        return 200

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


def test_of_many_who_decide_at_once_one_does(row):
    def deciding(said, by):
        return lambda: decide(row, said, Actor(f"person:{by}"), timezone.now())

    came = at_once(*(deciding(said, by) for by, said in enumerate([ERASE, REFUSE] * 3)))
    assert sorted(came) == [200, 409, 409, 409, 409, 409]
    decision = ErasureDecision.objects.get()
    assert Person.objects.exists() == (decision.outcome == "refused")
    assert Message.objects.filter(kind="privacy").count() == 1


def test_deciding_and_withdrawing_at_once_is_one_or_the_other(row):
    came = at_once(
        lambda: decide(row, ERASE, Actor("person:karin"), timezone.now()),
        lambda: withdraw(row, Actor("person:qvx-astrom"), timezone.now()),
    )
    row.refresh_from_db()
    assert sorted(came) == [200, 409]
    assert (row.withdrawn_at is None) == (not Person.objects.exists())


def test_asking_twice_at_once_makes_one_request(row):
    ErasureRequest.objects.all().delete()
    user = User.objects.get()
    codes = []

    def ask():
        client = Client()
        client.force_login(user)
        codes.append(client.post("/mina-uppgifter/radering/", {"what": "all"}).status_code)

    at_once(ask, ask, ask)
    assert sorted(codes) == [302, 409, 409]
    assert ErasureRequest.objects.count() == 1


@pytest.mark.skipif(
    settings.DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3",
    reason="no file to read",
)
def test_the_file_of_the_database_doesn_t_hold_who_was_erased(row):
    searched = [b"qvx  astrom", b"\x00qvx", b"0qvx", b"astrom"]  # as the index has them
    words = [it.encode() for it in ("Qvx Åström", "qvx@example.org", "qvx-astrom", "040-998877")]
    assert wrong()
    erasing.wipe()
    found = bytes_of_database()
    assert [word for word in words if word in found]  # so that what is read is what is kept
    assert [word for word in searched if word in found]
    decide(row, ERASE, Actor("person:karin"), timezone.now())
    Message.objects.filter(kind="privacy").update(to_email="", to_name="", text="", html="")
    tasks.tidy.func()
    found = bytes_of_database()
    assert not [word for word in (*words, *searched) if word in found]


def bytes_of_database():
    """The file, and its journal beside it."""
    name = str(connection.settings_dict["NAME"])
    files = [path for path in (Path(name), Path(f"{name}-wal")) if path.exists()]
    return b"".join(path.read_bytes() for path in files)
