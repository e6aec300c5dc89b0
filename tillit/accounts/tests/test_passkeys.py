"""Passkeys: adding one, signing in with it, removing it."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from tillit.accounts import actions
from tillit.accounts.factors import factors_of
from tillit.accounts.tests.conftest import (
    KARIN,
    ask_code,
    code_to,
    is_in,
    mails_to,
    sign_in,
    write_code,
)
from tillit.accounts.tests.soft_key import SoftKey, browser

pytestmark = pytest.mark.django_db


def add(client: Client, key: SoftKey, name: str = "min mobil"):
    credential = key.create(client.post("/konto/losennycklar/ny/fraga/").json())
    return client.post("/konto/losennycklar/ny/", {"name": name, "credential": credential})


def use(client: Client, key: SoftKey, address: str = "/logga-in/losennyckel/", **more: str):
    credential = key.get(client.post("/logga-in/losennyckel/fraga/").json())
    return client.post(address, {"credential": credential, **more})


@pytest.fixture
def at_home(karin):
    return sign_in(browser())


@pytest.fixture
def key(at_home):
    """Karin's."""
    made = SoftKey()
    assert add(at_home, made)["Location"] == "/konto/"
    return made


def test_one_is_added_and_told_of(at_home, key, karin):
    assert "min mobil" in at_home.get("/konto/").content.decode()
    assert "min mobil" in mails_to(KARIN)[-1].subject_line
    assert [str(it) for it in factors_of(karin).passkeys] == ["min mobil"]


def test_it_signs_in_alone(key):
    client = browser()
    assert use(client, key, next="/personer/")["Location"] == "/personer/"
    assert is_in(client)


def test_a_code_by_mail_still_gets_one_in(key):
    sign_in(browser())


def test_it_is_the_second_step_for_who_always_takes_two(at_home, key, karin):
    at_home.post("/konto/tva-steg/", {"on": "1"})
    client = browser()
    ask_code(client)
    assert write_code(client, code_to(KARIN))["Location"] == "/logga-in/andra-steget/"
    assert client.get("/logga-in/andra-steget/").status_code == 200
    assert use(client, key, "/logga-in/andra-steget/").status_code == 302
    assert is_in(client)


def test_it_confirms_before_a_change(key, karin):
    client = browser()
    client.force_login(karin)
    assert use(client, key, "/konto/bekraftelse/", way="passkey")["Location"] == "/konto/"
    assert client.get("/konto/losenord/").status_code == 200


def test_it_is_removed_and_no_longer_signs_in(at_home, key, karin):
    [row] = factors_of(karin).passkeys
    assert at_home.post(f"/konto/losennycklar/{row.pk}/borttagning/")["Location"] == "/konto/"
    assert use(browser(), key).status_code == 422
    assert "min mobil" in mails_to(KARIN)[-1].subject_line


def test_the_last_one_stays_with_who_always_takes_two_steps(at_home, key, karin):
    at_home.post("/konto/tva-steg/", {"on": "1"})
    use(at_home, key, "/konto/bekraftelse/", way="passkey")
    [row] = factors_of(karin).passkeys
    assert at_home.post(f"/konto/losennycklar/{row.pk}/borttagning/").status_code == 409


def test_another_s_is_not_there(key, karin):
    actions.account_for("omar@example.org")
    omar = sign_in(browser(), "omar@example.org")
    [row] = factors_of(karin).passkeys
    assert omar.post(f"/konto/losennycklar/{row.pk}/borttagning/").status_code == 404


def test_one_that_asked_for_no_finger_face_or_pin_is_not_added(at_home):
    key = SoftKey()
    key.verified = False
    assert add(at_home, key).status_code == 422
    assert not Authenticator.objects.exists()


def test_one_from_another_site_is_not_taken(key):
    key.origin = "https://tillit.example.com"
    client = browser()
    assert use(client, key).status_code == 422
    assert not is_in(client)


def test_a_stranger_s_is_not_taken(key):
    stranger = SoftKey()
    stranger.user = key.user
    assert use(browser(), stranger).status_code == 422


def test_an_answer_works_once(key):
    client = browser()
    credential = key.get(client.post("/logga-in/losennyckel/fraga/").json())
    client.post("/logga-in/losennyckel/", {"credential": credential})
    client.post("/logga-ut/")
    assert client.post("/logga-in/losennyckel/", {"credential": credential}).status_code == 422


def test_a_closed_account_does_not_open(key, karin):
    type(karin).objects.update(is_active=False)
    assert use(browser(), key).status_code == 403


def test_a_name_is_needed(at_home):
    assert add(at_home, SoftKey(), name="").status_code == 422


GARBAGE = [
    "",
    "x",
    "null",
    "[]",
    "{}",
    '{"response": 1}',
    '{"response": {}}',
    '{"response": {"userHandle": null}}',
    '{"response": {"userHandle": "!!"}}',
    '{"response": {"userHandle": "MQ", "clientDataJSON": "e30"}}',
    '{"id": 1, "rawId": [], "type": {}, "response": {"userHandle": "MQ"}}',
    '{"id": "MQ", "rawId": "MQ", "type": "public-key", "response": {"clientDataJSON": "e30", "authenticatorData": "MQ", "signature": "MQ", "userHandle": "MQ"}}',
    '{"id": "MQ", "rawId": "MQ", "type": "public-key", "response": {"clientDataJSON": "e30", "attestationObject": "MQ"}}',
    '{"id": "MQ", "rawId": "MQ", "type": "public-key", "response": {"clientDataJSON": "MQ", "attestationObject": "oA"}}',
    "[" * 100_000,
]


@pytest.mark.parametrize("garbage", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage_gets_words(at_home, garbage):
    client = browser()
    client.post("/logga-in/losennyckel/fraga/")
    assert client.post("/logga-in/losennyckel/", {"credential": garbage}).status_code == 422
    at_home.post("/konto/losennycklar/ny/fraga/")
    data = {"name": "x", "credential": garbage}
    assert at_home.post("/konto/losennycklar/ny/", data).status_code == 422


@pytest.mark.parametrize("part", ["clientDataJSON", "authenticatorData", "signature", "userHandle"])
def test_so_does_an_answer_with_a_part_broken(key, part):
    for broken in ("", "AAAA", 7, None):
        client = browser()
        credential = json.loads(key.get(client.post("/logga-in/losennyckel/fraga/").json()))
        credential["response"][part] = broken
        response = client.post("/logga-in/losennyckel/", {"credential": json.dumps(credential)})
        assert response.status_code == 422
        assert not is_in(client)
