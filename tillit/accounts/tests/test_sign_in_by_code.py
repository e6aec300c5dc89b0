"""Signing in by a code that comes by e-mail."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.test import Client

from tillit.accounts.codes import LASTS
from tillit.accounts.tests.conftest import (
    KARIN,
    ask_code,
    code_to,
    is_in,
    mails_to,
    sign_in,
    write_code,
)

pytestmark = pytest.mark.django_db


def test_a_code_from_the_mail_gets_one_in(client, karin):
    assert ask_code(client)["Location"] == "/logga-in/kod/"
    assert KARIN in client.get("/logga-in/kod/").content.decode()
    assert not is_in(client)
    assert write_code(client, code_to(KARIN))["Location"] == resolve_url(
        settings.LOGIN_REDIRECT_URL
    )
    assert is_in(client)


def test_the_mail_with_a_code_waits_no_longer_than_the_code_works(client, karin):
    ask_code(client)
    [mail] = mails_to(KARIN)
    assert mail.secret
    assert mail.good_until - mail.written_at == pytest.approx(
        timedelta(seconds=LASTS), abs=timedelta(seconds=5)
    )


def test_one_comes_to_the_page_that_one_asked_for(client, karin):
    ask_code(client, next="/organisationer/?q=å")
    assert write_code(client, code_to(KARIN))["Location"] == "/organisationer/?q=%C3%A5"


@pytest.mark.parametrize(
    "elsewhere", ["https://example.com/", "//example.com", "javascript:alert(1)", "/\\example.com"]
)
def test_one_is_never_led_elsewhere(client, karin, elsewhere):
    ask_code(client, next=elsewhere)
    assert write_code(client, code_to(KARIN))["Location"] == resolve_url(
        settings.LOGIN_REDIRECT_URL
    )


@pytest.mark.parametrize("written", ["KARIN@Example.ORG", "  karin@example.org "])
def test_capitals_and_spaces_are_no_hindrance(client, karin, written):
    ask_code(client, written)
    assert write_code(client, code_to(KARIN)).status_code == 302
    assert is_in(client)


@pytest.mark.parametrize("form", ["{0}{1}", "{0} {1}", " {0}-{1} ", "\u00a0{0}\u2009{1}"])
def test_the_code_may_be_written_with_or_without_its_space(client, karin, form):
    ask_code(client)
    assert write_code(client, form.format(*code_to(KARIN).split())).status_code == 302


def test_a_code_works_once(client, karin):
    sign_in(client)
    code = code_to(KARIN)
    client.post("/logga-ut/")
    ask_code(client)
    if code != code_to(KARIN):
        assert write_code(client, code).status_code == 422


def test_a_code_works_in_the_browser_where_it_was_asked_for_only(client, karin):
    ask_code(client)
    other = Client()
    response = write_code(other, code_to(KARIN))
    assert response["Location"] == "/logga-in/"
    assert not is_in(other)


def test_the_mail_has_a_code_and_no_link_to_sign_in_by(client, karin):
    ask_code(client)
    [mail] = mails_to(KARIN)
    assert code_to(KARIN) not in mail.subject_line  # which is kept when the text has been erased
    assert mail.secret
    assert mail.urgent
    assert "http" not in mail.text


def test_the_mail_is_in_the_language_of_the_page(client, karin):
    client.post("/en/logga-in/", {"email": KARIN})
    [mail] = mails_to(KARIN)
    assert mail.language == "en"
    assert mail.subject_line == "Your code"


def test_known_and_unknown_addresses_are_answered_alike(karin):
    known, unknown = Client(), Client()
    pages = []
    for client, address in ((known, KARIN), (unknown, "nobody@example.org")):
        first = ask_code(client, address)
        assert (first.status_code, first["Location"]) == (302, "/logga-in/kod/")
        page = client.get("/logga-in/kod/").content.decode()
        wrong = write_code(client, "000 00x")
        assert wrong.status_code == 422
        pages += [tidy(page, address), tidy(wrong.content.decode(), address)]
    assert pages[:2] == pages[2:]


def tidy(page, address):
    """Without what differs for everybody: the token of the form."""
    return re.sub(r'value="\w{64}"', "", page.replace(address, "ADDRESS"))


@pytest.mark.parametrize("address", ["/logga-in/", "/logga-in/losenord/"])
def test_the_pages_ask_little_of_the_database(client, address, most_queries):
    with most_queries():
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/logga-in/", "/logga-in/losenord/", "/logga-in/kod/"])
def test_who_is_in_already_is_led_on(signed_in, address):
    assert signed_in.get(f"{address}?next=/personer/")["Location"] == "/personer/"


@pytest.mark.parametrize(
    "written", ["", "karin", "å", "x" * 400, "a@b@c", "karin@example.org\n", "\x00@example.org"]
)
def test_what_is_no_address_gets_words_and_is_kept_as_typed(client, written):
    response = ask_code(client, written)
    if written.strip() == KARIN:
        assert response.status_code == 302
    else:
        assert response.status_code == 422
        assert response.context["form"].errors["email"]


def test_the_form_says_which_field_is_wrong(client):
    page = ask_code(client, "karin").content.decode()
    assert 'class="errors" role="alert"' in page
    assert 'value="karin"' in page
    assert 'aria-invalid="true"' in page


def test_a_form_that_has_stood_too_long_gets_words():
    client = Client(enforce_csrf_checks=True)
    assert client.post("/logga-in/kod/", {"code": "123456"}).status_code == 403
