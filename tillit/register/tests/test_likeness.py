"""How alike organisations are by name, number and place; told with what the documents write."""

from collections import Counter
from itertools import product

import pytest
from django.utils.translation import override

from tillit.kit.circles import Viewer
from tillit.kit.days import today
from tillit.register.likeness.candidates import alike_among, alike_in_register
from tillit.register.likeness.evidence import Verdict
from tillit.register.likeness.naming import parts_of
from tillit.register.likeness.organisations import Called, Profile, compare
from tillit.register.models import Name
from tillit.register.tests.factories import (
    IdentifierFactory,
    NameFactory,
    OrganisationFactory,
    PlaceFactory,
    PresenceFactory,
)

EVERYBODY = Viewer()
RIGHT, ANOTHER, WRONG = "802435-6498", "846000-1236", "232100–0205"
# One organisation, as people write it.
SPELLINGS = """
Studieförbundet Vuxenskolan Skåneregionen
studieförbundet vuxenskolan skåneregionen
STUDIEFÖRBUNDET VUXENSKOLAN SKÅNEREGIONEN
Studieforbundet Vuxenskolan Skaneregionen
Studieförbundet  Vuxenskolan,  Skåneregionen
Studieförbundet Vuxenskolan – Skåneregionen
Studieförbundet Vuxenskolan (SV) Skåneregionen
Studieförbundet Vuxenskolan Skåne
Studieförbundet Vuxenskolan i Skåne
Studieförbundet Vuxenskolan Skånes distrikt
Studieförbundet Vuxenskolan Skånedistriktet
Studieförbundet Vuxenskolan region Skåne
Studieförbundet Vuxenskolan Skåne län
Studieförbundet Vuxenskolans region i Skåne
Studieförbundet Vuxen-skolan Skåne
Studieförbundet Vuxen skolan Skåne
Studie förbundet Vuxenskolan Skåne
Vuxenskolan Skåne
Vuxenskolan i Skåne
Vuxenskolan, Skåneregionen
Vuxenskolans Skåneregion
Vuxenskolorna i Skåne
Skånes Vuxenskola
SV Skåne
SV i Skåne
SV Skåneregionen
SV, Skåne
SV region Skåne
SV-Skåne
sv skåne
Studieförb. Vuxenskolan Skåne
Stud.förb. Vuxenskolan Skåne
Studieförbundet Wuxenskolan Skåne
Studieförbundet Vuxensskolan Skåne
Studieförbundet Vuxenskollan Skåne
Studieförbundet Vuxennskolan Skåne
Studieförbundet Vuxnskolan Skåne
Studieförbundet Vuxneskolan Skåne
Studieförbundet Vuxenskoaln Skåne
Studieförbundet Vuxebskolan Skåne
""".strip().splitlines()


def verdict(one, other):
    return compare(Profile.named(one), Profile.named(other)).verdict


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("RSMH Sunne", "RSMH Värmland"),
        ("RSMH Sunne", "RSMH Årjäng"),
        ("ABF Malmö", "ABF Skåne"),
        ("Skånes Nykterhetsförbund", "Värmlands Nykterhetsförbund"),
        ("Kvinnojouren i Sunne", "Värmlands läns kvinnojourer"),
        ("Studiefrämjandet i Skåne och Blekinge", "Studieförbundet Bilda Skåne och Blekinge"),
        ("Lions Distrikt 101 S", "Lions Distrikt 101 M"),
        ("Föreningen Furuboda", "Föreningen Emmaus Björkå"),
        ("Celiakiföreningen", "Mag- och Tarmföreningen"),
        ("FUB", "FIFH"),
        ("Rätt att vara", "Rätt att leva"),
    ],
)
def test_these_are_not_the_same(one, other):
    assert verdict(one, other) is Verdict.UNLIKELY


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Amningshjälpen", "Amningshjälpen Värmland"),
        ("Gyncancerföreningen Musslan i Värmland", "Patientföreningen Musslan"),
        ("Rädda barnen", "Rädda barnen Karlstad Hammarö"),
        ("Röda korset", "Röda korset, region Mellan"),
        ("Länskvinnojouren", "Värmlands läns kvinnojourer"),
        ("Svenska Röda Korset region Syd", "Röda korset"),
    ],
)
def test_these_are_asked_about(one, other):
    assert verdict(one, other) is Verdict.POSSIBLE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Studieförbundet Vuxenskolan Värmland", "SV Värmland"),
        ("Barnens Rätt I Samhället (BRIS)", "BRIS"),
        ("Föreningen Idrott för Handikappade (FIFH)", "FIFH"),
        ("Riksförbundet för Social och Mental Hälsa (RSMH)", "RSMH"),
        ("Internationella Kvinnoföreningen", "Internationella Qvinnoföreningen"),
        ("Celiakiföreningen i Värmlands län", "Celiakiförbundet Värmland"),
    ],
)
def test_these_are_likely_the_same(one, other):
    assert verdict(one, other) is Verdict.LIKELY


def test_what_speaks_for_and_against_is_told_in_words():
    likeness = compare(Profile.named("RSMH Sunne"), Profile.named("RSMH Värmland"))
    assert likeness.speaks_for == ["Namnen är desamma så när som på form och stavning."]
    assert likeness.speaks_against == [
        "Namnen nämner olika platser: Sunne och Värmland.",
        "De är av olika nivå.",
    ]


def test_it_is_told_in_the_language_of_whoever_reads_it():
    likeness = compare(Profile.named("RSMH Sunne"), Profile.named("RSMH Värmland"))
    with override("en"):
        assert likeness.speaks_against == [
            "The names name different places: Sunne and Värmland.",
            "They are of different levels.",
        ]


def test_names_whose_letters_are_few_alike_are_not_spelled_nearly_the_same():
    names = [*SPELLINGS, "Λέσχη Σύλλογος", "Λέσχη Σύλλογoς", "Aaaaaaaaab", "Aaaaaaabbb", "1234567"]
    parts = [parts_of(name) for name in names]
    for one, other in product(parts, parts):
        both = (one.letters & other.letters).bit_count()
        plainly = (Counter(one.core) & Counter(other.core)).total()
        assert both >= plainly, (one.core, other.core)


def test_a_right_number_outweighs_the_name_and_another_one_the_same_name():
    one = Profile.named("Vännerna", RIGHT)
    assert compare(one, Profile.named("Kamraterna", RIGHT)).verdict is Verdict.LIKELY
    assert compare(one, Profile.named("Vännerna", ANOTHER)).verdict is Verdict.UNLIKELY


def test_a_number_with_a_wrong_check_digit_proves_little():
    one = Profile.named("Vännerna", WRONG)
    assert compare(one, Profile.named("Kamraterna", WRONG)).verdict is Verdict.POSSIBLE
    assert compare(one, Profile.named("Vännerna", RIGHT)).verdict is Verdict.LIKELY


def test_a_former_name_counts_and_is_told_to_be_one():
    known = Profile((Called("NÄTVERKET"), Called("Nätverk Social Ekonomi Skåne", is_former=True)))
    likeness = compare(Profile.named("Nätverket Social Ekonomi Skåne"), known)
    assert likeness.verdict is Verdict.LIKELY
    assert any("Nätverk Social Ekonomi Skåne" in said for said in likeness.speaks_for)


def test_seats_in_different_municipalities_speak_against_the_same_name():
    one, other = (Profile.named("Hembygdsföreningen", seat=code) for code in ("1280", "1281"))
    assert compare(one, other).verdict is not Verdict.LIKELY


def test_a_part_may_go_by_the_name_of_the_whole():
    part = Profile((Called("Värmlandskooperativen"),), parent="Coompanion Sverige")
    assert compare(Profile.named("Coompanion"), part).verdict is Verdict.POSSIBLE


@pytest.mark.parametrize(
    ("name", "words", "places"),
    [
        ("Skåneidrotten", ("idrott",), {"skane"}),
        ("Svenska Röda Korset region Syd", ("roda", "kors"), {"syd"}),
        ("Malmö stad", ("stad",), {"malmo"}),
        ("Sverige", ("sverige",), set()),
        ("", (), set()),
        ("–", (), set()),
    ],
)
def test_a_name_is_taken_apart(name, words, places):
    assert (parts_of(name).words, parts_of(name).places) == (words, places)


def test_one_list_is_compared_with_itself():
    rows = [Profile.named(name) for name in ("RSMH Sunne", "Röda korset", "Roda Korset", "RSMH")]
    found = alike_among(rows)
    assert [[at for at, _likeness in each] for each in found] == [[], [], [1], [0]]


@pytest.fixture
def noise(db):
    """Others, so that what is found is found among something."""
    for number in range(60):
        OrganisationFactory(name=f"Röda Korset {number}", key=f"roda-{number}")
    for place in ("Lund", "Eslöv", "Höör", "Sunne", "Blekinge"):
        OrganisationFactory(name=f"Studieförbundet Vuxenskolan {place}", key=f"sv-{place[0]}")


def found_for(*profiles, sectors=("civil",)):
    alike = alike_in_register(profiles, sectors, EVERYBODY, today())
    return [[profile.key for profile, _likeness in each] for each in alike]


@pytest.mark.django_db
def test_one_organisation_in_forty_spellings(noise):
    OrganisationFactory(name=SPELLINGS[0], key="sv-skane")
    assert len(set(SPELLINGS)) == 40
    found = found_for(*map(Profile.named, SPELLINGS))
    missed = [name for name, keys in zip(SPELLINGS, found, strict=True) if keys[:1] != ["sv-skane"]]
    assert missed == []


@pytest.mark.django_db
def test_however_it_is_spelled_in_the_register_it_is_found(noise):
    for spelled in SPELLINGS:
        it = OrganisationFactory(name=spelled, key="sv-skane")
        assert found_for(Profile.named(SPELLINGS[0]))[0][:1] == ["sv-skane"], spelled
        it.delete()


@pytest.mark.django_db
def test_many_are_found_with_few_questions(noise, django_assert_max_num_queries):
    rows = [Profile.named(f"Röda Korset {number}") for number in range(60)]
    with django_assert_max_num_queries(12):
        assert [keys[0] for keys in found_for(*rows)] == [f"roda-{it}" for it in range(60)]


@pytest.mark.django_db
def test_former_names_and_numbers_lead_to_it():
    it = OrganisationFactory(name="NÄTVERKET", key="natverket")
    NameFactory(organisation=it, name="Nätverk Social Ekonomi Skåne", end="2013")
    IdentifierFactory(organisation=it, value=RIGHT)
    assert found_for(
        Profile.named("Nätverket Social Ekonomi i Skåne"), Profile.named("Annat", "16802435 6498")
    ) == [["natverket"], ["natverket"]]


@pytest.mark.django_db
def test_nobody_is_found_who_may_not_be_read():
    it = OrganisationFactory(name="Vännerna", circle="organisation:vannerna")
    OrganisationFactory(name="Vännerna", sector="public")
    shelter = OrganisationFactory(name="Jouren", protected=True, key="jouren")
    PresenceFactory(organisation=shelter, place=PlaceFactory(), kind="seat")
    assert Name.objects.get(organisation=it).circle == "organisation:vannerna"
    assert found_for(Profile.named("Vännerna")) == [[]]
    alike = alike_in_register([Profile.named("Jouren")], ["civil"], EVERYBODY, today())
    assert alike[0][0][0].seats == frozenset()


def test_rows_that_are_spelled_otherwise_are_looked_for_together(django_assert_max_num_queries, db):
    """Forty rows by their beginnings and ends, and not one question for each."""
    for number in range(3):
        OrganisationFactory(key=f"o{number}", name=f"Skridskoklubben Vinterglans {number}")
    wanted = [Profile.named(f"Skridskoklubben Vinterglanz{letter}") for letter in "abcdefghij" * 4]
    with django_assert_max_num_queries(12):
        found = alike_in_register(wanted, ["civil"], EVERYBODY, today(), most=2)
    assert {len(alike) for alike in found} == {2}
