"""Encryption with age: to a public key that the server has, so that only who keeps the other one reads.

Whoever takes the server takes what is in it today, and none of what has been erased since a copy.
"""

from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import IO, Any

import pyrage
from django.utils.translation import gettext as _

from tillit.kit.refusal import Refused


def new_pair() -> tuple[str, str]:
    """A key to keep where the server is not, and the public one to it."""
    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def recipient(written: str) -> Any:
    """Raises Refused."""
    try:
        return pyrage.x25519.Recipient.from_str(written.strip())
    except pyrage.RecipientError:
        raise Refused(_("That is not a public key for backups: it begins with “age1”.")) from None


def identity(written: str) -> Any:
    """Raises Refused."""
    try:
        return pyrage.x25519.Identity.from_str(written.strip().upper())
    except pyrage.IdentityError:
        raise Refused(
            _("That is not a recovery key: it begins with “AGE-SECRET-KEY-1”. Mind each letter.")
        ) from None


def public_of(key: str) -> str:
    return str(identity(key).to_public())


class Pieces:
    """A file to be read from, made of pieces as they come. `fault` is what stopped them."""

    def __init__(self, pieces: Generator[bytes]) -> None:
        self.pieces, self.rest = pieces, b""
        self.fault: BaseException | None = None

    def read(self, size: int = -1) -> bytes:
        while not self.rest:
            try:
                self.rest = next(self.pieces)
            except StopIteration:
                return b""
            except BaseException as fault:
                self.fault = fault
                raise
        size = len(self.rest) if size < 0 else size
        given, self.rest = self.rest[:size], self.rest[size:]
        return given


def seal(pieces: Generator[bytes], file: IO[bytes], key: str) -> None:
    """Raises what stopped the pieces, and OSError when the file takes no more."""
    to, source = recipient(key), Pieces(pieces)
    with closing(pieces):
        try:
            pyrage.encrypt_io(source, file, [to])
        except pyrage.EncryptError as error:
            raise source.fault or OSError(str(error)) from None


def unseal(path: Path, to: Path, key: str) -> None:
    """Decrypt the whole of it. Raises Refused with words for what is wrong."""
    known = identity(key)
    try:
        with path.open("rb") as sealed, to.open("xb") as plain:
            pyrage.decrypt_io(sealed, plain, [known])
    except OSError as error:
        if error.errno is None:  # what age itself says of what it reads
            raise Refused(why_not(str(error))) from None
        raise Refused(_("The copy can't be read: %(why)s") % {"why": error.strerror}) from error
    except pyrage.DecryptError as error:
        raise Refused(why_not(str(error))) from None


def why_not(error: str) -> str:
    if "matching keys" in error:
        return _("The copy was made for another recovery key. Nothing was written.")
    return _("The copy is broken, was cut short or has been changed. Nothing was written.")
