"""How alike persons are: a name alone is no proof."""

from datetime import date

import pytest

from tillit.kit.circles import Viewer
from tillit.register.likeness.acquaintances import digits, known_in_register
from tillit.register.likeness.evidence import Verdict
from tillit.register.likeness.persons import Figure, Service, compare
from tillit.register.tests.factories import (
    ContactFactory,
    OrganisationFactory,
    PersonFactory,
    RoleFactory,
)

KOMMUNFORBUNDET = Service("kfsk", "Kommunförbundet Skåne", date(2012, 1, 1), date(2013, 12, 31))
FIFH = Service("fifh", "FIFH", date(2014, 1, 1), date(2015, 12, 31))


def verdict(one, other):
    return compare(one, other).verdict


def test_peter_nilsson_is_two_persons():
    one, other = (Figure("Peter Nilsson", (it,)) for it in (KOMMUNFORBUNDET, FIFH))
    likeness = compare(one, other)
    assert likeness.verdict is not Verdict.LIKELY
    assert likeness.speaks_against == [
        "De har roller på olika ställen: Kommunförbundet Skåne och FIFH."
    ]


def test_two_places_at_the_same_time_are_two_persons():
    then = Service("annan", "En annan", date(2013, 1, 1))
    one, other = Figure("Peter Nilsson", (KOMMUNFORBUNDET,)), Figure("Peter Nilsson", (then,))
    assert verdict(one, other) is Verdict.UNLIKELY


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Monika Ståhl", "Monica Stål"),
        ("Ann-Christine Lundqvist", "Ann-Christin Lundqvist"),
        ("Carl-Johan Sonesson", "Carl Johan Sonesson"),
        ("Bosse Dalbo", "Bosse Dalmo"),
        ("Kristina Eriksson", "Christina Ericsson"),
    ],
)
def test_these_may_be_one_and_are_likely_so_in_the_same_place(one, other):
    assert verdict(Figure(one), Figure(other)) is Verdict.POSSIBLE
    assert verdict(Figure(one, (FIFH,)), Figure(other, (FIFH,))) is Verdict.LIKELY


@pytest.mark.parametrize("other", ["Monika Stark", "Eva Ståhl", "Gunilla Andersson", ""])
def test_these_are_not_monika_stahl(other):
    assert verdict(Figure("Monika Ståhl"), Figure(other)) is Verdict.UNLIKELY


def test_an_address_says_more_than_a_name():
    mail = frozenset({"monica@example.org"})
    assert verdict(Figure("Monika", mails=mail), Figure("M. Ståhl", mails=mail)) is Verdict.LIKELY


@pytest.mark.parametrize("phone", ["040-12 34 56", "+46 40 12 34 56", "0046 40 123456"])
def test_a_phone_number_is_the_same_however_it_is_written(phone):
    assert digits(phone) == "40123456"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["Monica Stål", "Monika Ståhl", "monica stahl", "Monica Ståhle", "Monika Stähl"]
)
def test_persons_are_found_by_how_they_sound(name):
    RoleFactory(person=PersonFactory(key="monika", name="Monika Ståhl"))
    RoleFactory(person=PersonFactory(key="peter", name="Peter Nilsson"))
    (found,) = known_in_register([Figure(name)], Viewer())
    assert [it.key for it, _likeness in found] == ["monika"]


@pytest.mark.django_db
def test_many_who_are_spelled_otherwise_are_looked_for_together(django_assert_max_num_queries):
    given = ["Ann", "Bo", "Cilla", "David", "Eva", "Fredrik", "Gun", "Hans", "Ida", "Jan"]
    for name in given:
        RoleFactory(person=PersonFactory(key=f"{name}", name=f"{name} Lindqvist"))
    wanted = [Figure(f"{name} Lindqvisst-Ek") for name in given] + [Figure("Ann Lindqvister")]
    with django_assert_max_num_queries(6):
        found = known_in_register(wanted, Viewer())
    assert [it.key for it, _likeness in found[-1]] == ["Ann"]


@pytest.mark.django_db
def test_whoever_has_no_role_that_one_may_read_is_not_found():
    PersonFactory(name="Monika Ståhl")
    hidden = OrganisationFactory(protected=True)
    RoleFactory(person=PersonFactory(name="Monika Ståhl"), organisation=hidden)
    assert known_in_register([Figure("Monika Ståhl")], Viewer()) == [[]]


@pytest.mark.django_db
def test_a_mail_address_leads_only_who_may_read_it():
    it = OrganisationFactory()
    person = PersonFactory(key="eva", name="Eva Hall")
    RoleFactory(person=person, organisation=it)
    ContactFactory(person=person, organisation=it, email="eva@example.org")
    wanted = [Figure("E. H.", mails=frozenset({"eva@example.org"}))]
    assert known_in_register(wanted, Viewer()) == [[]]
    (found,) = known_in_register(wanted, Viewer.with_circles([it.own_circle]))
    assert [figure.key for figure, _likeness in found] == ["eva"]
