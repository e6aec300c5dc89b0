"""Changes that are one to people are noted, held against rules and taken back as one."""

import pytest
from django.core.exceptions import ValidationError

from tillit.kit.changes import Actor, change, create, remove, together, undo, values_of
from tillit.kit.models import Activity, Citation, Source, Verb
from tillit.kit.refusal import Refused
from tillit.register.models import Address, Person, Role
from tillit.register.tests.factories import (
    AddressFactory,
    OrganisationFactory,
    PersonFactory,
    RoleFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db
KARIN = Actor("person:karin", "organisation:paraplyet")


def moved():
    """An address that has changed on a day: one ends, another begins."""
    row = AddressFactory(town="Lund", start="2010", organisation=OrganisationFactory(key="it"))
    with together(KARIN, "flytt") as it:
        it.change(row, {"end": "2024-05-16"})
        later = it.create(Address(organisation=row.organisation, kind="postal", town="Eslöv"))
    return row, later, it.first


def test_the_first_of_them_stands_for_all():
    row, later, first = moved()
    assert first.subject == row.subject
    assert [it.subject for it in first.parts.all()] == [later.subject]
    assert {it.reason for it in Activity.objects.all()} == {"flytt"}


@pytest.mark.parametrize("by", [0, 1])
def test_they_are_undone_together_whichever_of_them_is_pointed_at(by):
    row, later, first = moved()
    before = Activity.objects.count()
    undone = undo([first, first.parts.get()][by], KARIN)
    assert not Address.objects.filter(pk=later.pk).exists()
    row.refresh_from_db()
    assert row.end == ""
    assert Activity.objects.count() == before + 2
    assert {undone.undoes, undone.parts.get().undoes} == {first, first.parts.get()}


def test_undoing_what_was_undone_brings_all_of_it_again():
    row, later, first = moved()
    said = values_of(later)
    undo(undo(first, KARIN), KARIN)
    row.refresh_from_db()
    assert row.end == "2024-05-16"
    assert values_of(Address.objects.get(key=later.key)) == said


def test_what_was_changed_since_in_one_of_them_hinders_all():
    row, later, first = moved()
    change(later, {"town": "Hörby"}, KARIN)
    with pytest.raises(Refused):
        undo(first, KARIN)
    row.refresh_from_db()
    assert row.end == "2024-05-16"


def test_nothing_is_written_when_one_of_them_breaks_a_rule():
    row = AddressFactory(town="Lund")

    def both():
        with together(KARIN) as it:
            it.change(row, {"town": "Eslöv"})
            it.create(Address(organisation=row.organisation, kind="postal", town=""))

    with pytest.raises(ValidationError):
        both()
    row.refresh_from_db()
    assert row.town == "Lund"
    assert not Activity.objects.exists()


def test_nothing_goes_along_unseen_with_what_is_removed():
    person = RoleFactory().person
    with pytest.raises(ValidationError):
        remove(person, KARIN)
    assert Person.objects.filter(pk=person.pk).exists()


def test_what_others_rest_on_is_not_removed():
    unit = UnitFactory()
    RoleFactory(unit=unit, organisation=unit.organisation)
    with pytest.raises(ValidationError):
        remove(unit, KARIN)


def test_a_new_person_and_role_are_undone_unless_the_person_has_another_role_since():
    it = OrganisationFactory()
    with together(KARIN) as made:
        person = made.create(Person(name="Åsa Öberg"))
        made.create(Role(person=person, organisation=it, kind="chair"))
    create(Role(person=person, organisation=OrganisationFactory(), kind="member"), KARIN)
    with pytest.raises(Refused):
        undo(made.first, KARIN)
    assert person.roles.count() == 2


def test_removing_takes_the_sources_and_undoing_brings_them_back():
    row = AddressFactory()
    source = Source.objects.create(key="S1", title="Berättelsen")
    said = {"first_line": 12, "last_line": 14, "field": "town", "note": "oklart"}
    Citation.objects.create(source=source, subject=row.subject, **said)
    noted = remove(row, KARIN)
    assert not Citation.objects.exists()
    undo(noted, KARIN)
    found = Citation.objects.get(subject=row.subject)
    assert {name: getattr(found, name) for name in said} == said


def test_what_was_removed_is_told_only_to_those_who_look_after_it():
    it = OrganisationFactory(key="it")
    row = create(Address(organisation=it, kind="postal", town="Hemma"), KARIN)
    assert Activity.objects.get().circle == "public"
    remove(row, KARIN)
    assert {noted.circle for noted in Activity.objects.all()} == {"organisation:it"}


def test_what_a_load_wrote_is_not_undone_here():
    row = AddressFactory(town="Lund")
    changes = {"town": ["Malmö", "Lund"]}
    said = {"subject": row.subject, "verb": Verb.CHANGED, "changes": changes}
    noted = Activity.objects.create(actor="command:load", **said)
    with pytest.raises(Refused):
        undo(noted, KARIN)


def test_what_somebody_has_removed_meanwhile_is_not_changed():
    row = AddressFactory()
    Address.objects.all().delete()
    with pytest.raises(Refused):
        change(row, {"town": "Lund"}, KARIN)


def test_it_is_told_on_the_page_that_is_asked_for_and_to_whom():
    person = PersonFactory()
    with together(KARIN, about="organisation:it", told_to=("organisation:it", "")) as it:
        it.change(person, {"name": "Åsa"})
    noted = Activity.objects.get()
    assert (noted.about, noted.circle) == ("organisation:it", "organisation:it")
