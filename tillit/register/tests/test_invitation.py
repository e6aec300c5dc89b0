"""An invitation is opened, answered once, by whoever reads its address, and says so when it can't be."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.test import Client
from django.utils import timezone

from tillit.accounts.actions import own as make_own
from tillit.accounts.models import User
from tillit.accounts.owners import own_addresses
from tillit.kit.changes import Actor
from tillit.kit.contributions import Brand
from tillit.kit.models import Activity
from tillit.post.models import Message
from tillit.register.models import Contact, Invitation, Mandate, Organisation, Person, Role
from tillit.register.tests.acting import (
    accept,
    code_to,
    invitation,
    leader,
    link_in,
    mandate_of,
    yesterday,
)
from tillit.register.tests.factories import PersonFactory, RoleFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def invited(cast):
    """Mina leads the association and has invited Nina to edit for it."""
    leader()
    return invitation()


def nina():
    return Person.objects.get(name="Nina Ny")


def test_to_look_at_it_changes_nothing(invited, client, most_queries):
    row, url = invited
    before = Activity.objects.count(), Message.objects.count(), User.objects.count()
    with most_queries():
        response = client.get(url)
    assert response.status_code == 200
    assert "Foreningen" in response.content.decode()
    assert response["Cache-Control"] == "no-store"
    client.head(url)
    assert (Activity.objects.count(), Message.objects.count(), User.objects.count()) == before
    row.refresh_from_db()
    assert not row.is_answered


def test_the_mail_and_the_page_say_what_this_is(cast, client, monkeypatch):
    for where in ("tillit.register.actions.inviting", "tillit.kit.context"):
        monkeypatch.setattr(f"{where}.brand", lambda: Brand("Överenskommelsen Skåne"))
    leader()
    row, url = invitation()
    assert "Överenskommelsen Skåne:" in Message.objects.get(about=row.subject).text
    assert "Överenskommelsen Skåne:" in client.get(url).content.decode()


def test_only_a_hash_of_the_token_is_kept(invited):
    row, url = invited
    token = url.rstrip("/").rpartition("/")[2]
    assert token not in str(Invitation.objects.values().get(pk=row.pk))
    assert token not in str(list(Activity.objects.values()))
    assert row.email not in str(list(Activity.objects.values()))


def test_whoever_reads_the_mail_says_yes_by_a_code_and_is_in(invited, client):
    row, url = invited
    response = accept(client, url)
    row.refresh_from_db()
    mandate = row.mandate
    assert response["Location"] == f"/uppdrag/{mandate.key}/valkommen/"
    assert mandate.person == nina() == row.accepted_by
    assert (mandate.extent, mandate.end) == ("edit", "..")
    assert mandate.given_by == "person:mina"
    assert get_user(client) == nina().account
    assert own_addresses(nina().account) == ["nina@example.org"]
    welcome = client.get(response["Location"])
    assert welcome.status_code == 200
    assert client.get("/organisationer/foreningen/behorigheter/").status_code == 200


def test_the_new_mandate_is_the_one_chosen(invited, client):
    _row, url = invited
    response = accept(client, url)
    assert client.session["capacity"] == response["Location"].split("/")[2]


def test_the_inviter_gets_to_know_by_mail(invited, client):
    _row, url = invited
    accept(client, url)
    mail = Message.objects.get(kind="invitation-answered")
    assert mail.to_email == "mina@example.org"
    assert "Nina Ny" in mail.subject_line


def test_a_wrong_code_lets_nobody_in_and_three_are_enough(invited, client):
    row, url = invited
    client.post(f"{url}godkannande/")
    right = code_to(row.email)
    wrong = "000000" if right != "000000" else "111111"
    for _time in range(3):
        assert client.post(f"{url}kod/", {"code": wrong}).status_code == 422
    assert client.post(f"{url}kod/", {"code": right}).status_code == 422
    assert not Mandate.objects.filter(person__name="Nina Ny").exists()
    client.post(f"{url}kod/", {"again": "1"})
    assert client.post(f"{url}kod/", {"code": code_to(row.email)}).status_code == 302


def test_tries_are_counted_for_all_browsers_together(invited, client):
    """A session copied to another browser gives no more tries."""
    row, url = invited
    client.post(f"{url}godkannande/")
    right, twin = code_to(row.email), Client()
    twin.cookies = client.cookies
    for browser in (client, twin, client):
        browser.post(f"{url}kod/", {"code": "000000" if right != "000000" else "111111"})
    assert twin.post(f"{url}kod/", {"code": right}).status_code == 422


def test_what_can_t_be_a_code_is_no_try(invited, client):
    row, url = invited
    client.post(f"{url}godkannande/")
    for typed in ("abc", "12", "1234567", ""):
        assert client.post(f"{url}kod/", {"code": typed}).status_code == 422
    right = code_to(row.email)
    spaced = f" {right[:3]} {right[3:]}"
    assert client.post(f"{url}kod/", {"code": spaced}).status_code == 302


def test_the_code_of_one_invitation_is_not_that_of_another(invited, client):
    row, url = invited
    _other, other_url = invitation(email="nils@example.org", name="Nils")
    client.post(f"{url}godkannande/")
    response = client.post(f"{other_url}kod/", {"code": code_to(row.email)})
    assert response["Location"] == other_url
    assert not Invitation.objects.exclude(accepted_at=None).exists()


def test_a_forwarded_link_lets_nobody_in_without_the_mail(invited, cast):
    """Ulf has the link, and an account; the code goes to Nina."""
    row, url = invited
    response = cast.outsider.post(f"{url}godkannande/")
    assert response["Location"] == f"{url}kod/"
    assert not Message.objects.filter(to_email="ulf@example.org", kind="sign_in").exists()
    assert Message.objects.filter(to_email=row.email, kind="sign_in").exists()
    assert not Mandate.objects.filter(person__key="ulf").exists()


def test_who_has_signed_in_adds_the_address_to_the_account(invited, cast):
    _row, url = invited
    assert "ulf@example.org" in cast.outsider.get(url).content.decode()
    accept(cast.outsider, url)
    ulf = Person.objects.get(key="ulf")
    assert Mandate.objects.get(person=ulf).organisation.key == "foreningen"
    assert "nina@example.org" in own_addresses(ulf.account)
    assert not Person.objects.filter(name="Nina Ny").exists()


def test_who_has_signed_in_as_somebody_else_may_sign_out_first(invited, cast):
    _row, url = invited
    response = cast.outsider.post(f"{url}godkannande/", {"sign_out": "1"})
    assert response["Location"] == url
    assert not get_user(cast.outsider).is_authenticated


def test_an_address_of_another_account_is_not_taken(cast):
    """Ulf, signed in, can't have Omar's address, even with the code."""
    leader()
    _row, url = invitation(email="omar@example.org", name="Omar")
    own(cast.official)
    response = accept(cast.outsider, url, "omar@example.org")
    assert response.status_code == 409
    assert not Mandate.objects.filter(person__key="ulf").exists()


def own(client):
    user = get_user(client)
    make_own(user, user.email)


def test_who_is_known_by_the_address_needs_no_code(cast):
    leader()
    own(cast.outsider)
    _row, url = invitation(email="Ulf@Example.org", name="Ulf")
    response = cast.outsider.post(f"{url}godkannande/")
    assert response["Location"].endswith("/valkommen/")
    assert Mandate.objects.get(person__key="ulf").extent == "edit"


def test_from_the_desk_it_is_answered_without_the_link(cast):
    leader()
    own(cast.outsider)
    row, _url = invitation(email="ulf@example.org", name="Ulf")
    assert cast.outsider.get(f"/inbjudan/{row.key}/").status_code == 200
    assert cast.member.get(f"/inbjudan/{row.key}/").status_code == 404
    assert cast.anonymous.get(f"/inbjudan/{row.key}/").status_code == 302
    response = cast.outsider.post(f"/inbjudan/{row.key}/", {"yes": "1"})
    assert response["Location"].endswith("/valkommen/")


def test_it_is_declined_with_a_reason_and_the_inviter_gets_to_know(invited, client):
    row, url = invited
    response = client.post(f"{url}avbojande/", {"reason": "Jag slutar."})
    assert response.status_code == 200
    row.refresh_from_db()
    assert row.answer_reason == "Jag slutar."
    assert "Jag slutar." in Message.objects.get(kind="invitation-answered").text
    assert client.post(f"{url}godkannande/").status_code == 410


def test_too_long_a_reason_is_kept_as_typed(invited, client):
    row, url = invited
    response = client.post(f"{url}avbojande/", {"reason": "x" * 401})
    assert "x" * 401 in response.content.decode()
    row.refresh_from_db()
    assert not row.is_answered


def test_used_twice_it_says_so_and_to_oneself_kindly(invited, client, cast):
    _row, url = invited
    accept(client, url)
    assert client.get(url).status_code == 200
    assert cast.anonymous.get(url).status_code == 410
    assert cast.anonymous.post(f"{url}godkannande/").status_code == 410
    assert cast.anonymous.post(f"{url}avbojande/", {}).status_code == 410
    assert Mandate.objects.filter(person=nina()).count() == 1


def test_after_a_month_it_has_expired(invited, client):
    _row, url = invited
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(url).status_code == 410
    assert client.post(f"{url}godkannande/").status_code == 410


def test_a_code_written_after_it_expired_opens_nothing(invited, client):
    row, url = invited
    client.post(f"{url}godkannande/")
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.post(f"{url}kod/", {"code": code_to(row.email)}).status_code == 410
    assert not User.objects.filter(email=row.email).exists()


def test_an_invitation_for_a_time_that_has_passed_opens_nothing(cast, client):
    leader()
    _row, url = invitation(start="2020-01-01", end="2021-12-31")
    assert client.get(url).context["why"] == "over"


@pytest.mark.parametrize("wrong", ["x", "", "../", "%00", "å"])
def test_a_link_that_is_not_whole_says_what_to_do(invited, client, wrong):
    row, _url = invited
    assert client.get(f"/inbjudan/{row.key}/{wrong}/").status_code in {302, 404}
    assert client.post(f"/inbjudan/{row.key}/x/godkannande/").status_code == 404
    assert client.post(f"/inbjudan/{row.key}/x/avbojande/").status_code == 404
    assert client.get(f"/inbjudan/{row.key}/x/kod/").status_code == 404


def test_sent_again_only_the_later_link_works(invited, cast, client):
    row, earlier = invited
    assert cast.member.post(f"/inbjudningar/{row.key}/omsandning/").status_code == 302
    assert client.get(earlier).status_code == 404
    assert client.get(link_in(row)).status_code == 200


def test_withdrawn_it_says_so(invited, cast, client):
    row, url = invited
    page = f"/inbjudningar/{row.key}/atertagande/"
    assert cast.member.get(page).status_code == 200
    assert cast.member.post(page, {"reason": "Fel person"}).status_code == 302
    assert client.get(url).context["why"] == "withdrawn"
    assert cast.member.post(f"/inbjudningar/{row.key}/omsandning/").status_code == 409


@pytest.mark.parametrize("page", ["omsandning", "atertagande"])
def test_others_neither_send_it_again_nor_withdraw_it(invited, cast, page):
    row, _url = invited
    url = f"/inbjudningar/{row.key}/{page}/"
    for client in (cast.outsider, cast.official):
        assert client.post(url).status_code == 404
    assert cast.anonymous.post(url).status_code == 403
    row.refresh_from_db()
    assert row.withdrawn_at is None


def test_when_the_inviter_s_own_mandate_has_ended_it_gives_nothing(invited, client):
    _row, url = invited
    Mandate.objects.filter(person__key="mina").update(end="")
    for mandate in Mandate.objects.filter(person__key="mina"):
        mandate.end = yesterday()
        mandate.save()
    response = client.get(url)
    assert (response.status_code, response.context["why"]) == (410, "ungiven")
    assert client.post(f"{url}godkannande/").status_code == 410


def test_the_secretariat_can_send_it_again_in_its_own_name(invited, cast, client):
    row, _url = invited
    Organisation.objects.get(key="foreningen").give_to(
        Organisation.objects.get(key="paraplyet").secretariats.get(), actor("karin")
    )
    for mandate in Mandate.objects.filter(person__key="mina"):
        mandate.end = yesterday()
        mandate.save()
    assert cast.coordinator.post(f"/inbjudningar/{row.key}/omsandning/").status_code == 302
    assert accept(client, link_in(row)).status_code == 302


def actor(key):
    return Actor(f"person:{key}", "organisation:paraplyet")


def test_when_the_organisation_is_no_more_it_says_so(invited, client):
    _row, url = invited
    it = Organisation.objects.get(key="foreningen")
    it.start, it.end = "2000", "2020"
    it.save()
    assert client.get(url).context["why"] == "gone"


def test_a_role_and_an_address_come_with_the_answer(cast, client):
    leader()
    _row, url = invitation(kind="contact_person", gets_letters=True)
    accept(client, url)
    assert Role.objects.get(person=nina()).kind == "contact_person"
    contact = Contact.objects.get(person=nina())
    assert (contact.email, contact.gets_letters) == ("nina@example.org", True)
    assert client.get(f"/personer/{nina().key}/").status_code == 200


def test_without_a_role_nobody_outside_learns_the_name(invited, client, cast):
    _row, url = invited
    accept(client, url)
    assert cast.outsider.get(f"/personer/{nina().key}/").status_code == 404
    told = Activity.objects.filter(subject=nina().subject)
    assert told.exists()
    assert {it.circle for it in told} == {nina().own_circle}


def test_a_person_whom_the_register_knows_gets_the_account(cast, client):
    leader()
    known = PersonFactory(key="nina-ny", name="Nina Ny")
    RoleFactory(person=known, organisation=Organisation.objects.get(key="foreningen"))
    _row, url = invitation(person=known)
    accept(client, url)
    known.refresh_from_db()
    assert get_user(client) == known.account


def test_nobody_gets_what_the_known_person_holds_elsewhere(cast, client):
    """An inviter who names somebody else's person doesn't open what that person holds."""
    leader()
    known = PersonFactory(key="nina-ny", name="Nina Ny")
    RoleFactory(person=known, organisation=Organisation.objects.get(key="foreningen"))
    mandate_of("nina-ny", "regionen")
    _row, url = invitation(person=known)
    accept(client, url)
    known.refresh_from_db()
    assert known.account is None
    assert Person.objects.get(account=get_user(client)) != known


def test_a_mandate_for_a_unit_opens_the_unit_alone(cast, client):
    leader()
    unit = UnitFactory(organisation=Organisation.objects.get(key="foreningen"))
    _row, url = invitation(unit=unit)
    accept(client, url)
    assert Mandate.objects.get(person=nina()).unit == unit
    assert client.get("/organisationer/foreningen/behorigheter/").status_code == 403


def test_more_than_one_has_is_given_and_less_is_not(cast, client):
    leader()
    _row, url = invitation(extent="read")
    accept(client, url)
    _row, url = invitation(extent="lead")
    client.post(f"{url}godkannande/")
    standing = Mandate.objects.filter(person=nina(), stopped_at=None)
    assert [it.extent for it in standing] == ["lead"]
    _row, url = invitation(extent="edit")
    client.post(f"{url}godkannande/")
    assert [it.extent for it in standing.all()] == ["lead"]


def test_a_mandate_from_a_later_day_waits_for_it(cast, client):
    leader()
    day = (timezone.localdate() + timedelta(days=20)).isoformat()
    _row, url = invitation(start=day)
    response = accept(client, url)
    assert client.get(response["Location"]).status_code == 200
    assert client.get("/organisationer/foreningen/behorigheter/").status_code == 403


def test_an_address_with_å_is_an_address(cast, client):
    leader()
    _row, url = invitation(email="åsa@öbo.se", name="Åsa")
    accept(client, url, "åsa@öbo.se")
    assert Person.objects.get(name="Åsa").account.email == "åsa@öbo.se"


def test_html_in_a_name_stays_text(cast, client):
    leader()
    row, url = invitation(name="<img src=x onerror=alert(1)>")
    mail = Message.objects.get(about=row.subject)
    assert "<img" not in mail.html
    accept(client, url)
    page = cast.member.get("/organisationer/foreningen/behorigheter/").content.decode()
    assert "<img src=x" not in page


def test_no_page_of_it_takes_another_method(invited, client):
    _row, url = invited
    assert client.post(url).status_code == 405
    assert client.get(f"{url}godkannande/").status_code == 405
    assert client.get(f"{url}avbojande/").status_code == 405
    assert client.delete(f"{url}kod/").status_code == 405
