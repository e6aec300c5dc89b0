"""A demo has letters of both sides that show how sending can go."""

import pytest

from tillit.kit import contributions
from tillit.kit.access import viewer_for
from tillit.kit.days import today
from tillit.letters import demo
from tillit.letters.models import Letter
from tillit.letters.outcomes import progress_of
from tillit.post.models import Suppression
from tillit.register import demo as persons
from tillit.register.models import Organisation, Person
from tillit.register.tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    SecretariatFactory,
)

pytestmark = pytest.mark.django_db
OFFICES = {"civil": ("natverket", "samordnare"), "public": ("region-skane", "tjansteperson")}


@pytest.fixture(autouse=True)
def populated(db):
    for side, (key, _player) in OFFICES.items():
        office = OrganisationFactory(key=key, sector=side)
        kept = SecretariatFactory(key=key, side=side, organisation=office)
        Organisation.objects.filter(pk=office.pk).update(secretariat=kept)
        for number in range(5):
            it = OrganisationFactory(key=f"{side}-{number}", sector=side, secretariat=kept)
            if side == "civil":
                MembershipFactory(umbrella=office, member=it, start="2010", end="..")
    persons.populate()
    demo.populate()


def outcomes(side):
    return {str(it.outcome) for it in progress_of(Letter.objects.get(key=f"demo-{side}")).tallies}


def test_both_sides_have_sent_one_and_have_seen_how_it_can_go():
    for side in OFFICES:
        assert outcomes(side) == {"sent", "bounced", "held", "uncertain"}, side
    assert all(it.email.endswith("example.org") for it in Suppression.objects.all())
    assert all("påhittat" in it.subject_line for it in Letter.objects.all())


def test_both_desks_have_letters_to_see_to():
    for _key, player in OFFICES.values():
        viewer = viewer_for(Person.objects.get(key=f"demo-{player}").account_id)
        urls = [it.url for it in contributions.asked_of(viewer, today())]
        assert len([it for it in urls if it.startswith("/utskick/")]) == 2, player


def test_it_is_done_once():
    demo.populate()
    assert Letter.objects.count() == 4
