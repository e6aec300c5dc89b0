"""The logo: a picture that somebody uploads, read by what it holds and written anew.

So nothing of the file itself is served: no script, no place where the photograph was taken, no
format that some mail program can't show. What is kept is a PNG of at most a few hundred pixels.
"""

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from tillit.kit.files import storage

FOLDER = "logo"  # of the storage
FORMATS = ("PNG", "JPEG", "WEBP")
MOST_BYTES = 4_000_000
MOST_PIXELS = 25_000_000
LARGEST = (640, 240)
LEAST = 16

TOO_LARGE = _("The picture is larger than 4 MB. Choose a smaller one.")
SVG = _(
    "The picture is an SVG, which can hold programs and so isn't taken. Save it as PNG and choose"
    " that one."
)
OTHER = _("This isn't a picture that can be used. Choose a PNG, JPEG or WebP.")
BROKEN = _("The picture is broken, or has been cut off. Choose another.")
TOO_MANY = _("The picture has too many pixels. Choose one of at most 5 000 by 5 000.")
TOO_SMALL = _("The picture is so small that nobody would see what it shows.")


@dataclass(frozen=True)
class Logo:
    """The picture as it is kept."""

    content: bytes
    width: int
    height: int

    @property
    def name(self) -> str:
        """The same picture has the same name, and another one another."""
        return sha256(self.content).hexdigest()[:24]


def read(file: IO[Any]) -> Logo:
    """The picture in a file that somebody sent. Raises ValidationError with words for the person."""
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise ValidationError(TOO_LARGE)
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as picture:
            return drawn(picture)
    except UnidentifiedImageError:
        raise ValidationError(SVG if b"<svg" in content[:4096].lower() else OTHER)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ValidationError(TOO_MANY)
    except (OSError, ValueError, SyntaxError, EOFError):
        raise ValidationError(BROKEN)


def drawn(picture: Image.Image) -> Logo:
    """The picture anew, upright and no larger than it is shown. Its size is known before it is read."""
    if picture.width * picture.height > MOST_PIXELS:
        raise ValidationError(TOO_MANY)
    if min(picture.size) < LEAST:
        raise ValidationError(TOO_SMALL)
    upright = ImageOps.exif_transpose(picture)
    plain = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    plain.thumbnail(LARGEST)
    anew = Image.new(plain.mode, plain.size)
    anew.paste(plain)
    written = BytesIO()
    anew.save(written, "PNG", optimize=True)
    return Logo(written.getvalue(), *anew.size)


def path_of(name: str) -> str:
    return f"{FOLDER}/{name}.png"


def keep(logo: Logo) -> None:
    """Raises Away when the storage of files can't be reached."""
    storage.put(path_of(logo.name), BytesIO(logo.content))


def drop(name: str) -> None:
    if name:
        storage.discard(path_of(name))
