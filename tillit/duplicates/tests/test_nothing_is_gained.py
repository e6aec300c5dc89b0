"""By a merge nobody comes to what they could not have had otherwise; nor does its undoing lose a later word."""

import pytest
from django.utils import timezone

from tillit.duplicates import keeping, pairing
from tillit.duplicates.merging import merge, part
from tillit.duplicates.models import MergeStep, Pair, State
from tillit.duplicates.tests.twins import organisation, pair_of, person, viewer
from tillit.kit.changes import Actor
from tillit.kit.days import today
from tillit.kit.refusal import Refused
from tillit.register.models import Mandate, Membership, Organisation, Person, Role
from tillit.register.tests.factories import (
    ContactFactory,
    MandateFactory,
    MembershipFactory,
    PersonFactory,
    RoleFactory,
    SecretariatFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(cast):
    return organisation("tallen"), organisation("tallens")


def merged(kept, gone, **chosen):
    return merge(kept, gone, viewer("karin"), timezone.now(), chosen=chosen)


def parted(done):
    return part(done, viewer("karin"), timezone.now())


def test_of_three_that_may_be_one_two_are_merged_and_undone(two):
    kept, gone = two
    third = organisation("alen")
    pair_of(kept, gone)
    pair_of(kept, third)
    refused = pair_of(gone, third)
    Pair.objects.filter(pk=refused.pk).update(state=State.REFUSED, why="Två orter.")
    done = merged(kept, gone)
    left = Pair.objects.get()
    assert (left.keys, left.state, left.why) == (("alen", "tallen"), State.REFUSED, "Två orter.")
    parted(done)
    states = {it.keys: it.state for it in Pair.objects.all()}
    assert states == {
        ("alen", "tallen"): State.OPEN,
        ("alen", "tallens"): State.REFUSED,
        ("tallen", "tallens"): State.REFUSED,
    }


def test_one_side_does_not_change_who_holds_the_posts_of_the_other(two):
    politician = person("politician", two[0])
    RoleFactory(
        person=politician, organisation=Organisation.objects.get(key="regionen"), kind="chair"
    )
    somebody = person("somebody", two[0], name="Någon Annan")
    with pytest.raises(Refused):
        merged(somebody, politician)
    with pytest.raises(Refused):  # nor what the politician is called
        merged(politician, somebody, name="somebody")
    merged(politician, somebody)  # what is only one's own side's may be given
    assert Role.objects.filter(person__key="politician").count() == 2


def test_who_was_dismissed_since_does_not_come_back(two):
    kept, gone = two
    someone = PersonFactory()
    for at, extent in ((kept, "edit"), (gone, "lead")):
        MandateFactory(person=someone, organisation=at, extent=extent)
    done = merged(kept, gone)
    stopped = {"stopped_at": timezone.now(), "ended_by": "person:karin"}
    Mandate.objects.filter(person=someone).update(**stopped)
    assert parted(done).left
    assert not Mandate.objects.filter(person=someone, stopped_at=None).exists()


def test_who_was_given_less_since_gets_no_more_back(two):
    kept, gone = two
    someone = PersonFactory()
    for at, extent in ((kept, "read"), (gone, "lead")):
        MandateFactory(person=someone, organisation=at, extent=extent)
    done = merged(kept, gone)
    Mandate.objects.filter(person=someone).update(extent="edit")
    parted(done)
    assert Mandate.objects.get(person=someone, organisation__key="tallens").extent == "edit"


def test_a_membership_that_ended_since_has_ended(two):
    kept, gone = two
    umbrella = organisation("sky")
    MembershipFactory(umbrella=umbrella, member=kept, start="2012")
    MembershipFactory(umbrella=umbrella, member=gone, start="2010")
    done = merged(kept, gone)
    it = Membership.objects.get()
    it.end = "2025-12-31"
    it.save()
    parted(done)
    back = Membership.objects.get(member__key="tallens")
    assert (back.start, back.end) == ("2010", "2025-12-31")


def test_an_address_that_was_removed_since_stays_away(two):
    kept, gone = two
    for at in two:
        ContactFactory(organisation=at, email="vi@example.org")
    done = merged(kept, gone)
    kept.contacts.all().delete()
    assert parted(done).left == 1
    assert not Organisation.objects.get(key="tallens").contacts.exists()


def test_what_came_back_names_what_was_merged_meanwhile_by_what_it_is_now(two):
    kept, gone = two
    monika, monica = person("monika", kept, name="Monika Ek"), PersonFactory(key="monica")
    for at in two:
        RoleFactory(person=monica, organisation=at, kind="deputy", start="2020-01-01", end="..")
    done = merged(kept, gone)
    merged(monika, monica)
    parted(done)
    assert Role.objects.get(organisation__key="tallens", kind="deputy").person == monika


def test_a_keeper_of_a_secretariat_goes_nowhere_by_a_merge(two, cast):
    keeper = Organisation.objects.get(key="paraplyet")
    with pytest.raises(Refused, match="Paraplyet"):
        merged(two[0], keeper)
    MandateFactory(person=PersonFactory(), organisation=two[0])
    with pytest.raises(Refused, match="Paraplyet"):  # it would come to speak for its members
        merged(keeper, two[0])


def test_what_is_two_stays_two_however_long_ago_it_was_said(two):
    pair = pair_of(person("peter", two[0]), person("peter-2", two[1]))
    decision = pairing.Decision(State.REFUSED, "Två personer.")
    pairing.decide(pair, decision, Actor("person:karin"), today())
    Pair.objects.update(found_on="2020-01-01", decided_on="2020-01-01")
    keeping.purge(today())
    pair = Pair.objects.get()
    assert (pair.state, pair.why) == (State.REFUSED, "")


def test_what_comes_back_is_looked_after_by_the_office_that_there_is_now(two):
    kept, gone = two
    done = merged(kept, gone)
    former = SecretariatFactory(
        key="forra", organisation=organisation("forra"), start="2010-01-01", end="2020-12-31"
    )
    went = MergeStep.objects.get(model="register.organisation", row="tallens", column="")
    went.before["secretariat"] = former.key
    went.save()
    parted(done)
    assert Organisation.objects.get(key="tallens").secretariat == kept.secretariat


def test_the_list_hides_whoever_was_protected_since_and_what_is_the_others(two, cast):
    hidden = person("anna-hemlig", two[0], name="Anna Hemlig")
    other = person("anna", two[0], name="Anna Öppen")
    pair_of(hidden, other)
    Person.objects.filter(pk=hidden.pk).update(protected=True)
    for row in (Person.objects.get(pk=hidden.pk), *hidden.roles.all()):
        row.save()
    for address in ("/dubbletter/?slag=person", "/dubbletter.csv?slag=person", "/skrivbord/"):
        answer = cast.coordinator.get(address)
        text = b"".join(answer).decode()
        assert "hemlig" not in text.lower(), address
    assert "möjlig" not in cast.coordinator.get("/skrivbord/").content.decode()


def test_a_unit_has_its_own_page_also_in_what_it_came_to(two, cast):
    kept, gone = two
    UnitFactory(organisation=kept, key="tallen.styrelsen", name="Styrelsen")
    moved = UnitFactory(organisation=gone, key="tallens.styrelsen", name="Förbundsstyrelsen")
    merged(kept, gone)
    moved.refresh_from_db()
    assert moved.get_absolute_url() == "/organisationer/tallen/enheter/tallens.styrelsen/"
    page = cast.anonymous.get(moved.get_absolute_url()).content.decode()
    assert "Förbundsstyrelsen" in page.replace("&shy;", "").replace("\xad", "")


def test_the_account_of_another_installation_is_nobodys_here(two):
    monika, monica = person("monika", two[0]), person("monica", two[0])
    monica.account = Person.objects.get(key="ulf").account
    Person.objects.filter(key="ulf").update(account=None)
    monica.save()
    merged(monika, monica)
    assert MergeStep.objects.filter(column="account").exists()
    keeping.carried_in()
    assert not MergeStep.objects.filter(column="account").exists()
