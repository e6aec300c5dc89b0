"""Password, app and reserve codes: the two steps."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client

from tillit.accounts import actions
from tillit.accounts.factors import factors_of, new_reserve_codes, turn_on_app
from tillit.accounts.tests.conftest import KARIN, ask_code, code_to, is_in, mails_to, write_code

pytestmark = pytest.mark.django_db
PASSWORD = "tre blå hästar i regn"


def app_code(secret: str, later: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


@pytest.fixture
def with_password(karin):
    karin.set_password(PASSWORD)
    karin.save()
    return karin


@pytest.fixture
def secret(with_password):
    """What Karin's app has."""
    made = generate_totp_secret()
    turn_on_app(with_password, made)
    return made


def by_password(client, password=PASSWORD, **more):
    return client.post("/logga-in/losenord/", {"email": KARIN, "password": password, **more})


def test_a_password_and_the_app_get_one_in(client, secret):
    assert by_password(client, next="/personer/")["Location"] == "/logga-in/andra-steget/"
    assert not is_in(client)
    assert client.get("/logga-in/andra-steget/").status_code == 200
    response = client.post("/logga-in/andra-steget/", {"code": app_code(secret)})
    assert response["Location"] == "/personer/"
    assert is_in(client)


def test_a_password_alone_is_not_enough_without_an_app_either(client, with_password):
    assert by_password(client)["Location"] == "/logga-in/kod/"
    assert not is_in(client)
    assert write_code(client, "000000").status_code == 422
    assert write_code(client, code_to(KARIN)).status_code == 302
    assert is_in(client)


def test_the_code_after_a_password_can_be_sent_anew(client, with_password):
    by_password(client)
    client.post("/logga-in/kod/", {"again": "1"})
    assert len(mails_to(KARIN)) == 2
    write_code(client, code_to(KARIN))
    assert is_in(client)


def test_a_code_that_was_asked_for_without_the_password_is_no_second_step(client, with_password):
    ask_code(client)
    first = code_to(KARIN)
    by_password(client)
    assert write_code(client, first).status_code == (302 if first == code_to(KARIN) else 422)


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(with_password):
    known = by_password(Client(), "fel lösenord")
    unknown = Client().post(
        "/logga-in/losenord/", {"email": "nobody@example.org", "password": "fel lösenord"}
    )
    assert known.status_code == unknown.status_code == 422
    assert known.context["form"].errors == unknown.context["form"].errors


def test_passwords_can_be_guessed_five_times(client, secret):
    for _time in range(5):
        by_password(client, "fel")
    assert by_password(client).status_code == 422
    assert by_password(Client(REMOTE_ADDR="192.0.2.1")).status_code == 422


def test_an_app_code_works_once(secret):
    first, second = Client(), Client()
    code = app_code(secret)
    for client in (first, second):
        by_password(client)
        client.post("/logga-in/andra-steget/", {"code": code})
    assert is_in(first)
    assert not is_in(second)


@pytest.mark.parametrize("later", [-1, 1])
def test_a_clock_that_is_half_a_minute_off_is_forgiven(client, secret, later):
    by_password(client)
    client.post("/logga-in/andra-steget/", {"code": app_code(secret, later)})
    assert is_in(client)


@pytest.mark.parametrize("typed", ["", "abc", "000000", "٣٣٣٣٣٣", "1" * 5000])
def test_a_wrong_app_code_gets_words(client, secret, typed):
    by_password(client)
    response = client.post("/logga-in/andra-steget/", {"code": typed})
    assert response.status_code == 422
    assert response.context["form"].errors["code"]
    assert not is_in(client)


def test_a_reserve_code_works_once(secret, with_password):
    [code, *_others] = new_reserve_codes(with_password)
    first, second = Client(), Client()
    for client in (first, second):
        by_password(client)
        client.post("/logga-in/andra-steget/", {"code": code})
    assert is_in(first)
    assert not is_in(second)
    assert factors_of(with_password).reserve_left == 9


def test_a_code_by_mail_is_enough_as_long_as_two_steps_are_not_chosen(client, secret):
    ask_code(client)
    write_code(client, code_to(KARIN))
    assert is_in(client)


def test_who_chose_two_steps_is_asked_for_the_second_after_a_code_by_mail(
    client, secret, with_password
):
    type(with_password).objects.update(second_step=True)
    ask_code(client)
    assert write_code(client, code_to(KARIN))["Location"] == "/logga-in/andra-steget/"
    assert not is_in(client)
    client.post("/logga-in/andra-steget/", {"code": app_code(secret)})
    assert is_in(client)


def test_the_second_step_without_the_first_leads_to_the_beginning(client, secret):
    assert client.get("/logga-in/andra-steget/")["Location"] == "/logga-in/"
    assert (
        client.post("/logga-in/andra-steget/", {"code": app_code(secret)})["Location"]
        == "/logga-in/"
    )
    assert not is_in(client)


def test_a_closed_account_is_told_so_once_it_is_certain_who_it_is(client, with_password):
    type(with_password).objects.update(is_active=False)
    assert by_password(client).status_code == 403
    ask_code(client)
    assert len(mails_to(KARIN)) == 1
    with pytest.raises(StopIteration):
        code_to(KARIN)


def test_secrets_are_not_kept_as_they_are(secret):
    [kept] = Authenticator.objects.filter(type="totp").values_list("data", flat=True)
    assert secret not in str(kept)


def test_an_app_whose_secret_can_no_longer_be_read_lets_nobody_in(client, secret, settings):
    settings.SECRET_KEY = "another"
    by_password(client)
    assert client.post("/logga-in/andra-steget/", {"code": app_code(secret)}).status_code == 422


def test_a_new_secret_key_takes_the_earlier_into_account(client, secret, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    by_password(client)
    client.post("/logga-in/andra-steget/", {"code": app_code(secret)})
    assert is_in(client)


def test_an_administrator_can_reset_what_is_lost(client, secret, with_password):
    type(with_password).objects.update(second_step=True)
    browser = Client()
    browser.force_login(with_password)
    with_password.refresh_from_db()
    actions.reset_second_factor(with_password)
    assert not is_in(browser)
    assert mails_to(KARIN)
    ask_code(client)
    write_code(client, code_to(KARIN))
    assert is_in(client)
    assert not factors_of(with_password).any
