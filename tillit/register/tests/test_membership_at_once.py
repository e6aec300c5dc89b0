"""Several of the office at once, each with a connection of its own: one wins, and the others are told."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connections
from django.utils import timezone

from tillit.kit.changes import Actor, create
from tillit.kit.refusal import Refused
from tillit.register.deciding import Decided, admit, end, take_back
from tillit.register.models import Membership, MembershipDecision
from tillit.register.models.membership_decision import DecisionKind
from tillit.register.tests.factories import (
    ApplicationFactory,
    MembershipFactory,
    OrganisationFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)
KARIN = Actor("person:karin", "organisation:paraplyet")
BOARD = Decided(date(2025, 12, 10), "Styrelsen")
AT_ONCE = 4


def at_once(work):
    """What came of the same work, begun by several at the same moment."""
    barrier = Barrier(AT_ONCE)

    def one(number):
        barrier.wait()
        try:
            work(number)
        except (Refused, ValidationError) as refused:
            return type(refused).__name__
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sorted(pool.map(one, range(AT_ONCE)))


@pytest.fixture
def umbrella():
    return OrganisationFactory(key="paraplyet")


def test_an_application_is_admitted_once(umbrella):
    it = ApplicationFactory(umbrella=umbrella, member=OrganisationFactory(key="foreningen"))
    found = at_once(lambda _n: admit(it, date(2026, 1, 1), BOARD, KARIN, timezone.now()))
    assert found == ["Refused"] * (AT_ONCE - 1) + ["done"]
    assert Membership.objects.count() == MembershipDecision.objects.count() == 1


def test_a_pair_never_has_two_memberships_at_once(umbrella):
    member = OrganisationFactory(key="foreningen")

    def write(number):
        create(
            Membership(key=f"m{number}", umbrella=umbrella, member=member, start="2026-01-01"),
            KARIN,
        )

    assert at_once(write) == ["ValidationError"] * (AT_ONCE - 1) + ["done"]
    assert Membership.objects.count() == 1


def test_two_applications_of_one_organisation_make_one_membership(umbrella):
    member = OrganisationFactory(key="foreningen")
    them = [ApplicationFactory(umbrella=umbrella, member=member) for _number in range(AT_ONCE)]
    found = at_once(lambda n: admit(them[n], date(2026, 1, 1), BOARD, KARIN, timezone.now()))
    assert found == ["ValidationError"] * (AT_ONCE - 1) + ["done"]
    assert Membership.objects.count() == 1


def test_a_membership_ends_once(umbrella):
    it = MembershipFactory(umbrella=umbrella, start="2020")
    kind, day = DecisionKind.LEFT, date(2026, 6, 30)
    found = at_once(lambda _n: end(it, kind, day, BOARD, KARIN, timezone.now()))
    assert found == ["Refused"] * (AT_ONCE - 1) + ["done"]
    assert MembershipDecision.objects.count() == 1


def test_a_decision_is_taken_back_once(umbrella):
    it = MembershipFactory(umbrella=umbrella, start="2020")
    deed = end(it, DecisionKind.LEFT, date(2026, 6, 30), BOARD, KARIN, timezone.now())
    found = at_once(lambda _n: take_back(deed, BOARD, KARIN, timezone.now()))
    assert found == ["Refused"] * (AT_ONCE - 1) + ["done"]
    it.refresh_from_db()
    assert it.end == ""
