"""Sign-in by OpenID Connect: the providers that the environment names. See docs/settings.md."""

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from tillit.config import env

NAME = re.compile(r"[a-z][a-z0-9-]*\Z")


def providers() -> list[dict[str, Any]]:
    """One for each word of TILLIT_OIDC, as django-allauth wants them."""
    return [provider(name) for name in env.text("TILLIT_OIDC", "").replace(",", " ").split()]


def provider(name: str) -> dict[str, Any]:
    if not NAME.match(name):
        raise ImproperlyConfigured(
            f"TILLIT_OIDC names {name!r}: write small letters a–z, figures and hyphens."
        )
    variable = "TILLIT_OIDC_" + name.upper().replace("-", "_")
    return {
        "provider_id": name,
        "name": env.text(f"{variable}_TITLE", name.capitalize()),
        "client_id": env.text(f"{variable}_CLIENT"),
        "secret": secret(f"{variable}_SECRET"),
        "settings": {
            "server_url": issuer(f"{variable}_URL"),
            "scope": env.words(f"{variable}_SCOPES", "openid email"),
            "uid_field": env.text(f"{variable}_SUBJECT", "sub"),
            # Whether an account is found by e-mail, and whether the provider is believed when it
            # doesn't say that it has verified the address.
            "email_authentication": env.flag(f"{variable}_BY_EMAIL", default=True),
            "verified_email": env.flag(f"{variable}_TRUST_EMAIL", default=False),
        },
    }


def issuer(variable: str) -> str:
    """The issuer's address; without TLS only on this machine, where providers are tried out."""
    value = env.text(variable).strip().rstrip("/")
    parts = urlsplit(value)
    allowed = {"https"} | ({"http"} if parts.hostname in {"localhost", "127.0.0.1"} else set())
    if parts.scheme not in allowed or not parts.netloc:
        raise ImproperlyConfigured(f"{variable} is {value!r}: write https://issuer.example.org.")
    return value


def secret(variable: str) -> str:
    """The variable, or what stands in the file that VARIABLE_FILE points at."""
    path = os.environ.get(f"{variable}_FILE")
    if path is None:
        return env.filled(variable, env.text(variable))
    try:
        return env.filled(variable, Path(path).read_text().strip())
    except OSError as error:
        raise ImproperlyConfigured(f"{variable}_FILE is {path}: {error.strerror}.")
