"""Of a person with rows in every table: all of it is told, and after an erasure none of it is left.

The rows are made from the columns that there are, so that a new noun is held to it as well.
"""

import json
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from tillit.accounts.actions import own
from tillit.accounts.models import User
from tillit.kit.changes import Actor
from tillit.kit.contributions import own_data_of
from tillit.kit.search.models import Entry
from tillit.kit.search.tests.mended import wrong
from tillit.post.models import Message, OptOut, State, Suppression
from tillit.post.outbox import Addressee, Mailing, keep, prepared
from tillit.privacy import erasing, retaining
from tillit.privacy.deciding import Judgement, decide
from tillit.privacy.elsewhere import TOLD, named
from tillit.privacy.models import ErasureRequest
from tillit.privacy.own import as_plain
from tillit.privacy.tests.filling import Filling, somebody, subject_length, to_fill
from tillit.register.models import Organisation, Person
from tillit.register.tests.factories import (
    ContactFactory,
    OrganisationFactory,
    PersonFactory,
    RoleFactory,
)

pytestmark = pytest.mark.django_db
ALL = Judgement("erased", "not_needed", "Behövs inte längre.")
# Columns that point at a person and are told of nowhere, each with the reason.
UNTOLD = {
    "account.emailconfirmation.email_address": "points at an address, and is not used",
    "search.entry.subject": "says what other rows say, of which each is told",
}
# Columns of which there is one row alone, and whose part is there as long as the person is.
WHO_ONE_IS = {
    "account.emailaddress.user",
    "account.emailaddress.email",
    "accounts.user.email",
    "register.person.account",
}
# What can't be found by walking text: a session is encoded, and ends with the account.
NOT_WALKED = {"django_session", "django_migrations", "sqlite_sequence"}
# Documents of rows, made anew for whoever asks: any of them may name whoever is erased.
COPIES = {"kit_madedocument"}


def pointing():
    """All columns that name a person: by row, by subject, by address."""
    for model in apps.get_models():
        for column in model._meta.concrete_fields:
            by_row = isinstance(column, models.ForeignKey) and column.related_model in {
                Person,
                User,
            }
            by_text = subject_length(column) or "email" in column.name
            if (by_row or by_text) and named(column) not in UNTOLD:
                yield pytest.param(column, id=named(column))


@pytest.mark.parametrize("column", list(pointing()))
def test_every_column_that_points_at_a_person_is_told(column):
    """A row that names the person in this column alone, and somebody else in all others."""
    person = somebody("qvx", "Qvx Åström", "qvx@example.org")
    other = somebody("zyx", "Zyx Öberg", "zyx@example.org")
    part = TOLD.get(named(column), "elsewhere")
    told_before = rows_told(person, part)
    filled = Filling(other, "zyx@example.org", "Text")
    if named(column) in WHO_ONE_IS:
        assert json.loads(told_before)[0]
        return
    mine = Filling(person, "qvx@example.org", "Text").value(column)
    filled.row_of(column.model, **{column.name: mine})
    assert rows_told(person, part) != told_before


@pytest.mark.parametrize("column", [it for it in pointing() if it.id.endswith("email")])
def test_a_second_address_of_an_account_is_as_much_one_s_own_as_the_first(column):
    person = somebody("qvx", "Qvx Åström", "qvx@example.org")
    other = somebody("zyx", "Zyx Öberg", "zyx@example.org")
    own(person.account, "andra@example.org")
    if named(column) not in WHO_ONE_IS:
        filled = Filling(other, "zyx@example.org", "Text")
        filled.row_of(column.model, **{column.name: "andra@example.org"})
    assert "andra@example.org" in rows_told(person, TOLD[named(column)])


def rows_told(person, name):
    (part,) = [it for it in own_data_of(person.subject, person.account_id) if it.name == name]
    return json.dumps([as_plain(row) for row in part.rows()], sort_keys=True)


def test_the_list_of_what_is_told_names_columns_and_parts_that_there_are():
    columns = {
        named(column) for model in apps.get_models() for column in model._meta.concrete_fields
    }
    assert TOLD.keys() <= columns
    assert set(TOLD.values()) <= {it.name for it in own_data_of("", None)}
    assert UNTOLD.keys() <= columns


def every_text():
    """All text of all tables, as the database holds it: (table, column, text)."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table in NOT_WALKED:
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    if value is not None:
                        yield table, name, value if isinstance(value, str) else repr(value)


def left_of(*words):
    """Where one of the words still stands, however it is spelled or kept."""
    forms = {form.casefold() for word in words for form in (word, json.dumps(word)[1:-1])}
    return {
        (table, column, text[:80])
        for table, column, text in every_text()
        if any(form in text.casefold() for form in forms)
    }


def make_everything(person, email):
    """A row of every model, about the person and with the name in its text."""
    filling = Filling(person, email, f"Så skrev {person.name} ({email}) om det.")
    OrganisationFactory()
    for model in to_fill():
        filling.once(model)


def erase(person, email, key="begaran"):
    """As it goes: asked for, decided, answered, and the answer emptied when it has been sent."""
    now = timezone.now()
    row = ErasureRequest.objects.create(
        key=key, person=person, language="sv", email=email, asked_at=now, confirmed_at=now
    )
    decide(row, ALL, Actor("person:karin"), now)
    Message.objects.filter(state=State.WAITING).update(state=State.SENT)
    retaining.run("requests.answers", timezone.localdate())


def test_after_an_erasure_no_table_holds_the_name_or_the_address():
    person = somebody("qvx-astrom", "Qvx Åström", "qvx@example.org")
    RoleFactory(person=person, organisation=OrganisationFactory(), key="qvx-astrom.roll.2012")
    make_everything(person, "qvx@example.org")
    wrong()  # all of it is searched
    assert Entry.objects.filter(text__contains="Qvx").count() > 3
    assert len(left_of("Qvx Åström", "qvx@example.org", "qvx-astrom")) > 50
    erase(person, "qvx@example.org")
    assert left_of("Qvx Åström", "qvx@example.org", "qvx-astrom") == set()
    assert not Entry.objects.filter(text_stems__contains="qvx").exists()
    assert not Entry.objects.filter(names__contains="qvx").exists()
    assert wrong() == 0


def test_several_who_said_no_to_the_same_mail_are_erased_each_in_turn():
    """They have no account, and their addresses stand in columns where no two rows may be alike."""
    it = OrganisationFactory()
    for name in ("qvx", "zyx", "wyx"):
        email = f"{name}@example.org"
        ContactFactory(person=PersonFactory(key=name), organisation=it, email=email)
        OptOut.objects.create(email=email, topic="letters")
        Suppression.objects.create(email=email, reason=f"550 {email}")
        mailing = Mailing("post/mail/test.md", kind="test", about="letter:hosten")
        keep(prepared(mailing, [Addressee(email, name)]))
    for count, name in enumerate(("qvx", "zyx", "wyx"), start=1):
        erase(Person.objects.get(key=name), "", f"begaran-{count}")
        assert left_of(f"{name}@example.org") == set()
        assert OptOut.objects.count() == Suppression.objects.count() == 3 - count


def test_what_is_asked_for_in_parts_goes_whichever_part_is_first():
    person = PersonFactory(key="qvx")
    ContactFactory(person=person, email="qvx@example.org")
    OptOut.objects.create(email="qvx@example.org", topic="letters")
    parts = [it.name for it in own_data_of("", None) if it.erase]
    erasing.erase(erasing.Erasure(person, None, parts))
    assert left_of("qvx@example.org") == set()


def test_others_keep_what_is_theirs():
    other = somebody("zyx", "Zyx Öberg", "zyx@example.org")
    make_everything(other, "zyx@example.org")
    before = {(table, column, text) for table, column, text in every_text() if "Zyx" in text}
    before = {it for it in before if it[0] not in COPIES}
    person = somebody("qvx", "Qvx Åström", "qvx@example.org")
    erase(person, "qvx@example.org")
    after = {(table, column, text) for table, column, text in every_text() if "Zyx" in text}
    assert before <= after
    assert User.objects.filter(email="zyx@example.org").exists()
    assert Organisation.objects.exists()


WORDS = st.text(st.characters(categories=["Lu", "Ll"], include_characters="-'%_\\\""), max_size=12)


@settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],  # each try is of the whole database
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@example("'", "%_\\", "qvx'%_")
@example('Å"', "Ö", "qvxåäö")
@given(WORDS, WORDS, st.from_regex(r"qvx[a-zåäö0-9.%_+'-]{0,12}", fullmatch=True))
def test_whatever_somebody_is_called(first, last, local):
    with transaction.atomic():
        name, email = f"Qvx{first} {last}qvx", f"{local}@example.org"
        person = somebody("opaque", name, email)
        RoleFactory(person=person, organisation=OrganisationFactory())
        make_everything(person, email)
        erase(person, email)
        assert left_of(name, email) == set()
        transaction.set_rollback(True)


def test_the_database_still_holds_its_rules_afterwards():
    person = somebody("qvx", "Qvx Åström", "qvx@example.org")
    make_everything(person, "qvx@example.org")
    erase(person, "qvx@example.org")
    connection.check_constraints()
    call_command("check", stdout=StringIO())
