"""The installation's logo above a mail. Its words stand there where pictures are not shown.

The address is the same for everybody, so that loading it tells nobody who reads.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils.html import escape

from tillit.kit.contributions import brand

WIDEST, HIGHEST = 240, 64  # pixels


@dataclass(frozen=True)
class Letterhead:
    url: str
    words: str
    width: int
    height: int


def letterhead() -> Letterhead | None:
    """The logo as large as it stands in a mail; words and address ready for its HTML."""
    it = brand()
    if not it.logo:
        return None
    scale = min(1, WIDEST / it.width, HIGHEST / it.height)
    size = (max(1, round(it.width * scale)), max(1, round(it.height * scale)))
    return Letterhead(settings.TILLIT_URL + it.logo, escape(it.words), *size)
