"""One's own sign-in settings."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client

from tillit.accounts import actions
from tillit.accounts.factors import factors_of, turn_on_app
from tillit.accounts.models import User
from tillit.accounts.tests.conftest import KARIN, code_to, is_in, mails_to, sign_in
from tillit.accounts.tests.test_steps import PASSWORD, app_code

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PAGES = [
    "/konto/adresser/ny/",
    "/konto/losenord/",
    "/konto/kodapp/",
    "/konto/losennycklar/ny/",
]
DEEDS = [
    "/konto/losenord/borttagning/",
    "/konto/kodapp/borttagning/",
    "/konto/tva-steg/",
    "/konto/adresser/1/huvudadress/",
    "/konto/adresser/1/borttagning/",
    "/konto/losennycklar/1/borttagning/",
    "/konto/losennycklar/ny/fraga/",
    "/konto/kopplingar/1/borttagning/",
]


def row(address: str) -> EmailAddress:
    return EmailAddress.objects.get(email=address)


def test_the_page_shows_how_one_signs_in(signed_in, most_queries):
    with most_queries():
        page = signed_in.get("/konto/").content.decode()
    assert KARIN in page


@pytest.mark.parametrize("address", ["/konto/", *PAGES])
def test_who_has_not_signed_in_is_led_to_do_so(client, address):
    assert client.get(address)["Location"] == f"/logga-in/?next={address}"


@pytest.mark.parametrize("address", [*PAGES, *DEEDS, "/konto/sprak/", "/konto/utloggning/"])
def test_nor_can_they_change_anything(client, address):
    assert client.post(address).status_code == 403


@pytest.mark.parametrize("address", [*DEEDS, "/konto/sprak/", "/konto/utloggning/"])
def test_looking_changes_nothing(signed_in, address):
    assert signed_in.get(address).status_code == 405


@pytest.mark.parametrize("address", [*PAGES, *DEEDS, "/konto/reservkoder/"])
def test_what_is_changed_needs_a_confirmation_when_it_was_long_ago(stale, address):
    assert stale.post(address, {"email": "x@example.org"})["Location"].startswith(
        "/konto/bekraftelse/"
    )


@pytest.mark.parametrize("address", PAGES)
def test_it_works_right_after_signing_in(signed_in, address, most_queries):
    with most_queries():
        assert signed_in.get(address).status_code == 200


class TestConfirming:
    def test_by_a_code_to_the_own_address(self, stale):
        location = stale.get("/konto/losenord/")["Location"]
        assert location == "/konto/bekraftelse/?next=%2Fkonto%2Flosenord%2F"
        assert stale.get(location).status_code == 200
        stale.post(location, {"way": "mail"})
        wrong = stale.post(location, {"way": "code", "code": "1"})
        assert wrong.status_code == 422
        done = stale.post(location, {"way": "code", "code": code_to(KARIN)})
        assert done["Location"] == "/konto/losenord/"
        assert stale.get("/konto/losenord/").status_code == 200

    def test_by_password(self, karin, client):
        karin.set_password(PASSWORD)
        karin.save()
        client.force_login(karin)
        assert (
            client.post("/konto/bekraftelse/", {"way": "password", "password": "fel"}).status_code
            == 422
        )
        assert (
            client.post(
                "/konto/bekraftelse/", {"way": "password", "password": PASSWORD}
            ).status_code
            == 302
        )
        assert client.get("/konto/kodapp/").status_code == 200

    def test_by_app(self, karin, client):
        turn_on_app(karin, SECRET)
        client.force_login(karin)
        assert client.post("/konto/bekraftelse/", {"way": "app", "code": "1"}).status_code == 422
        assert (
            client.post("/konto/bekraftelse/", {"way": "app", "code": app_code(SECRET)}).status_code
            == 302
        )

    def test_only_by_the_second_step_for_who_always_takes_two(self, karin, client):
        karin.set_password(PASSWORD)
        karin.second_step = True
        karin.save()
        turn_on_app(karin, SECRET)
        client.force_login(karin)
        client.post("/konto/bekraftelse/", {"way": "mail"})
        assert not mails_to(KARIN)
        client.post("/konto/bekraftelse/", {"way": "password", "password": PASSWORD})
        assert client.get("/konto/losenord/").status_code == 302
        client.post("/konto/bekraftelse/", {"way": "app", "code": app_code(SECRET)})
        assert client.get("/konto/losenord/").status_code == 200

    def test_an_unknown_way_changes_nothing(self, stale):
        assert stale.post("/konto/bekraftelse/", {"way": "magic"}).status_code == 200

    def test_it_leads_nowhere_else(self, signed_in):
        assert (
            signed_in.get("/konto/bekraftelse/?next=https://example.com")["Location"] == "/konto/"
        )


class TestAddresses:
    NEW = "karin.öberg@förening.example"

    def add(self, client: Client, address: str = NEW) -> None:
        assert (
            client.post("/konto/adresser/ny/", {"email": address})["Location"]
            == "/konto/adresser/bekraftelse/"
        )
        assert client.get("/konto/adresser/bekraftelse/").status_code == 200

    def test_a_new_one_is_added_by_a_code_that_goes_there(self, signed_in, karin):
        self.add(signed_in, self.NEW.upper())
        assert not EmailAddress.objects.filter(email=self.NEW).exists()
        assert signed_in.post("/konto/adresser/bekraftelse/", {"code": "1"}).status_code == 422
        assert (
            signed_in.post("/konto/adresser/bekraftelse/", {"code": code_to(self.NEW)})["Location"]
            == "/konto/"
        )
        assert row(self.NEW).verified
        assert not row(self.NEW).primary
        sign_in(Client(), self.NEW)
        assert self.NEW in mails_to(KARIN)[-1].subject_line

    @pytest.mark.parametrize(
        "wrong",
        [
            "",
            "karin",
            "a@b",
            "a b@example.org",
            "a@example.org, b@example.org",
            "x" * 300 + "@example.org",
        ],
    )
    def test_what_is_no_address_gets_words(self, signed_in, wrong):
        response = signed_in.post("/konto/adresser/ny/", {"email": wrong})
        assert response.status_code == 422
        assert response.context["form"].errors["email"]

    def test_that_it_belongs_to_somebody_else_is_told_there_alone(self, signed_in):
        actions.account_for("omar@example.org")
        self.add(signed_in, "omar@example.org")
        [mail] = mails_to("omar@example.org")
        with pytest.raises(StopIteration):
            code_to("omar@example.org")
        assert signed_in.post("/konto/adresser/bekraftelse/", {"code": "000000"}).status_code == 422
        assert mail.secret

    def test_one_that_became_another_account_s_meanwhile_is_refused(self, signed_in):
        self.add(signed_in)
        actions.account_for(self.NEW)
        assert (
            signed_in.post("/konto/adresser/bekraftelse/", {"code": code_to(self.NEW)}).status_code
            == 409
        )

    def test_nor_is_one_s_own_added_twice(self, signed_in):
        assert signed_in.post("/konto/adresser/ny/", {"email": KARIN}).status_code == 422

    def test_ten_are_enough(self, signed_in, karin):
        for number in range(9):
            actions.own(karin, f"k{number}@example.org")
        assert signed_in.post("/konto/adresser/ny/", {"email": self.NEW}).status_code == 422

    def test_the_code_page_without_a_code_leads_back(self, signed_in):
        assert signed_in.get("/konto/adresser/bekraftelse/")["Location"] == "/konto/adresser/ny/"

    def test_another_can_be_made_the_main_one(self, signed_in, karin):
        actions.own(karin, self.NEW)
        signed_in.post(f"/konto/adresser/{row(self.NEW).pk}/huvudadress/")
        karin.refresh_from_db()
        assert karin.email == self.NEW
        assert not row(KARIN).primary
        assert mails_to(KARIN)[-1].subject_line == mails_to(self.NEW)[-1].subject_line

    def test_one_can_be_removed_and_no_longer_signs_in(self, signed_in, karin):
        actions.own(karin, self.NEW)
        signed_in.post(f"/konto/adresser/{row(KARIN).pk}/borttagning/")
        karin.refresh_from_db()
        assert karin.email == self.NEW
        assert row(self.NEW).primary
        assert not EmailAddress.objects.filter(email=KARIN).exists()
        assert mails_to(KARIN)[-1].kind == "sign_in"

    def test_the_last_one_stays(self, signed_in):
        assert signed_in.post(f"/konto/adresser/{row(KARIN).pk}/borttagning/").status_code == 409
        assert row(KARIN)

    def test_another_s_is_not_there(self, signed_in):
        actions.account_for("omar@example.org")
        for deed in ("huvudadress", "borttagning"):
            assert (
                signed_in.post(f"/konto/adresser/{row('omar@example.org').pk}/{deed}/").status_code
                == 404
            )


class TestPassword:
    def test_it_is_chosen_and_ends_other_sessions(self, signed_in, karin):
        other = sign_in(Client())
        assert signed_in.post("/konto/losenord/", {"password": PASSWORD}).status_code == 302
        assert is_in(signed_in)
        assert not is_in(other)
        karin.refresh_from_db()
        assert karin.check_password(PASSWORD)
        assert mails_to(KARIN)[-1].kind == "sign_in"

    @pytest.mark.parametrize(
        "wrong", ["", "kort", "abcdefghijk", "password1234", "karin@example.org"]
    )
    def test_a_weak_one_gets_words(self, signed_in, wrong):
        response = signed_in.post("/konto/losenord/", {"password": wrong})
        assert response.status_code == 422
        assert response.context["form"].errors["password"]

    def test_it_is_removed(self, signed_in, karin):
        signed_in.post("/konto/losenord/", {"password": PASSWORD})
        signed_in.post("/konto/losenord/borttagning/")
        karin.refresh_from_db()
        assert not karin.has_usable_password()
        assert is_in(signed_in)


class TestApp:
    def turn_on(self, client: Client) -> str:
        client.get("/konto/kodapp/")
        secret: str = client.session["mfa.totp.secret"]
        assert (
            client.post("/konto/kodapp/", {"code": app_code(secret)})["Location"]
            == "/konto/reservkoder/"
        )
        return secret

    def test_it_is_turned_on_by_a_code_from_it(self, signed_in, karin):
        page = signed_in.get("/konto/kodapp/").content.decode()
        secret = signed_in.session["mfa.totp.secret"]
        assert " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)) in page
        assert "data:image/svg+xml;base64," in page
        wrong = signed_in.post("/konto/kodapp/", {"code": "000000"})
        assert wrong.status_code == 422
        assert (
            signed_in.session["mfa.totp.secret"] == secret
        )  # the picture is still the one scanned
        self.turn_on(signed_in)
        assert factors_of(karin).app
        assert mails_to(KARIN)[-1].kind == "sign_in"

    def test_it_is_turned_off_and_the_reserve_codes_go_with_it(self, signed_in, karin):
        self.turn_on(signed_in)
        assert signed_in.get("/konto/kodapp/")["Location"] == "/konto/"
        signed_in.post("/konto/kodapp/borttagning/")
        assert not Authenticator.objects.filter(user=karin).exists()

    def test_not_by_who_always_takes_two_steps(self, signed_in, karin):
        self.turn_on(signed_in)
        signed_in.post("/konto/tva-steg/", {"on": "1"})
        signed_in.post(
            "/konto/bekraftelse/",
            {"way": "app", "code": factors_of(karin).reserve.wrap().get_unused_codes()[0]},
        )
        assert signed_in.post("/konto/kodapp/borttagning/").status_code == 409
        assert factors_of(karin).app
        signed_in.post("/konto/tva-steg/", {"on": "0"})
        signed_in.post("/konto/kodapp/borttagning/")
        assert not factors_of(karin).app

    def test_reserve_codes_show_when_the_button_is_pressed(self, signed_in, karin):
        self.turn_on(signed_in)
        codes = factors_of(karin).reserve.wrap().get_unused_codes()
        page = signed_in.get("/konto/reservkoder/")
        assert codes[0] not in page.content.decode()
        shown = signed_in.post("/konto/reservkoder/", {"show": "1"})
        assert all(code in shown.content.decode() for code in codes)
        assert shown["Cache-Control"] == "no-store"

    def test_new_reserve_codes_replace_the_earlier(self, signed_in, karin):
        self.turn_on(signed_in)
        earlier = factors_of(karin).reserve.wrap().get_unused_codes()
        shown = signed_in.post("/konto/reservkoder/", {"new": "1"}).content.decode()
        assert not [code for code in earlier if code in shown]
        assert len(factors_of(karin).reserve.wrap().get_unused_codes()) == 10

    def test_there_are_none_without_an_app_or_a_passkey(self, signed_in):
        assert signed_in.get("/konto/reservkoder/").status_code == 409

    def test_two_steps_need_something_to_take_the_second_with(self, signed_in, karin):
        assert signed_in.post("/konto/tva-steg/", {"on": "1"}).status_code == 409
        karin.refresh_from_db()
        assert not karin.second_step


class TestSessions:
    def test_signing_out_everywhere_ends_all_but_this_one(self, signed_in):
        other = sign_in(Client())
        signed_in.post("/konto/utloggning/")
        assert is_in(signed_in)
        assert not is_in(other)

    def test_signing_out_ends_the_session(self, signed_in):
        key = signed_in.session.session_key
        assert signed_in.get("/logga-ut/").status_code == 405
        assert is_in(signed_in)
        signed_in.post("/logga-ut/")
        assert not is_in(signed_in)
        again = Client()
        again.cookies["sessionid"] = key
        assert not is_in(again)

    def test_the_session_s_key_is_new_after_signing_in(self, client, karin):
        client.post("/logga-in/", {"email": KARIN})
        before = client.session.session_key
        client.post("/logga-in/kod/", {"code": code_to(KARIN)})
        assert client.session.session_key != before

    def test_its_cookie_is_the_only_one_and_lasts_fourteen_days(self, signed_in, settings):
        [name] = signed_in.cookies
        cookie = signed_in.cookies[name]
        assert (name, cookie["max-age"], cookie["samesite"]) == ("sessionid", 14 * 86400, "Lax")
        assert cookie["httponly"]

    def test_the_language_of_mails_is_one_of_ours(self, signed_in, karin):
        signed_in.post("/konto/sprak/", {"language": "en"})
        karin.refresh_from_db()
        assert karin.language == "en"
        assert signed_in.post("/konto/sprak/", {"language": "tlh"}).status_code == 400


def test_in_a_demo_nothing_can_be_changed(signed_in, in_demo):
    assert signed_in.get("/konto/").status_code == 200
    assert signed_in.post("/konto/losenord/", {"password": PASSWORD}).status_code == 403
    assert not User.objects.get(email=KARIN).has_usable_password()
