"""Decisions are taken back, and who applied is forgotten in time."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tillit.kit.changes import Actor, change, undo
from tillit.kit.refusal import Refused
from tillit.post.models import Message
from tillit.register.membership_contributes import (
    erase,
    own_rows,
    purge_settled,
    purge_unconfirmed,
)
from tillit.register.models import (
    Application,
    Membership,
    MembershipDecision,
    Organisation,
    Supplement,
)
from tillit.register.tests.factories import (
    ApplicationFactory,
    PlaceFactory,
)

pytestmark = pytest.mark.django_db
LIST = "/organisationer/paraplyet/medlemmar/ansokningar/"
TERMS = "/organisationer/paraplyet/medlemmar/villkor/"
ADMIT = {
    "outcome": "admitted",
    "day": "2026-01-01",
    "decided_on": "2025-12-10",
    "decided_by": "Styrelsen § 12",
    "reference": "2025/7",
    "reason": "Välkomna.",
    "add_contact": "on",
}
DECLINE = {**ADMIT, "outcome": "declined", "day": "", "reason": "Ni är ett aktiebolag."}


@pytest.fixture
def umbrella(cast):
    return Organisation.objects.get(key="paraplyet")


@pytest.fixture
def it(umbrella):
    return ApplicationFactory(
        umbrella=umbrella,
        key="ansokan",
        number="802435-6498",
        form="association",
        place=PlaceFactory(),
    )


def url(name, it):
    return reverse(f"register:{name}", args=[it.umbrella.key, it.key])


@pytest.fixture
def decide(cast, it):
    def decide(said, client=None):
        return (client or cast.coordinator).post(url("application-decision", it), said)

    return decide


class TestTakingBack:
    SAID = {"decided_on": "2025-12-11", "decided_by": "Styrelsen", "reason": "Fel beslut."}

    def take_back(self, client, said=None):
        row = MembershipDecision.objects.standing().first()
        path = reverse("register:membership-taking-back", args=["paraplyet", row.key])
        return client.post(path, self.SAID if said is None else said)

    def test_the_page_opens_for_the_office_alone(self, cast, decide, most_queries):
        decide(ADMIT)
        path = reverse(
            "register:membership-taking-back",
            args=["paraplyet", MembershipDecision.objects.get().key],
        )
        with most_queries():
            assert cast.coordinator.get(path).status_code == 200
        assert cast.outsider.get(path).status_code == 404
        assert cast.outsider.post(path, self.SAID).status_code == 404
        assert cast.anonymous.get(path).status_code == 302

    def test_an_admission_goes_with_its_membership_and_waits_again(self, cast, decide, it):
        decide(ADMIT)
        assert self.take_back(cast.coordinator).status_code == 302
        assert not Membership.objects.exists()
        it.refresh_from_db()
        assert (it.state, it.settled_at) == ("waiting", None)
        assert not MembershipDecision.objects.standing().exists()
        assert MembershipDecision.objects.get(kind="taken_back").reason == "Fel beslut."
        assert Message.objects.filter(kind="application-taken-back").count() == 1

    def test_it_can_be_decided_again_and_enters_nothing_twice(self, cast, decide, it):
        decide(ADMIT)
        self.take_back(cast.coordinator)
        before = Organisation.objects.count()
        assert decide(ADMIT).status_code == 302
        assert Organisation.objects.count() == before
        assert Membership.objects.count() == 1

    def test_a_refusal_is_taken_back_too(self, cast, decide, it):
        decide(DECLINE)
        self.take_back(cast.coordinator)
        assert Application.objects.get().state == "waiting"

    def test_only_once(self, cast, decide):
        decide(ADMIT)
        path = reverse(
            "register:membership-taking-back",
            args=["paraplyet", MembershipDecision.objects.get().key],
        )
        assert cast.coordinator.post(path, self.SAID).status_code == 302
        assert cast.coordinator.post(path, self.SAID).status_code == 409

    def test_not_when_the_membership_was_changed_since(self, cast, decide):
        decide(ADMIT)
        change(Membership.objects.get(), {"start": "2026-02-01"}, Actor("person:karin"))
        assert self.take_back(cast.coordinator).status_code == 409
        assert MembershipDecision.objects.standing().exists()

    def test_bad_input(self, cast, decide):
        decide(ADMIT)
        assert self.take_back(cast.coordinator, {}).status_code == 422
        assert Membership.objects.exists()

    def test_the_change_alone_is_not_undone_behind_the_decision(self, cast, decide):
        decide(ADMIT)
        activity = MembershipDecision.objects.get().activity
        with pytest.raises(Refused):
            undo(activity, Actor("person:karin"))
        assert Membership.objects.exists()


class TestForgetting:
    def test_what_nobody_confirmed_goes_after_a_week(self, umbrella):
        ApplicationFactory(umbrella=umbrella, state="unconfirmed")
        kept = ApplicationFactory(umbrella=umbrella)
        today = timezone.localdate()
        assert purge_unconfirmed(today + timedelta(days=7)) == 0
        assert purge_unconfirmed(today + timedelta(days=8)) == 1
        assert Application.objects.get() == kept

    def test_who_applied_is_forgotten_a_year_after_the_decision(self, it, decide):
        decide(DECLINE)
        Supplement.objects.create(
            application=it, question="Nina?", asked_at=timezone.now(), asked_by="person:karin"
        )
        today = timezone.localdate()
        assert purge_settled(today + timedelta(days=365)) == 0
        assert purge_settled(today + timedelta(days=367)) == 1
        assert purge_settled(today + timedelta(days=367)) == 0
        it.refresh_from_db()
        assert (it.contact_name, it.contact_email, it.why, it.token_hash) == ("", "", "", None)
        assert (it.name, it.state) == ("Nya föreningen", "declined")
        assert not Supplement.objects.exists()

    def test_an_open_application_is_kept(self, it):
        assert purge_settled(timezone.localdate() + timedelta(days=3000)) == 0

    def test_a_person_sees_and_erases_applications_with_the_own_address(
        self, cast, it, django_user_model
    ):
        mina = django_user_model.objects.get(email="mina@example.org")
        assert own_rows("person:mina", mina.pk) == []
        Application.objects.update(contact_email="mina@example.org")
        assert own_rows("person:mina", mina.pk)[0]["organisation"] == "Nya föreningen"
        assert own_rows("", None) == []
        assert erase("person:mina", mina.pk) == 1
        assert Application.objects.get().contact_email == ""

    def test_a_decision_can_be_noted_when_the_address_has_been_erased(self, it, decide):
        erase_all = Application.objects.filter(pk=it.pk)
        erase_all.update(contact_email="", contact_name="", token_hash=None, token_seed="")
        assert decide(ADMIT).status_code == 302
        assert not Message.objects.exists()
