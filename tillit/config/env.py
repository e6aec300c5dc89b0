"""Typed readers of the environment. A value that can't be read stops the start, by name."""

import contextlib
import os
import re
import secrets
import tempfile
from collections.abc import Collection
from email.utils import quote
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off", ""}
SHORTEST_TOKEN = 22  # of 64 signs each: 128 bits


def text(name: str, default: str | None = None) -> str:
    """The variable as written. Raises ImproperlyConfigured when it is missing without default."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"{name} must be set.")
    return value


def flag(name: str, *, default: bool) -> bool:
    value = text(name, "1" if default else "0").strip().lower()
    if value not in YES | NO:
        raise ImproperlyConfigured(f"{name} is {value!r}: write 1 or 0.")
    return value in YES


def whole(name: str, default: int, *, lowest: int = 0, highest: int = 65535) -> int:
    value = text(name, str(default)).strip()
    if not value.isascii() or not value.isdecimal() or not lowest <= int(value) <= highest:
        raise ImproperlyConfigured(f"{name} is {value!r}: write a whole number {lowest}–{highest}.")
    return int(value)


def words(name: str, default: str) -> list[str]:
    return filled(name, text(name, default)).replace(",", " ").split()


def hosts(name: str) -> frozenset[str]:
    """Names of servers, with commas between; none if it is not set."""
    return frozenset(text(name, "").casefold().replace(",", " ").split())


def folder(name: str, default: Path) -> Path:
    """A folder that is there and can be written, made if need be."""
    path = Path(text(name, str(default))).expanduser().resolve()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"{name} is {path}: {error.strerror}.")
    if not os.access(path, os.W_OK):
        raise ImproperlyConfigured(f"{name} is {path}: it can't be written.")
    return path


def secret(name: str, *, kept_in: Path) -> str:
    """The variable, or the file that NAME_FILE points at, or one made here once and kept."""
    if name in os.environ:
        return filled(name, os.environ[name])
    stated = os.environ.get(f"{name}_FILE")
    path = Path(stated) if stated else kept_in
    if not stated:
        make_secret(path)
    try:
        return filled(name, path.read_text().strip())
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE is {path}: {error.strerror}.")


def token(name: str) -> str:
    """What nobody finds by trying; nothing if it is not set."""
    value = text(name, "").strip()
    if value and len(value) < SHORTEST_TOKEN:
        raise ImproperlyConfigured(
            f"{name} is too short: write at least {SHORTEST_TOKEN} characters that nobody can guess."
        )
    return value


def filled(name: str, value: str) -> str:
    if not value.strip():
        raise ImproperlyConfigured(f"{name} is empty.")
    return value


def one_of(name: str, default: str, allowed: Collection[str]) -> str:
    value = text(name, default).strip().upper()
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} is {value!r}: write one of {', '.join(allowed)}.")
    return value


def address(name: str, default: str) -> str:
    """The beginning of a web address, without its path."""
    value = filled(name, text(name, default)).strip().rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path or parts.query:
        raise ImproperlyConfigured(f"{name} is {value!r}: write https://tillit.example.org.")
    return value


def own_address(host: str, port: int, *, https: bool) -> str:
    """Where this installation is, as far as it can tell itself."""
    host = host.lstrip(".") if host != "*" else "localhost"
    return f"https://{host}" if https else f"http://{host}:{port}"


# How a mail server is spoken to, and on which port if none is named.
MAIL = {"smtp": ("starttls", 587), "smtps": ("tls", 465), "smtp+plain": ("none", 25)}


def mail_server(name: str) -> dict[str, Any] | None:
    """smtp://user:password@host:587 (STARTTLS), smtps:// (TLS) or smtp+plain:// (neither)."""
    found = login(name, {scheme: port for scheme, (_security, port) in MAIL.items()})
    if found is None:
        return None
    return {**found, "security": MAIL[urlsplit(text(name)).scheme][0]}


# A name with whatever commas it has, and its address; or the address alone.
SENDER = re.compile(
    r"(?:([^<>@]*)<)?([^\s@\"(),:;<>\[\\\]]{1,64}@[^\s@\"(),:;<>\[\\\]]{1,253})(>)?"
)


def mail_sender(name: str) -> str:
    """Nätverket <hej@example.org>, its name in quotes then; nothing if it is not set."""
    value = text(name, "").strip()
    if not value:
        return ""
    found = SENDER.fullmatch(value)
    if found is None or (found[1] is None) != (found[3] is None) or not value.isprintable():
        raise ImproperlyConfigured(f"{name} is {value!r}: write Name <name@example.org>.")
    written = (found[1] or "").strip().strip('"')
    return f'"{quote(written)}" <{found[2]}>' if written else found[2]


def mailbox(name: str) -> dict[str, Any] | None:
    """imaps://user:password@host:993."""
    return login(name, {"imaps": 993})


def login(name: str, ports: dict[str, int]) -> dict[str, Any] | None:
    """Where a server is, and how to log in to it."""
    value = text(name, "").strip()
    if not value:
        return None
    try:
        parts = urlsplit(value)
        port = parts.port or ports[parts.scheme]
        if not parts.hostname or parts.scheme not in ports or parts.path.strip("/"):
            raise ValueError(name)
    except (KeyError, ValueError):
        # Never the value itself: it holds a password.
        scheme, usual = next(iter(ports.items()))
        raise ImproperlyConfigured(
            f"{name} can't be read: write {scheme}://user:password@host:{usual}."
        ) from None
    return {
        "host": parts.hostname,
        "port": port,
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
    }


def make_secret(path: Path) -> None:
    """Make the file unless it is there; processes that start at once agree on one.

    It is written under another name and linked into place whole, so nobody reads half a secret.
    """
    if path.exists():
        return
    handle, name = tempfile.mkstemp(dir=path.parent)  # readable by its owner only
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(50))
    with contextlib.suppress(FileExistsError):
        os.link(name, path)
    Path(name).unlink()
