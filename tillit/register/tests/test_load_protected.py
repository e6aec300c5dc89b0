"""Protecting an organisation or a person hides place and people, and what is told of them."""

import pytest

from tillit.kit.models import Activity, Citation
from tillit.kit.tests.loads import Example
from tillit.register.models import Address, Name, Organisation, Person, Presence, Role

pytestmark = pytest.mark.django_db

SHELTER = """\
sources: [{{key: S0, title: A}}]
organisations:
  - key: jouren
    sector: civil
    protected: {protected}
    names: [{{name: Jouren, kind: official, source: S0:1}}]
    addresses: [{addresses}]
    places: [{{kind: seat, place: "1280", source: S0:3}}]
"""
ADDRESS = "{kind: visiting, street: Hemliga gatan 1, town: Malmö, source: S0:2}"
PEOPLE = """\
persons:
  - {key: eva, name: Eva, roles: [{kind: chair, organisation: jouren, source: S0:4}], source: S0:4}
"""
HIDDEN = "organisation:jouren"
GUARDED = ("address", "presence", "role")


@pytest.fixture
def example(tmp_path):
    return Example(tmp_path).write(PEOPLE, "people.yaml")


def shelter(example, protected, addresses=ADDRESS):
    example.write(SHELTER.format(protected=protected, addresses=addresses)).load()


def circles():
    """The circles of all rows, citations and activity about place and people."""
    rows = [row.circle for model in (Address, Presence, Role) for row in model.objects.all()]
    told = [
        row.circle
        for model in (Citation, Activity)
        for row in model.objects.all()
        if row.subject.startswith(GUARDED)
    ]
    return {*rows, *told}


def test_of_a_protected_organisation_place_and_people_are_hidden(example):
    shelter(example, "true")
    assert circles() == {HIDDEN}
    assert Name.objects.get().circle == Organisation.objects.get().circle == "public"
    assert Person.objects.get().circle == "public"


def test_protecting_one_hides_what_was_shown(example):
    shelter(example, "false")
    assert circles() == {"public"}
    shelter(example, "true")
    assert circles() == {HIDDEN}
    assert Activity.objects.filter(verb="changed").count() == 1


def test_protecting_one_hides_rows_that_the_files_do_not_speak_of(example):
    shelter(example, "false")
    (example.folder / "people.yaml").unlink()
    shelter(example, "true")
    assert circles() == {HIDDEN}


def test_protecting_one_hides_what_was_removed_before_and_in_the_same_load(example):
    shelter(example, "false", f"{ADDRESS}, {{kind: postal, town: Lund}}")
    shelter(example, "false")
    shelter(example, "true", "")
    assert Activity.objects.filter(verb="removed").count() == 2
    assert circles() == {HIDDEN}


def test_protection_that_ends_shows_them_again(example):
    shelter(example, "true")
    shelter(example, "false")
    assert circles() == {"public"}


def test_a_protected_person_is_hidden_with_all_roles(example):
    shelter(example, "false")
    example.write(PEOPLE.replace("name: Eva", "name: Eva, protected: true"), "people.yaml").load()
    assert Person.objects.get().circle == Role.objects.get().circle == "self:eva"
    told = [row.circle for model in (Citation, Activity) for row in model.objects.all()
            if row.subject.startswith(("person", "role"))]  # fmt: skip
    assert set(told) == {"self:eva"}
    assert set(Address.objects.values_list("circle", flat=True)) == {"public"}


def test_roles_of_a_protected_person_that_were_removed_are_hidden(example):
    shelter(example, "false")
    example.write("persons: [{key: eva, name: Eva}]", "people.yaml").load()
    example.write("persons: [{key: eva, name: Eva, protected: true}]", "people.yaml").load()
    assert set(
        Activity.objects.filter(subject__startswith="role").values_list("circle", flat=True)
    ) == {"self:eva"}
