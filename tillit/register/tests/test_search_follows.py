"""Whatever is written, by whom and how ever: what is searched follows in the same transaction."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils.translation import override

from tillit.kit.changes import Actor, change, create, remove, together, undo
from tillit.kit.search.backends import backend
from tillit.kit.search.models import Entry
from tillit.kit.search.tests.mended import wrong
from tillit.register.looking_after import give_secretariat
from tillit.register.models import Organisation, Person, Place, Role
from tillit.register.models.name import rename
from tillit.register.reference import load_places
from tillit.register.tests.factories import (
    ContactFactory,
    NameFactory,
    OrganisationFactory,
    PersonFactory,
    PlaceFactory,
    PresenceFactory,
    RoleFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db
KARIN = Actor("person:karin", "organisation:paraplyet")


@pytest.fixture
def jouren(db):
    it = OrganisationFactory(key="jouren", name="Jouren")
    PresenceFactory(organisation=it, place=PlaceFactory())
    unit = UnitFactory(organisation=it, name="Styrelsen", key="jouren.styrelsen")
    RoleFactory(organisation=it, unit=unit, person=PersonFactory(key="eva", name="Eva Hall"))
    assert wrong() > 0
    return it


def circles(subject):
    return sorted(Entry.objects.filter(subject=subject).values_list("circle", flat=True))


def test_protecting_hides_at_once_and_showing_again_shows(jouren):
    jouren.protect(KARIN, "hot")
    assert circles("organisation:jouren") == ["organisation:jouren", "public"]
    assert circles("person:eva") == circles("unit:jouren.styrelsen") == ["organisation:jouren"]
    assert "Malmö" not in Entry.objects.get(subject="organisation:jouren", circle="public").text
    assert wrong() == 0
    jouren.unprotect(KARIN, "flyttat")
    assert circles("organisation:jouren") == circles("person:eva") == ["public"]
    assert wrong() == 0


def test_a_new_name_is_everywhere_where_the_old_one_stood(jouren):
    with together(KARIN) as it:
        it.change(jouren.names.get(), {"end": "2024"})
        it.create(NameFactory.build(organisation=jouren, name="Kvinnohuset", start="2025"))
    texts = {it.subject: f"{it.title} {it.text}" for it in Entry.objects.exclude(noun="place")}
    assert all("Kvinnohuset" in text for text in texts.values())
    assert "Namn: Jouren" in texts["organisation:jouren"]
    assert wrong() == 0


def test_what_is_undone_is_undone_there_too(jouren):
    before = {it.kept for it in Entry.objects.all()}
    noted = change(jouren, {"description": "Råd och stöd"}, KARIN)
    assert {it.kept for it in Entry.objects.all()} != before
    undo(noted, KARIN)
    assert {it.kept for it in Entry.objects.all()} == before


def test_what_is_not_written_after_all_is_not_found(jouren):
    before = {it.kept for it in Entry.objects.all()}
    with transaction.atomic():
        change(jouren, {"description": "Råd"}, KARIN)
        assert {it.kept for it in Entry.objects.all()} != before
        transaction.set_rollback(True)
    assert {it.kept for it in Entry.objects.all()} == before


def test_who_has_no_role_any_more_is_not_found(jouren):
    remove(Role.objects.get(), KARIN)
    assert circles("person:eva") == []
    assert wrong() == 0


def test_a_protected_person_is_found_by_nobody_else(jouren):
    change(Person.objects.get(key="eva"), {"protected": True}, KARIN)
    assert circles("person:eva") == ["self:eva"]
    assert wrong() == 0


def test_names_that_begin_by_themselves(jouren):
    NameFactory(organisation=jouren, name="Kvinnohuset", start="2030-01-01")
    NameFactory._meta.model.objects.filter(name="Jouren").update(
        certain_until="2029-12-31", possible_until="2029-12-31", end="2029-12-31"
    )
    assert wrong() > 0
    assert rename(date(2030, 1, 1)) == 1
    assert Entry.objects.get(subject="organisation:jouren").title == "Kvinnohuset"
    assert wrong() == 0


def test_another_secretariat_finds_by_contacts_and_the_former_does_not(cast):
    ContactFactory(organisation=Organisation.objects.get(key="foreningen"), email="a@example.org")
    wrong()
    former = Organisation.objects.get(key="foreningen").secretariat
    assert former.own_circle in circles("organisation:foreningen")
    keeper = OrganisationFactory(key="ny", sector="civil")
    wrong()
    now = datetime(2026, 6, 15, tzinfo=UTC)
    new = give_secretariat("civil", None, keeper, KARIN, now)
    assert new.own_circle in circles("organisation:foreningen")
    assert former.own_circle not in circles("organisation:foreningen")
    assert wrong() == 0


def test_places_that_change_are_found_by_their_new_names(db):
    load_places()
    assert wrong() == 0
    Place.objects.filter(code="1280").update(name="Malmoe")
    load_places()
    assert Entry.objects.get(subject="place:1280").title == "Malmö"
    assert wrong() == 0


def test_rows_that_were_written_past_it_are_mended(jouren, capsys):
    Organisation.objects.update(name="Annat")
    Entry.objects.filter(noun="place").delete()
    Person.objects.all().delete()
    with override("sv"):
        call_command("reindex", "--tables")
    assert "Organisationer: 1" in capsys.readouterr().out
    assert circles("person:eva") == []
    assert wrong() == 0


def test_making_the_tables_anew_finds_the_same(jouren):
    assert backend().make(connection) == []
    assert Entry.objects.filter(pk__in=ids_of("jour")).exists()
    backend().unmake(connection)
    backend().make(connection)
    assert Entry.objects.filter(pk__in=ids_of("jour")).exists()


def ids_of(word):
    return backend().titled(Entry.objects.all(), [word]).values_list("pk", flat=True)


def test_a_row_that_is_new_is_found_at_once(jouren):
    create(UnitFactory.build(organisation=jouren, name="Kansliet", key="jouren.kansliet"), KARIN)
    assert circles("unit:jouren.kansliet") == ["public"]
    assert wrong() == 0
