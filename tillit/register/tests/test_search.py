"""Finding what the register knows: by any name, by kind and theme and place together, on any day."""

from datetime import date

import pytest

from tillit.kit.circles import Viewer
from tillit.kit.search.asking import read
from tillit.kit.search.correcting import find_or_correct
from tillit.kit.search.finding import Reader
from tillit.kit.search.tests.mended import wrong
from tillit.register.tests.factories import (
    ContactFactory,
    IdentifierFactory,
    NameFactory,
    OrganisationFactory,
    PersonFactory,
    PlaceFactory,
    PresenceFactory,
    RoleFactory,
    TopicFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)


def asked_by(typed, *circles, on=None):
    return find_or_correct(read(typed), Reader(Viewer.with_circles(circles), TODAY, on))


def subjects(it):
    """In the order in which they are shown."""
    return [found.subject for group in it.groups for found in group.ranked]


def found(typed, *circles, on=None):
    """What has all the words."""
    it = asked_by(typed, *circles, on=on)
    return [] if it.left_out else subjects(it)


def nearly(typed, *circles):
    """What has most of the words, the words that were left out, and other choices of words."""
    it = asked_by(typed, *circles)
    assert it.left_out
    return subjects(it), [phrase.typed for phrase in it.left_out], list(it.otherwise)


@pytest.fixture
def vuxenskolan(db):
    it = OrganisationFactory(
        key="sv",
        name="Studieförbundet Vuxenskolan Södra",
        form="association",
        level="regional",
        start="2001",
        description="Cirklar på landsbygden.\nVi ger råd.",
    )
    it.topics.add(TopicFactory(key="bildning", name="Folkbildning", name_en="Popular education"))
    PresenceFactory(organisation=it, place=PlaceFactory())
    NameFactory(organisation=it, name="Liberala studieförbundet", start="1948", end="1967")
    NameFactory(organisation=it, name="SV", kind="short")
    NameFactory(organisation=it, name="Vuxenskohlan", kind="misspelling")
    IdentifierFactory(organisation=it, value="802404-1234")
    wrong()
    return it


@pytest.mark.parametrize(
    "typed",
    [
        "vuxenskolan",
        "VUXENSKOLANS",
        "studieförbund malmö",
        "malmo studieforbund",
        "studieförbund skåne",
        "Malmös studieförbunden",
        "studieförbundens folkbildning i Skåne län",
        "regionala föreningar malmö",
        "ideell förening folkbildning malmö",
        "popular education",
        "association malmö",
        "liberala",
        "sv",
        "vuxenskohlan",
        "vuxensk",
        '"studieförbundet vuxenskolan"',
        "802404-1234",
        "8024041234",
        "landsbygd",
        "cirklar råd",
    ],
)
def test_an_organisation_is_found_by_whatever_is_told_of_it(vuxenskolan, typed):
    assert vuxenskolan.subject in found(typed)


@pytest.mark.parametrize(
    "typed", ["studieförbund lund", '"vuxenskolan studieförbundet"', "uxenskolan sv x"]
)
def test_all_that_is_typed_must_be_there(vuxenskolan, typed):
    assert vuxenskolan.subject not in found(typed)


@pytest.mark.parametrize(
    ("typed", "left_out", "otherwise"),
    [
        ("studieförbund lund", ["lund"], []),
        ("lund studieförbund malmö", ["lund"], []),
        ("kvantfysik studieförbund i malmö och lund", ["kvantfysik", "lund"], []),
        ('studieförbund "malmö vuxenskolan"', ['"malmö vuxenskolan"'], []),
        ("a b c d e f g h cirklar råd malmö x", ["a", "b", "c", "d", "e", "f", "g", "h", "x"], []),
    ],
)
def test_where_nothing_has_all_words_it_is_said_which_are_left_out(
    vuxenskolan, typed, left_out, otherwise
):
    found_nearly, *rest = nearly(typed)
    assert found_nearly[0] == vuxenskolan.subject
    assert rest == [left_out, otherwise]


def test_of_several_words_to_leave_out_the_one_that_tells_least_is(vuxenskolan):
    OrganisationFactory.create_batch(3, name="Kören i Lund")
    wrong()
    assert nearly("lund studieförbund") == (["organisation:sv"], ["lund"], ["lund"])
    assert nearly("kören vuxenskolan malmö sv")[1:] == (["kören"], [])


def test_a_misspelled_word_is_corrected_before_any_is_left_out(vuxenskolan):
    it = asked_by("studeförbundet kvantfysik")
    assert (it.corrected, [word.typed for word in it.left_out]) == (
        "Studieförbundet kvantfysik",
        ["kvantfysik"],
    )
    assert it.count == 1


def test_it_is_found_on_the_days_on_which_it_may_have_been(vuxenskolan):
    assert found("vuxenskolan", on=date(2012, 1, 1)) == ["organisation:sv"]
    assert found("vuxenskolan", on=date(1900, 1, 1)) == []


def test_the_order_is_by_where_it_stands(db):
    for key, name in {
        "a": "Bris",
        "b": "Bris Region Syd",
        "c": "Stiftelsen Bris",
        "d": "Brisund",
        "e": "Annan",
    }.items():
        OrganisationFactory(key=key, name=name, description="Bris" if key == "e" else "")
    OrganisationFactory(key="f", name="Bris förr", start="1990", end="1999")
    wrong()
    keys = [it.partition(":")[2] for it in found("bris")]
    assert keys == ["a", "b", "f", "c", "d", "e"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("mamlö", "place:1280"),
        ("malmoo", "place:1280"),
        ("malö", "place:1280"),
        ("vuxneskolan", "organisation:sv"),
        ("studieförbnudet vuxenskollan", "organisation:sv"),
        ("Studeförbundet södra", "organisation:sv"),
    ],
)
def test_misspelled_words_are_forgiven(vuxenskolan, typed, meant):
    assert meant in found(typed)


def test_a_word_that_is_like_nothing_finds_nothing(vuxenskolan):
    assert found("kvantfysik") == []
    assert found("xyzt") == []


def test_a_person_is_found_by_the_roles_that_one_may_read(db):
    person = PersonFactory(key="eva", name="Eva Hall")
    jouren = OrganisationFactory(key="jouren", name="Jouren", protected=True)
    RoleFactory(person=person, organisation=jouren, kind="chair")
    nameless = PersonFactory(key="ingen", name="Ingen Roll")
    wrong()
    assert found("eva hall") == []
    assert found("ordförande jouren") == []
    assert found("eva hall", jouren.own_circle) == ["person:eva"]
    assert found("ordförande jouren", jouren.own_circle) == ["person:eva"]
    assert found(nameless.name) == []
    RoleFactory(person=person, organisation=OrganisationFactory(name="Öppna"), kind="auditor")
    wrong()
    assert found("eva hall") == ["person:eva"]
    assert found("eva jouren") == []
    assert found("eva öppna revisor") == ["person:eva"]
    assert found("eva öppna jouren", jouren.own_circle) == ["person:eva"]


def test_where_a_protected_organisation_is_finds_nobody_outside(db):
    jouren = OrganisationFactory(key="jouren", name="Kvinnojouren", protected=True)
    PresenceFactory(organisation=jouren, place=PlaceFactory(code="1766", name="Sunne"))
    UnitFactory(organisation=jouren, name="Styrelsen", key="jouren.styrelsen")
    wrong()
    assert found("kvinnojour") == ["organisation:jouren"]
    assert found("kvinnojour sunne") == []
    assert found("styrelsen") == []
    assert found("sunne") == ["place:1766"]
    assert found("kvinnojour sunne", jouren.own_circle) == ["organisation:jouren"]
    # The same is said of where it is and of where it isn't.
    PlaceFactory(code="1715", name="Kil")
    wrong()
    for place in ("sunne", "kil"):
        assert nearly(f"kvinnojour {place}") == (["organisation:jouren"], [place], [place])
        assert nearly(f"{place} kvinnojour xyz")[1] == ["kvinnojour", "xyz"]
    assert found("styrelsen", jouren.own_circle) == ["unit:jouren.styrelsen"]


def test_a_misspelled_name_of_another_circle_is_like_nothing(db):
    OrganisationFactory(key="hemlig", name="Gömstället", circle="organisation:hemlig")
    wrong()
    assert found("gömstälet") == []
    assert found("gömstälet", "organisation:hemlig") == ["organisation:hemlig"]


def test_an_organisation_is_found_by_its_contacts_by_who_may_read_them(cast):
    foreningen = ContactFactory(
        organisation__key="stugan", person=PersonFactory(name="Moa Lind"), email="moa@example.org"
    ).organisation
    wrong()
    assert found("moa@example.org") == []
    assert found("moa lind", foreningen.own_circle) == [foreningen.subject]
    assert found("moa@example.org", foreningen.own_circle) == [foreningen.subject]
