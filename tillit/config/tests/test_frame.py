"""What every answer carries, and how the whole says that it is well."""

import pytest
from django.db import DatabaseError, connection
from django.test import Client

pytestmark = pytest.mark.django_db


def test_it_is_well_while_its_database_answers(client, monkeypatch):
    assert client.get("/healthz").content == b"ok\n"

    def broken():
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", broken)
    assert client.get("/healthz").status_code == 503


def test_nothing_inline_and_nothing_from_elsewhere_is_allowed(client):
    policy = client.get("/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http:" not in policy


def test_no_cookie_is_set_for_a_reader(client):
    assert not client.get("/organisationer/").cookies


def test_a_form_without_its_token_gets_words():
    response = Client(enforce_csrf_checks=True).post("/")
    assert response.status_code == 403
    assert "<main" in response.content.decode()


def test_each_language_has_its_address(client):
    assert '<html lang="sv">' in client.get("/").content.decode()
    assert '<html lang="en">' in client.get("/en/").content.decode()
    assert '<html lang="sv">' in client.get("/", headers={"accept-language": "en"}).content.decode()
