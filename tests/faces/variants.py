"""How a page may be met: in light or dark, on a wide or a narrow screen, in either language.

One variant is tried by default, all of them with TILLIT_FACES=all (make check-faces).
"""

import os
from dataclasses import dataclass
from itertools import product

THEMES = ("light", "dark")
WIDTHS = (1280, 360, 320)
LANGUAGES = ("sv", "en")
HEIGHT = 800


@dataclass(frozen=True)
class Variant:
    theme: str
    width: int
    language: str

    def __str__(self) -> str:
        return f"{self.theme}-{self.width}-{self.language}"

    def address(self, path: str) -> str:
        return path if self.language == LANGUAGES[0] else f"/{self.language}{path}"


def variants() -> list[Variant]:
    every = [Variant(*choice) for choice in product(THEMES, WIDTHS, LANGUAGES)]
    return every if os.environ.get("TILLIT_FACES") == "all" else every[:1]
