"""What becomes of two entries that are merged, and of the address of the one that went."""

import pytest
from django.utils import timezone

from tillit.duplicates.merging import merge, part
from tillit.duplicates.models import Merge, Pair, State
from tillit.duplicates.tests.twins import organisation, pair_of, person, viewer
from tillit.kit.circles import Viewer
from tillit.kit.models import Activity, Citation, Source
from tillit.kit.refusal import Refused
from tillit.register.models import Contact, Mandate, Membership, Name, Organisation, Person
from tillit.register.tests.factories import (
    AddressFactory,
    ContactFactory,
    IdentifierFactory,
    MandateFactory,
    MembershipFactory,
    PersonFactory,
    RoleFactory,
    TopicFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(cast):
    return organisation("tallen", name="Föreningen Tallen"), organisation(
        "tallens", name="Tallens förening"
    )


def merged(kept, gone, **chosen):
    return merge(kept, gone, viewer("karin"), timezone.now(), chosen=chosen)


def names(of):
    rows = Name.objects.filter(organisation=of).values_list("name", "kind")
    return sorted(rows)


def test_the_official_name_of_what_went_becomes_another_that_it_is_called(two):
    kept, gone = two
    merged(kept, gone)
    kept.refresh_from_db()
    assert kept.name == "Föreningen Tallen"
    assert names(kept) == [("Föreningen Tallen", "official"), ("Tallens förening", "alias")]


def test_a_name_of_another_time_stays_an_official_one(two):
    kept, gone = two
    Name.objects.filter(organisation=kept).update(start="2010")
    Name.objects.filter(organisation=gone).update(start="2001", end="2009-12-31")
    for it in Name.objects.all():
        it.save()
    merged(kept, gone)
    assert names(kept) == [("Föreningen Tallen", "official"), ("Tallens förening", "official")]


def test_what_both_say_in_the_same_time_becomes_one_with_the_period_of_both(two):
    kept, gone = two
    AddressFactory(organisation=kept, start="2012", end="..")
    AddressFactory(organisation=gone, start="2010", end="2014")
    IdentifierFactory(organisation=kept)
    IdentifierFactory(organisation=gone)
    merged(kept, gone)
    address = kept.addresses.get()
    assert (address.start, address.end) == ("2010", "..")
    assert kept.identifiers.count() == 1


def test_an_address_that_was_left_and_taken_again_stays_two(two):
    kept, gone = two
    AddressFactory(organisation=kept, start="2015", end="..")
    AddressFactory(organisation=gone, start="2008", end="2010")
    merged(kept, gone)
    assert kept.addresses.count() == 2


def test_two_memberships_of_the_same_umbrella_become_one(two):
    kept, gone = two
    umbrella = Organisation.objects.get(key="paraplyet")
    first = MembershipFactory(umbrella=umbrella, member=kept, seen="2012-12-31")
    MembershipFactory(umbrella=umbrella, member=gone, start="2009")
    merged(kept, gone)
    found = Membership.objects.get(umbrella=umbrella, member=kept)
    assert (found.pk, found.start, found.seen) == (first.pk, "2009", "2012-12-31")


def test_units_of_one_name_become_one_and_their_people_stay_in_it(two):
    kept, gone = two
    board = UnitFactory(organisation=kept, key="tallen.styrelsen")
    other = UnitFactory(organisation=gone, key="tallens.styrelsen")
    role = RoleFactory(organisation=gone, unit=other, kind="chair")
    merged(kept, gone)
    role.refresh_from_db()
    assert (role.organisation, role.unit) == (kept, board)


def test_a_value_that_only_the_one_that_goes_has_is_kept_and_others_are_chosen(two):
    kept, gone = two
    Organisation.objects.filter(pk=kept.pk).update(web="https://tallen.se", level="local")
    Organisation.objects.filter(pk=gone.pk).update(
        web="https://tallens.se", level="regional", description="Om skogen."
    )
    kept.topics.add(TopicFactory(key="natur"))
    gone.topics.add(TopicFactory(key="kultur"))
    kept.refresh_from_db()
    gone.refresh_from_db()
    merged(kept, gone, web="tallens", level="tallen")
    kept.refresh_from_db()
    assert (kept.web, kept.level) == ("https://tallens.se", "local")
    assert kept.description == "Om skogen."
    assert {it.key for it in kept.topics.all()} == {"natur", "kultur"}


def test_a_source_of_what_is_not_said_any_more_contradicts_it(two):
    kept, gone = two
    source = Source.objects.create(key="lista", title="Listan")
    for it, web in ((kept, "https://a.se"), (gone, "https://b.se")):
        Organisation.objects.filter(pk=it.pk).update(web=web)
        it.refresh_from_db()
    Citation.objects.create(
        source=source, subject=gone.subject, field="web", first_line=4, last_line=4
    )
    merged(kept, gone, web="tallen")
    it = Citation.objects.get(subject=kept.subject)
    assert (it.contradicts, it.says) == (True, "https://b.se")


def test_what_was_told_of_the_one_that_went_is_told_of_the_one_that_stays(two):
    kept, gone = two
    AddressFactory(organisation=gone)
    Activity.objects.create(
        actor="person:karin", subject=gone.subject, about=gone.subject, verb="created"
    )
    done = merged(kept, gone)
    about = Activity.objects.filter(about=kept.subject)
    assert about.filter(subject=kept.subject, verb="created").exists()
    assert about.filter(subject=done.subject).exists()


def test_readers_of_the_one_that_went_read_the_one_that_stays(two):
    kept, gone = two
    ContactFactory(organisation=gone)
    merged(kept, gone)
    assert Contact.objects.get().circle == kept.own_circle


def test_who_acted_for_both_goes_as_far_as_in_either(two):
    kept, gone = two
    someone = PersonFactory()
    MandateFactory(person=someone, organisation=kept, extent="read")
    MandateFactory(person=someone, organisation=gone, extent="lead")
    merged(kept, gone)
    it = Mandate.objects.get(person=someone)
    assert (it.organisation, it.extent) == (kept, "lead")


def test_the_old_address_leads_to_the_one_that_stayed(two, cast):
    kept, gone = two
    merged(kept, gone)
    answer = cast.anonymous.get("/organisationer/tallens/medlemmar/?on=2012-12-31")
    assert (answer.status_code, answer["Location"]) == (
        302,
        "/organisationer/tallen/medlemmar/?on=2012-12-31",
    )
    assert (
        cast.anonymous.get("/en/organisationer/tallens/")["Location"]
        == "/en/organisationer/tallen/"
    )
    assert cast.anonymous.get("/api/v1/organisations/tallens")["Location"] == (
        "/api/v1/organisations/tallen"
    )
    assert cast.anonymous.get("/organisationer/finns-inte/").status_code == 404


def test_the_old_address_leads_on_through_several_merges(two, cast):
    kept, gone = two
    third = organisation("skogen", name="Skogens vänner")
    merged(kept, gone)
    kept.refresh_from_db()
    merged(third, kept)
    assert cast.anonymous.get("/organisationer/tallens/")["Location"] == "/organisationer/skogen/"


def test_the_old_address_leads_nobody_to_what_they_may_not_see(two, cast):
    kept, gone = two
    merged(kept, gone)
    Organisation.objects.filter(pk=kept.pk).update(circle="organisation:tallen")
    assert cast.anonymous.get("/organisationer/tallens/").status_code == 404


def test_a_merge_is_undone_long_after_and_later_changes_stay(two):
    kept, gone = two
    address = AddressFactory(organisation=gone)
    phone = ContactFactory(organisation=gone)
    done = merged(kept, gone)
    new = AddressFactory(organisation=kept, street="Nya gatan 1")
    Contact.objects.filter(pk=phone.pk).update(email="nytt@example.org")
    part(done, viewer("karin"), timezone.now(), "De är två.")
    back = Organisation.objects.get(key="tallens")
    address.refresh_from_db()
    phone.refresh_from_db()
    new.refresh_from_db()
    assert (address.organisation, phone.organisation, new.organisation) == (back, back, kept)
    assert phone.email == "nytt@example.org"
    assert names(back) == [("Tallens förening", "official")]
    assert back.name == "Tallens förening"


def test_what_was_parted_is_taken_to_be_two(two):
    kept, gone = two
    pair_of(kept, gone)
    done = merged(kept, gone)
    assert not Pair.objects.exists()
    part(done, viewer("karin"), timezone.now())
    assert Pair.objects.get().state == State.REFUSED


def test_a_merge_is_undone_once_and_the_later_one_first(two):
    kept, gone = two
    first = merged(kept, gone)
    kept.refresh_from_db()
    second = merged(organisation("skogen"), kept)
    with pytest.raises(Refused, match="Tallen"):
        part(first, viewer("karin"), timezone.now())
    part(second, viewer("karin"), timezone.now())
    part(first, viewer("karin"), timezone.now())
    assert Organisation.objects.filter(key__in=["tallen", "tallens", "skogen"]).count() == 3
    with pytest.raises(Refused):
        part(first, viewer("karin"), timezone.now())


def test_a_member_is_not_merged_with_its_umbrella(two):
    kept, gone = two
    MembershipFactory(umbrella=kept, member=gone)
    with pytest.raises(Refused, match="Tallens förening"):
        merged(kept, gone)
    assert Merge.objects.count() == 0
    assert Organisation.objects.filter(key="tallens").exists()


def test_a_part_is_not_merged_with_the_whole(two):
    kept, gone = two
    Organisation.objects.filter(pk=gone.pk).update(parent=kept)
    with pytest.raises(Refused):
        merged(kept, gone)


def test_organisations_of_two_sectors_are_not_merged(two):
    kept, gone = two
    Organisation.objects.filter(pk=gone.pk).update(sector="public")
    with pytest.raises(Refused):
        merged(kept, gone)


def test_the_other_sides_secretariat_merges_nothing_of_it(two):
    kept, gone = two
    with pytest.raises(Refused):
        merge(kept, gone, viewer("omar"), timezone.now(), chosen={})


def test_a_protected_organisation_stays_protected_by_whoever_may_merge_it(two):
    kept, gone = two
    Organisation.objects.filter(pk=gone.pk).update(protected=True)
    with pytest.raises(Refused):  # its secretariat doesn't see all of it
        merged(kept, gone)


def test_persons_become_one_with_their_roles_and_their_account(cast, two):
    kept, _gone = two
    monika = person("monika", kept, name="Monika Ek")
    monica = person("monica", kept, name="Monica Ek")
    monica.account = Person.objects.get(key="ulf").account
    Person.objects.filter(key="ulf").update(account=None)
    monica.save()
    done = merge(monika, monica, viewer("karin"), timezone.now(), chosen={"name": "monica"})
    monika.refresh_from_db()
    assert (monika.name, monika.account) == ("Monica Ek", monica.account)
    assert monika.roles.count() == 1  # the same post in the same time
    part(done, viewer("karin"), timezone.now())
    monika.refresh_from_db()
    back = Person.objects.get(key="monica")
    assert (monika.name, monika.account_id, back.account) == ("Monika Ek", None, monica.account)
    assert (monika.roles.count(), back.roles.count()) == (1, 1)


def test_two_who_both_sign_in_are_not_merged(cast, two):
    kept, _gone = two
    one, other = person("monika", kept), person("monica", kept)
    for it, name in ((one, "ulf"), (other, "mina")):
        account = Person.objects.get(key=name).account
        Person.objects.filter(key=name).update(account=None)
        it.account = account
        it.save()
    with pytest.raises(Refused):
        merge(one, other, viewer("karin"), timezone.now(), chosen={})


def test_nobody_comes_to_act_for_somebody_by_a_merge_that_others_may_not_give(cast, two):
    """Karin edits for an organisation of each; but the region's mandate is not hers to give."""
    kept, _gone = two
    stranger, official = person("stranger", kept), person("official", kept)
    stranger.account = Person.objects.get(key="ulf").account
    Person.objects.filter(key="ulf").update(account=None)
    stranger.save()
    MandateFactory(person=official, organisation=Organisation.objects.get(key="regionen"))
    with pytest.raises(Refused):
        merge(stranger, official, viewer("karin"), timezone.now(), chosen={})


def test_the_reader_of_the_public_is_told_nothing_of_the_merge_itself(two):
    kept, gone = two
    done = merged(kept, gone)
    assert not Activity.objects.visible_to(Viewer()).filter(subject=done.subject).exists()
