"""Where mail is not set up yet an invitation is a link that is given by hand, and is enough."""

import html
import re

import pytest
from django.contrib.auth import get_user
from django.test import Client
from django.utils import timezone

from tillit.accounts.actions import account_for, own
from tillit.accounts.models import User
from tillit.accounts.owners import found_by, own_addresses
from tillit.kit.changes import Actor
from tillit.post.models import Message
from tillit.register.actions.inviting import send_again, withdraw
from tillit.register.models import Invitation, Mandate, Person, Secretariat
from tillit.register.tests.acting import accept, code_to, invitation, leader

pytestmark = pytest.mark.django_db
PATH = "/organisationer/foreningen/behorigheter/inbjudan/"


@pytest.fixture(autouse=True)
def no_mail(mail_is_set, settings) -> None:
    settings.TILLIT_MAIL, settings.TILLIT_MAIL_FROM = None, ""


def invite(client: Client, email: str = "nina@example.org", **more: str) -> str:
    """The link as the page tells it, without the host."""
    said = {"email": email, "name": "Nina Ny", "extent": "edit", "language": "sv", **more}
    response = client.post(PATH, {**said, "send": "1", "person": ""}, follow=True)
    found = re.search(
        r"http://[^/]+(/inbjudan/[^\s<\"]+)", html.unescape(response.content.decode())
    )
    assert found
    return found[1]


@pytest.fixture
def link(cast) -> str:
    leader()
    return invite(cast.member)


def test_the_link_is_told_once_to_who_invited(cast, link):
    assert link not in cast.member.get("/organisationer/foreningen/behorigheter/").content.decode()


def test_whoever_has_the_link_is_in_without_a_code(link, client):
    assert client.get(link).status_code == 200
    assert not Invitation.objects.get().is_answered
    response = client.post(f"{link}godkannande/")
    assert response.url.startswith("/uppdrag/")
    assert client.get(response.url).status_code == 200
    assert Mandate.objects.get(person__name="Nina Ny").extent == "edit"


def test_it_works_once(link, client):
    client.post(f"{link}godkannande/")
    assert Client().post(f"{link}godkannande/").status_code == 410


def test_it_never_leads_into_an_account_that_is_there_already(link, client):
    account_for("nina@example.org")
    response = client.post(f"{link}godkannande/")
    assert response.url.endswith("/kod/")
    assert not Person.objects.filter(name="Nina Ny").exists()
    assert client.get("/skrivbord/").status_code == 302


def test_somebody_who_has_signed_in_as_another_gets_no_address_by_it(link, cast):
    response = cast.outsider.post(f"{link}godkannande/")
    assert response.url.endswith("/kod/")
    assert not User.objects.filter(email="nina@example.org").exists()


def test_the_address_of_a_function_is_confirmed_by_mail_all_the_same(cast, client):
    leader()
    link = invite(cast.member, "ordforande@example.org", is_function="on", kind="chair")
    assert client.post(f"{link}godkannande/").url.endswith("/kod/")


def test_once_mail_is_set_up_a_code_is_asked_for(link, client, settings):
    settings.TILLIT_MAIL = {"host": "mail.example.org", "port": 587, "security": "starttls"}
    settings.TILLIT_MAIL_FROM = "kansli@example.org"
    assert client.post(f"{link}godkannande/").url.endswith("/kod/")


def test_sent_again_there_is_another_link_and_the_first_opens_nothing(cast, link, client):
    row = Invitation.objects.get()
    response = cast.member.post(f"/inbjudningar/{row.key}/omsandning/", follow=True)
    assert "/inbjudan/" in response.content.decode()
    assert link not in response.content.decode()
    assert client.get(link).status_code == 404


def test_the_mail_with_a_link_that_has_ended_waits_for_nothing(cast, link):
    first = Message.objects.get(kind="invitation")
    it = Invitation.objects.get()
    assert first.good_until == it.expires_at
    send_again(it, Actor("person:karin", ""), timezone.now())
    second = Message.objects.waiting().get(kind="invitation")
    first.refresh_from_db()
    assert (first.state, first.text) == ("held", "")
    withdraw(it, Actor("person:karin", ""), timezone.now())
    second.refresh_from_db()
    assert (second.state, second.text) == ("held", "")


def test_who_gets_in_by_mail_alone_is_told_of_another_way(link, client):
    client.post(f"{link}godkannande/")
    assert b'href="/konto/"' in client.get("/skrivbord/").content.partition(b"<main")[2]


class TestWhoseAddressItIs:
    """The link shows that it was given, and not who reads the address."""

    @pytest.fixture
    def got_in(self, link, client):
        """Whoever had the link has a password, and is signed in."""
        client.post(f"{link}godkannande/")
        user = User.objects.get(email="nina@example.org")
        user.set_password("hemligt-och-langt-1")
        user.save()
        client.force_login(user)
        return client, user

    @pytest.fixture
    def set_up(self, settings):
        settings.TILLIT_MAIL = {"host": "mail.example.org", "port": 587, "security": "starttls"}
        settings.TILLIT_MAIL_FROM = "kansli@example.org"

    def test_the_account_does_not_own_it(self, got_in):
        assert own_addresses(got_in[1]) == []
        assert found_by("nina@example.org") is None

    def test_who_reads_it_gets_the_account_and_others_are_out(self, got_in, set_up):
        browser, user = got_in
        hers = Client()
        hers.post("/logga-in/", {"email": "nina@example.org"})
        hers.post("/logga-in/kod/", {"code": code_to("nina@example.org")})
        assert get_user(hers) == user
        assert own_addresses(user) == ["nina@example.org"]
        user.refresh_from_db()
        assert not user.has_usable_password()
        assert browser.get("/skrivbord/").status_code == 302

    def test_so_it_is_by_an_invitation_of_another(self, cast, got_in, set_up):
        browser, user = got_in
        _row, url = invitation(
            "omar",
            "regionen",
            extent="secretariat",
            secretariat=Secretariat.objects.get(side="public"),
        )
        accept(Client(), url)
        user.refresh_from_db()
        assert not user.has_usable_password()
        assert not get_user(browser).is_authenticated

    def test_who_adds_it_to_an_account_of_one_s_own_has_it(self, got_in):
        ulf = User.objects.get(email="ulf@example.org")
        own(ulf, "nina@example.org")
        assert found_by("nina@example.org") == ulf
        assert User.objects.get(pk=got_in[1].pk).email is None

    def test_a_second_link_by_hand_leads_nowhere_else(self, cast, got_in):
        again = invite(cast.member, extent="read")
        response = Client().post(f"{again}godkannande/")
        assert response.url.endswith("/kod/")
