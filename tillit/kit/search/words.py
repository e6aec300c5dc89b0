"""Text as it is searched: Swedish stems without case and accents, one space between them."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from threading import local

import Stemmer

from tillit.kit.swedish import fold

# A word keeps the marks that stand above its letters, where they have no letter of their own.
WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")
LONGEST = 60  # letters of a word; the rest of it is not searched
SHORTEST_ROOT = 3
GENITIVES = ("ås", "äs", "ös")
_own = local()


def composed(text: str) -> str:
    """The text with å as one letter, however it was typed, and without what no database keeps."""
    return unicodedata.normalize("NFC", text.replace("\0", " "))


def words_in(text: str) -> Iterator[re.Match[str]]:
    """Where the words of a composed text stand."""
    return WORD.finditer(text)


@lru_cache(maxsize=20_000)
def folded(word: str) -> str:
    """One word without case and accents; empty when nothing is left of it."""
    return fold(word[:LONGEST]).replace(" ", "")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """What the forms of a word share: kvinnojourens, kvinnojouren → kvinnojour.

    Snowball leaves the ending of the neuter (förbundet) and the genitive after å, ä and ö (Malmös),
    so these are taken away here.
    """
    root = str(_stemmer().stemWord(word[:LONGEST].casefold()))
    if root.endswith(GENITIVES) and len(root) > SHORTEST_ROOT + 1:
        root = root[:-1]
    while root.endswith("et") and len(root) >= SHORTEST_ROOT + 2:
        root = str(_stemmer().stemWord(root[:-2]))
    return folded(root)


def stems(text: str) -> str:
    return " ".join(filter(None, (stem(it[0]) for it in words_in(composed(text)))))


def padded(name: str) -> str:
    """The folded words of a name, each with a space before and after it, so that pieces of words know
    whether they begin or end one.
    """
    words = filter(None, (folded(it[0]) for it in words_in(composed(name))))
    return "".join(f" {word} " for word in words)


def _stemmer() -> "Stemmer.Stemmer":
    """A stemmer of the thread's own: it may not be shared."""
    if not hasattr(_own, "stemmer"):
        _own.stemmer = Stemmer.Stemmer("swedish")
    return _own.stemmer
