"""The office writes in who is a member already, in a register that is new."""

import pytest

from tillit.kit.models import Activity, Citation, Source
from tillit.post.models import Message
from tillit.register.models import Membership, Organisation
from tillit.register.tests.factories import MembershipFactory, NameFactory
from tillit.register.tests.filling import fill

pytestmark = pytest.mark.django_db
PAGE = "/organisationer/paraplyet/medlemmar/ny/"
FORM = f"{PAGE}?som=foreningen"


@pytest.fixture
def known(cast):
    it = Organisation.objects.get(key="foreningen")
    NameFactory(organisation=it, name="Foreningen")
    return it


def test_an_empty_list_leads_there(cast):
    page = cast.coordinator.get("/organisationer/paraplyet/medlemmar/").content.decode()
    assert page.count(f'href="{PAGE}"') == 2
    assert PAGE not in cast.official.get("/organisationer/paraplyet/medlemmar/").content.decode()


def test_one_that_is_in_the_register_is_found(cast, known, most_queries):
    with most_queries():
        page = cast.coordinator.get(f"{PAGE}?q=fören").content.decode()
    assert 'href="?som=foreningen"' in page
    assert "/ny-organisation/?namn=f%C3%B6ren" in page


def test_since_when_is_said_and_that_is_all(cast, known, most_queries):
    with most_queries():
        assert cast.coordinator.get(FORM).status_code == 200
    response = fill(cast.coordinator, FORM, start="2019", reason="vår medlemslista")
    assert response.url == "/organisationer/paraplyet/medlemmar/"
    row = Membership.objects.get()
    assert (row.member, row.start) == (known, "2019")
    noted = Activity.objects.get(subject=row.subject)
    assert (noted.reason, noted.actor) == ("vår medlemslista", "person:karin")
    assert not Message.objects.exists()


def test_the_day_may_be_unknown_and_it_is_known_from_today(cast, known):
    fill(cast.coordinator, FORM)
    assert Membership.objects.get().start == ""
    page = cast.coordinator.get("/organisationer/paraplyet/medlemmar/").content.decode()
    assert "Foreningen" in page


REMOVAL = "/organisationer/paraplyet/medlemmar/foreningen/borttagning/"


def test_what_was_written_in_by_mistake_is_taken_away(cast, known, most_queries):
    fill(cast.coordinator, FORM, start="2019")
    page = cast.coordinator.get("/organisationer/paraplyet/medlemmar/foreningen/").content.decode()
    assert f'href="{REMOVAL}"' in page
    with most_queries():
        assert cast.coordinator.get(REMOVAL).status_code == 200
    assert cast.coordinator.post(REMOVAL, {"reason": ""}).status_code == 422
    for browser in (cast.official, cast.outsider):
        assert browser.post(REMOVAL, {"reason": "x"}).status_code == 404
    assert cast.member.post(REMOVAL, {"reason": "x"}).status_code == 403
    assert cast.anonymous.post(REMOVAL, {"reason": "x"}).status_code == 403
    assert cast.coordinator.delete(REMOVAL).status_code == 405
    assert Membership.objects.exists()
    assert fill(cast.coordinator, REMOVAL, reason="fel förening").status_code == 302
    assert not Membership.objects.exists()


def test_what_rests_on_a_source_is_ended_and_not_taken_away(cast, known):
    row = MembershipFactory(umbrella=Organisation.objects.get(key="paraplyet"), member=known)
    source = Source.objects.create(key="s0", title="Verksamhetsberättelse")
    Citation.objects.create(source=source, subject=row.subject)
    assert cast.coordinator.post(REMOVAL, {"reason": "x"}).status_code == 409
    assert Membership.objects.exists()


def test_who_is_a_member_already_is_told(cast, known):
    MembershipFactory(
        umbrella=Organisation.objects.get(key="paraplyet"), member=known, start="2012"
    )
    assert "redan medlem" in cast.coordinator.get(FORM).content.decode()
    cast.coordinator.post(FORM, {"start": "2019"})
    assert Membership.objects.count() == 1


@pytest.mark.parametrize("day", ["igår", "2019-13", "1" * 5000])
def test_a_day_that_is_none_is_explained_and_kept(cast, known, day):
    response = cast.coordinator.post(FORM, {"start": day})
    assert response.status_code == 422
    assert not Membership.objects.exists()


def test_an_umbrella_is_no_member_of_itself(cast):
    assert cast.coordinator.get(f"{PAGE}?som=paraplyet").status_code == 404


@pytest.mark.parametrize("who", ["official", "member", "outsider"])
def test_others_don_t(cast, known, who):
    browser = getattr(cast, who)
    assert browser.get(FORM).status_code == 403
    assert browser.post(FORM, {}).status_code == 403


def test_nobody_without_an_account(cast, known):
    assert cast.anonymous.get(FORM).status_code == 302
    assert cast.anonymous.post(FORM, {}).status_code == 403
    assert cast.coordinator.delete(FORM).status_code == 405


def test_a_new_one_is_entered_with_the_name_that_was_sought(cast):
    page = cast.coordinator.get("/ny-organisation/?namn=Nya+F%C3%B6reningen").content.decode()
    assert 'value="Nya Föreningen"' in page
