"""Persons with roles: from address books, cards and lists."""

import pytest

from tillit.intake.models import Stage
from tillit.intake.tests.bringing import (
    confirm,
    recognised,
    rows_of,
    take_suggestions,
    titles,
    undo,
    written,
)
from tillit.register.models import Contact, Organisation, Person, Role
from tillit.register.tests.factories import OrganisationFactory, PersonFactory, RoleFactory

pytestmark = pytest.mark.django_db
ENGLISH = (
    '"Title","First Name","Middle Name","Last Name","Suffix","Company","Job Title","Business Phone",'
    '"Mobile Phone","E-mail Address","Notes"\r\n'
    '"","Eva","","Hall","","Föreningen Framsteg","Chair","040-12 34 56","","Eva@Framsteg.example",""\r\n'
)
SWEDISH = (
    "Titel;Förnamn;Mellannamn;Efternamn;Företag;Befattning;Mobiltelefon;E-postadress;Webbsida\r\n"
    ";Eva;;Hall;Föreningen Framsteg;Ordförande;040-12 34 56;eva@framsteg.example;\r\n"
)
PASTED = (
    "Namn\tOrganisation\tRoll\tE-post\tTelefon\n"
    "Hall, Eva\tFramsteg\tordf\teva@framsteg.example\t040-12 34 56"
)
CARD = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Hall;Eva;;;\r\nFN:Eva Hall\r\nORG:Föreningen Framsteg;Kansliet\r\n"
    "TITLE:Ordförande\r\nEMAIL;TYPE=INTERNET:eva@framsteg.example\r\nTEL:040-12 34 56\r\nEND:VCARD\r\n"
)


@pytest.fixture
def framsteg(cast):
    kept = Organisation.objects.get(key="paraplyet").secretariat
    return OrganisationFactory(key="framsteg", name="Föreningen Framsteg", secretariat=kept)


def persons(client, data):
    return recognised(client, kind="persons", file=("kontakter.csv", data))


@pytest.mark.parametrize(
    "data",
    [
        ENGLISH.encode("utf-8-sig"),
        ENGLISH.encode("cp1252"),
        SWEDISH.encode("cp1252"),
        SWEDISH.encode("utf-16"),
        CARD.encode(),
        PASTED.encode(),
    ],
    ids=["outlook-en", "outlook-en-cp1252", "outlook-sv", "outlook-sv-utf-16", "vcard", "pasted"],
)
def test_an_address_book_gives_the_person_the_role_and_the_address(cast, framsteg, data):
    intake = persons(cast.coordinator, data)
    assert titles(intake) == ["Eva Hall"]
    take_suggestions(cast.coordinator, intake)
    confirm(cast.coordinator, intake)
    assert intake.stage == Stage.WRITTEN, intake.trouble
    person = Person.objects.get(name="Eva Hall")
    role = person.roles.get()
    assert (role.organisation, role.kind) == (framsteg, "chair")
    contact = Contact.objects.get(person=person)
    assert (contact.email, contact.phone) == ("eva@framsteg.example", "040-12 34 56")
    assert contact.circle == framsteg.own_circle


def test_an_organisation_that_is_not_there_or_not_ones_own_is_a_fault(cast, framsteg):
    OrganisationFactory(key="annans", name="Kamraterna")
    text = "Namn\tOrganisation\nEva Hall\tOkända\nPer Hall\tKamraterna\nÅsa Hall\t\nIda\tFramsteg"
    intake = recognised(cast.coordinator, kind="persons", text=text)
    faults = [row.as_found.fault for row in rows_of(intake)]
    assert faults == [
        "Ingen organisation på din sida heter ”Okända”. Ta in den först.",
        "Du ansvarar inte för Kamraterna.",
        "Raden säger inte i vilken organisation.",
        "",
    ]
    assert [row.choice for row in rows_of(intake)] == ["skip", "skip", "skip", "new"]


def test_peter_nilsson_elsewhere_is_not_suggested_to_be_the_same(cast, framsteg):
    elsewhere = OrganisationFactory(key="kfsk", name="Kommunförbundet")
    RoleFactory(person=PersonFactory(key="peter", name="Peter Nilsson"), organisation=elsewhere)
    text = "Namn\tOrganisation\nPeter Nilsson\tFramsteg"
    intake = recognised(cast.coordinator, kind="persons", text=text)
    take_suggestions(cast.coordinator, intake)
    confirm(cast.coordinator, intake)
    assert Person.objects.filter(name="Peter Nilsson").count() == 2


def test_monica_in_the_same_organisation_is_asked_about(cast, framsteg):
    monika = PersonFactory(key="monika", name="Monika Ståhl")
    RoleFactory(person=monika, organisation=framsteg, kind="member")
    text = "Namn\tOrganisation\tRoll\nMonica Ståhl\tFramsteg\tordförande"
    intake = recognised(cast.coordinator, kind="persons", text=text)
    (alike,) = rows_of(intake)[0].as_found.alike
    assert (alike.key, alike.is_likely) == ("monika", True)
    take_suggestions(cast.coordinator, intake)
    confirm(cast.coordinator, intake)
    assert set(monika.roles.values_list("kind", flat=True)) == {"member", "chair"}


def test_one_person_in_two_rows_is_one(cast, framsteg):
    text = "Namn\tOrganisation\tRoll\nEva Hall\tFramsteg\tordförande\nEva Hall\tFramsteg\tkassör"
    intake = recognised(cast.coordinator, kind="persons", text=text)
    assert rows_of(intake)[1].as_found.alike[0].row == 1
    take_suggestions(cast.coordinator, intake)
    confirm(cast.coordinator, intake)
    (person,) = Person.objects.filter(name="Eva Hall")
    assert {(role.kind, role.title) for role in person.roles.all()} == {
        ("chair", ""),
        ("affiliated", "kassör"),
    }


def test_what_is_there_already_is_not_written_twice(cast, framsteg):
    for _time in range(2):
        written(cast.coordinator, kind="persons", file=("kort.vcf", CARD.encode()))
    assert Person.objects.filter(name="Eva Hall").count() == 1
    assert Role.objects.filter(organisation=framsteg).count() == 1
    assert Contact.objects.filter(organisation=framsteg).count() == 1


def test_it_is_undone_as_one(cast, framsteg):
    intake = written(cast.coordinator, kind="persons", file=("kort.vcf", CARD.encode()))
    undo(cast.coordinator, intake)
    assert intake.stage == Stage.UNDONE, intake.trouble
    assert not Person.objects.filter(name="Eva Hall").exists()
    assert not Contact.objects.filter(organisation=framsteg).exists()


@pytest.mark.parametrize("mail", ["inte en adress", "@", "a b@c.se"])
def test_an_address_that_is_none_is_left_out_and_told(cast, framsteg, mail):
    text = f"Namn\tOrganisation\tE-post\nEva Hall\tFramsteg\t{mail}"
    intake = recognised(cast.coordinator, kind="persons", text=text)
    remarks = rows_of(intake)[0].as_found.remarks
    assert f"”{mail}” är ingen e-postadress och tas inte med." in remarks
