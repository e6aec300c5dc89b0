"""Signing in with those who know us already, by OpenID Connect."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from tillit.accounts import actions
from tillit.accounts.factors import turn_on_app
from tillit.accounts.models import User
from tillit.accounts.tests.conftest import KARIN, is_in, mails_to
from tillit.accounts.tests.fake_provider import CLIENT, SECRET, provider

pytestmark = pytest.mark.django_db


@pytest.fixture
def freja(settings):
    with provider() as it:
        app = {
            "provider_id": "freja",
            "name": "Freja",
            "client_id": CLIENT,
            "secret": SECRET,
            "settings": {
                "server_url": it.url,
                "scope": ["openid", "email"],
                "uid_field": "sub",
                "email_authentication": True,
                "verified_email": False,
            },
        }
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}
        }
        it.claims = {"sub": "abc", "email": KARIN, "email_verified": True, "name": "Karin K"}
        it.app = app
        yield it


def go(client: Client, **more: str):
    """To the provider and back; where one comes to."""
    there = client.post("/logga-in/med/freja/", more)
    assert there.status_code == 200
    url = re.search(r'content="0; url=([^"]+)"', there.content.decode())[1].replace("&amp;", "&")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    assert asked["redirect_uri"] == "http://testserver/logga-in/med/freja/svar/"
    return client.get("/logga-in/med/freja/svar/", {"code": "c", "state": asked["state"]})


def test_the_button_is_on_the_sign_in_page(client, freja):
    assert 'action="/logga-in/med/freja/"' in client.get("/logga-in/").content.decode()


def test_an_account_is_found_by_the_address_that_the_provider_has_verified(client, freja, karin):
    assert go(client, next="/personer/")["Location"] == "/personer/"
    assert is_in(client)
    [asked] = freja.asked
    assert asked["code_verifier"]  # PKCE


@pytest.mark.parametrize(
    "said",
    [
        {"email_verified": False},
        {"email_verified": "false"},
        {"email": "omar@example.org"},
        {"email": None},
        {"email": 7},
    ],
)
def test_an_address_that_it_has_not_verified_or_that_nobody_has_opens_nothing(
    client, freja, karin, said
):
    freja.claims |= said
    response = go(client)
    assert response.status_code in {403, 502}
    assert not is_in(client)
    assert User.objects.count() == 1


def test_unless_the_installation_trusts_it_with_addresses(client, freja, karin):
    del freja.claims["email_verified"]
    freja.app["settings"]["verified_email"] = True
    go(client)
    assert is_in(client)


def test_nobody_gets_an_account_by_it(client, freja):
    assert go(client).status_code == 403
    assert not User.objects.exists()
    assert not SocialAccount.objects.exists()


def test_the_address_of_a_function_opens_nothing(client, freja, functions, karin):
    functions["ordforande@example.org"] = karin
    freja.claims["email"] = "ordforande@example.org"
    assert go(client).status_code == 403


def test_it_is_linked_and_then_signs_in_whatever_the_address(signed_in, freja, karin):
    freja.claims |= {"email": "karin@privat.example", "email_verified": False}
    assert go(signed_in, process="connect")["Location"] == "/konto/"
    row = SocialAccount.objects.get()
    assert (row.user, row.uid, row.extra_data) == (karin, "abc", {})
    assert "Freja" in mails_to(KARIN)[-1].subject_line
    other = Client()
    go(other)
    assert is_in(other)
    assert SocialAccount.objects.get().extra_data == {}


def test_the_link_can_be_removed(signed_in, freja):
    go(signed_in, process="connect")
    row = SocialAccount.objects.get()
    freja.claims["email"] = "karin@privat.example"
    assert signed_in.post(f"/konto/kopplingar/{row.pk}/borttagning/")["Location"] == "/konto/"
    assert go(Client()).status_code == 403


def test_another_s_link_is_not_there(signed_in, freja):
    omar = actions.account_for("omar@example.org")
    row = SocialAccount.objects.create(user=omar, provider="freja", uid="xyz")
    assert signed_in.post(f"/konto/kopplingar/{row.pk}/borttagning/").status_code == 404


def test_one_that_is_linked_to_another_account_is_not_linked_twice(signed_in, freja):
    SocialAccount.objects.create(
        user=actions.account_for("omar@example.org"), provider="freja", uid="abc"
    )
    assert go(signed_in, process="connect")["Location"] == "/konto/"
    assert 'class="flash"' in signed_in.get("/konto/").content.decode()
    assert SocialAccount.objects.get().user.email == "omar@example.org"


@pytest.mark.parametrize(
    ("query", "typed"), [("", {"process": "connect"}), ("?process=connect", {})]
)
def test_linking_needs_a_confirmation_when_it_was_long_ago(stale, freja, query, typed):
    response = stale.post(f"/logga-in/med/freja/{query}", typed)
    assert response["Location"].startswith("/konto/bekraftelse/")


def test_nobody_links_without_having_signed_in(client, freja, karin):
    response = client.post("/logga-in/med/freja/", {"process": "connect"})
    assert response.status_code == 302
    assert not SocialAccount.objects.exists()


def test_who_always_takes_two_steps_takes_the_second_here_too(client, freja, karin):
    turn_on_app(karin, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    User.objects.update(second_step=True)
    assert go(client)["Location"] == "/logga-in/andra-steget/"
    assert not is_in(client)


@pytest.mark.parametrize("part", ["configuration", "token", "userinfo"])
def test_a_provider_that_answers_nonsense_gets_words(client, freja, karin, part):
    if part == "configuration":
        freja.broken = part
        assert client.post("/logga-in/med/freja/").status_code == 502
        return
    freja.broken = part
    assert go(client).status_code == 502
    assert not is_in(client)


def test_so_does_one_that_is_not_there(client, freja):
    freja.app["settings"]["server_url"] = "http://127.0.0.1:9"
    assert client.post("/logga-in/med/freja/").status_code == 502


def test_a_token_for_somebody_else_is_not_taken(client, freja, karin):
    freja.claims["aud"] = "another"
    assert go(client).status_code == 502


@pytest.mark.parametrize(
    "query", [{}, {"code": "c"}, {"code": "c", "state": "x"}, {"error": "access_denied"}]
)
def test_an_answer_that_was_not_asked_for_gets_words(client, freja, karin, query):
    assert client.get("/logga-in/med/freja/svar/", query).status_code == 400


def test_who_breaks_it_off_there_comes_back_to_words(client, freja):
    there = client.post("/logga-in/med/freja/").content.decode()
    state = re.search(r"state=(\w+)", there)[1]
    response = client.get("/logga-in/med/freja/svar/", {"error": "access_denied", "state": state})
    assert response.status_code == 400


def test_an_unknown_provider_is_not_there(client, freja):
    assert client.post("/logga-in/med/google/").status_code == 404
    assert client.get("/logga-in/med/google/svar/").status_code == 404


def test_looking_begins_nothing(client, freja):
    assert client.get("/logga-in/med/freja/").status_code == 405


def test_the_language_of_the_page_lasts(client, freja):
    there = client.post("/en/logga-in/med/freja/").content.decode()
    state = re.search(r"state=(\w+)", there)[1]
    response = client.get("/logga-in/med/freja/svar/", {"code": "c", "state": state})
    assert '<html lang="en">' in response.content.decode()
