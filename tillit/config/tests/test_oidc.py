"""Providers of OpenID Connect, as the environment names them."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from tillit.config import oidc


@pytest.fixture
def env(monkeypatch):
    def put(**values):
        for name, value in values.items():
            monkeypatch.setenv(f"TILLIT_OIDC{name}", value)

    put(
        **{
            "": "svensk-eid",
            "_SVENSK_EID_URL": "https://eid.example.org/tenant/v2.0/",
            "_SVENSK_EID_CLIENT": "tillit",
            "_SVENSK_EID_SECRET": "hemligt",
        }
    )
    return put


def test_none_is_named_unless_somebody_does(monkeypatch):
    monkeypatch.delenv("TILLIT_OIDC", raising=False)
    assert oidc.providers() == []


def test_one_is_read_with_what_is_usual(env):
    [it] = oidc.providers()
    assert (it["provider_id"], it["name"], it["client_id"], it["secret"]) == (
        "svensk-eid",
        "Svensk-eid",
        "tillit",
        "hemligt",
    )
    assert it["settings"] == {
        "server_url": "https://eid.example.org/tenant/v2.0",
        "scope": ["openid", "email"],
        "uid_field": "sub",
        "email_authentication": True,
        "verified_email": False,
    }


def test_all_can_be_chosen(env, tmp_path):
    (tmp_path / "secret").write_text("ur fil\n")
    env(
        _SVENSK_EID_TITLE="Svensk e-legitimation",
        _SVENSK_EID_SECRET_FILE=str(tmp_path / "secret"),
        _SVENSK_EID_SCOPES="openid, profile",
        _SVENSK_EID_SUBJECT="pairwise",
        _SVENSK_EID_BY_EMAIL="0",
        _SVENSK_EID_TRUST_EMAIL="1",
    )
    [it] = oidc.providers()
    assert (it["name"], it["secret"]) == ("Svensk e-legitimation", "ur fil")
    assert it["settings"]["scope"] == ["openid", "profile"]
    assert it["settings"]["uid_field"] == "pairwise"
    assert not it["settings"]["email_authentication"]
    assert it["settings"]["verified_email"]


def test_several_can_be_named(env):
    env(**{"": "svensk-eid b", "_B_URL": "http://localhost:9", "_B_CLIENT": "b", "_B_SECRET": "b"})
    assert [it["provider_id"] for it in oidc.providers()] == ["svensk-eid", "b"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("", "Svensk_EID"),
        ("", "../x"),
        ("_SVENSK_EID_URL", "http://eid.example.org"),
        ("_SVENSK_EID_URL", "eid.example.org"),
        ("_SVENSK_EID_URL", ""),
        ("_SVENSK_EID_SECRET", " "),
        ("_SVENSK_EID_SECRET_FILE", "/finns/inte"),
        ("_SVENSK_EID_SCOPES", " "),
        ("_SVENSK_EID_BY_EMAIL", "kanske"),
    ],
)
def test_what_cannot_be_read_stops_the_start_by_name(env, name, value):
    env(**{name: value})
    with pytest.raises(ImproperlyConfigured, match="TILLIT_OIDC" + name.removesuffix("_FILE")):
        oidc.providers()


def test_no_secret_stops_the_start(env, monkeypatch):
    monkeypatch.delenv("TILLIT_OIDC_SVENSK_EID_SECRET")
    with pytest.raises(ImproperlyConfigured, match="SECRET"):
        oidc.providers()
