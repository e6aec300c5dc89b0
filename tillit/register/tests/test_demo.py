"""A demo has invented persons on both sides, and says that they are."""

import pytest

from tillit.kit.access import viewer_for
from tillit.register import demo, rules
from tillit.register.models import Contact, Mandate, Organisation, Person
from tillit.register.tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    SecretariatFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def populated():
    for key, sector in (("natverket", "civil"), ("region-skane", "public")):
        it = OrganisationFactory(key=key, sector=sector)
        it.secretariat = SecretariatFactory(key=key, organisation=it)
        it.save()
    MembershipFactory(
        umbrella=Organisation.objects.get(key="natverket"),
        member=OrganisationFactory(key="foreningen-furuboda"),
        start="2010",
    )
    demo.populate()


def viewer(address):
    return viewer_for(Person.objects.get(key=f"demo-{address}").account_id)


def test_everybody_is_said_to_be_invented_and_has_an_address_that_leads_nowhere():
    for player in demo.PLAYERS:
        assert "påhittad" in player.name
        assert player.email.endswith("@example.org")
    assert all(contact.email.endswith(".example.org") for contact in Contact.objects.all())


def test_both_sides_have_a_secretariat_and_a_member_its_contact_person():
    assert rules.secretariat_of(viewer("samordnare")).side == "civil"
    assert rules.secretariat_of(viewer("tjansteperson")).side == "public"
    assert rules.may_edit(
        viewer("kontaktperson"), Organisation.objects.get(key="foreningen-furuboda")
    )
    assert rules.administers(viewer("drift"))
    assert not rules.acts_for_somebody(viewer("utomstaende"))


def test_it_is_done_once():
    before = Mandate.objects.count(), Contact.objects.count(), Person.objects.count()
    demo.populate()
    assert before == (Mandate.objects.count(), Contact.objects.count(), Person.objects.count())
