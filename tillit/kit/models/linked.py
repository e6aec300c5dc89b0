"""Rows that whoever has their link may open, without an account."""

import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any, Self

from django.db import models
from django.utils.crypto import salted_hmac

SALT = "tillit.kit.linked"
LENGTH = 24  # bytes of a token


def hash_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


class Linked(models.Model):
    """A row with a link of its own, for mails.

    The token is worked out of the row's key and seed by the installation's secret, so that a reminder
    can say it again, while a stolen database tells no token. A row is found by the hash. Without a
    seed no link opens it.
    """

    token_seed = models.CharField(max_length=40, blank=True, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def by_token(cls, token: str, *related: str) -> Self | None:
        """The row whose link has the token, with the related rows that are named."""
        rows: Any = cls._default_manager.filter(token_hash=hash_of(token))
        found: Self | None = (rows.select_related(*related) if related else rows).first()
        return found

    def make_link(self) -> None:
        """A link that nobody has yet. One that was sent opens nothing any more."""
        self.token_seed = secrets.token_hex(16)
        self.token_hash = hash_of(self._worked_out())

    def cut_link(self) -> None:
        self.token_seed, self.token_hash = "", None

    @property
    def token(self) -> str:
        """What stands in the link. Raises ValueError when there is none, or the secret is another."""
        token = self._worked_out()
        if not self.token_seed or hash_of(token) != self.token_hash:
            raise ValueError("There is no such link any more: make a new one.")
        return token

    def lasting_token(self) -> str:
        """What stands in the link, which is made anew if the installation's secret is another now."""
        if self.token_seed and hash_of(self._worked_out()) != self.token_hash:
            self.make_link()
            self.save(update_fields=["token_seed", "token_hash"])
        return self.token

    def _worked_out(self) -> str:
        said = f"{type(self).__name__} {self.key} {self.token_seed}"  # type: ignore[attr-defined]
        digest = salted_hmac(SALT, said, algorithm="sha256").digest()
        return urlsafe_b64encode(digest[:LENGTH]).decode()
