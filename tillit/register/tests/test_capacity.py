"""One reads with all one's mandates and writes with the chosen one."""

import pytest

from tillit.kit.access import CHOSEN, viewer_for
from tillit.register import rules
from tillit.register.models import Organisation, Person
from tillit.register.tests.factories import MandateFactory, OrganisationFactory, UnitFactory

pytestmark = pytest.mark.django_db
URL = "/uppdrag/valj/"


def viewer(key, asked=""):
    return viewer_for(Person.objects.get(key=key).account_id, asked)


@pytest.fixture
def second(cast):
    """Mina acts for another association too."""
    other = OrganisationFactory(key="andra", name="Andra föreningen")
    return MandateFactory(key="mina-2", person=Person.objects.get(key="mina"), organisation=other)


def test_the_chosen_capacity_is_remembered(cast, second):
    response = cast.member.post(URL, {"capacity": "mina-2", "next": "/organisationer/"})
    assert response.status_code == 302
    assert response["Location"] == "/organisationer/"
    assert cast.member.session[CHOSEN] == "mina-2"


def test_a_mandate_of_somebody_else_can_t_be_chosen(cast, second):
    assert cast.coordinator.post(URL, {"capacity": "mina-2"}).status_code == 403
    assert CHOSEN not in cast.coordinator.session


def test_a_choice_leads_nowhere_outside(cast, second):
    response = cast.member.post(URL, {"capacity": "mina-2", "next": "https://example.com/"})
    assert response["Location"] == "/"


def test_a_choice_is_not_made_by_a_link(cast):
    assert cast.member.get(URL + "?capacity=mina").status_code == 405


def test_the_anonymous_chooses_nothing(cast):
    assert cast.anonymous.post(URL, {"capacity": "mina"}).status_code == 403


def test_reading_takes_all_and_writing_the_chosen_one(cast, second):
    own, other = Organisation.objects.get(key="foreningen"), second.organisation
    for asked, may, may_not in (("mina", own, other), ("mina-2", other, own)):
        it = viewer("mina", asked)
        assert {own.own_circle, other.own_circle} <= it.circles
        assert rules.may_edit(it, may)
        assert not rules.may_edit(it, may_not)


def test_a_choice_that_no_longer_stands_gives_nothing_more(cast, second):
    second.end = "2020-12-31"
    second.save()
    it = viewer("mina", "mina-2")
    assert it.chosen.key == "mina"
    assert second.organisation.own_circle not in it.circles


def test_a_mandate_for_a_unit_reaches_the_unit_alone(cast):
    unit = UnitFactory(organisation=OrganisationFactory(key="distriktet"))
    MandateFactory(
        key="enhet",
        person=Person.objects.get(key="ulf"),
        organisation=unit.organisation,
        unit=unit,
    )
    it = viewer("ulf")
    assert rules.may_edit_unit(it, unit)
    assert not rules.may_edit(it, unit.organisation)
    assert unit.organisation.own_circle not in it.circles


def test_each_secretariat_looks_after_its_own_side_alone(cast):
    own = {side: OrganisationFactory(sector=side) for side in ("civil", "public")}
    for person, side, other in (("karin", "civil", "public"), ("omar", "public", "civil")):
        it = viewer(person)
        kept = rules.secretariat_of(it)
        for organisation in own.values():
            organisation.secretariat = kept
        assert rules.may_edit(it, own[side])
        assert rules.may_lead(it, own[side])
        assert not rules.may_edit(it, own[other])
        assert rules.keeps_a_side(it)


def test_a_protected_organisation_is_edited_by_itself_alone(cast):
    it = Organisation.objects.get(key="foreningen")
    it.protected = True
    assert rules.may_edit(viewer("mina"), it)
    assert not rules.may_edit(viewer("karin"), it)
