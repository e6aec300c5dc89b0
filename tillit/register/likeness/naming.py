"""The name of an organisation taken apart: what it is called by, where it says it is, and its form."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache

from tillit.kit.swedish import fold
from tillit.register.choices import Level, PlaceKind
from tillit.register.likeness.spelling import sound, stem
from tillit.register.place_names import place_names

SMALL = frozenset(("i", "och", "for", "av", "pa", "med", "till", "vid", "a", "the", "of"))
# Forms and parts of organisations: many names have them, and they tell little of one.
FORMS = frozenset((
    *("forening", "foreningen", "foreningar", "foreningarna", "forbund", "forbundet", "forbunden"),
    *("lokalforening", "lokalforeningen", "lansforening", "lansforeningen", "lansforbund"),
    *("lansforbundet", "riksforbund", "riksforbundet", "studieforbund", "studieforbundet"),
    *("stiftelse", "stiftelsen", "natverk", "natverket", "ideell", "ideella", "organisation"),
    *("organisationen", "svenska", "sverige", "sveriges", "ab", "ek", "for", "studieforb", "foren"),
))  # fmt: skip
PARTS = frozenset((
    *("distrikt", "distriktet", "region", "regionen", "krets", "kretsen", "lan", "lans", "lanet"),
    *("avdelning", "avdelningen", "sektion", "sektionen", "lokalavdelning", "lokalavdelningen"),
))  # fmt: skip
# What a region or district is called where it has no name of its own.
QUARTERS = frozenset((
    *("syd", "nord", "ost", "vast", "mitt", "mellan", "norr", "soder", "oster", "vaster"),
    *("sydost", "sydvast", "nordost", "nordvast", "sodra", "norra", "ostra", "vastra", "mellersta"),
))  # fmt: skip
ENDING_FORMS = re.compile(r"(?<=\w{4})(?:forening(?:en|ar|arna)?|forbund(?:et|en)?|distriktet)$")
BRACKETED = re.compile(r"\s*\(([A-ZÅÄÖ][A-ZÅÄÖ0-9-]{1,11})\)")
BESIDE = "|"  # sorts after all letters
OF_COUNTY = "lans"  # Länskvinnojouren
LEAST = 4  # letters that a word must have left, to have been put together with another
TELLING = 5  # letters of a word that two names may share by being of one
ALPHABET = 128  # folded letters are nearly all of ASCII; others share a place, and count as alike


@dataclass(frozen=True)
class NameParts:
    """A name taken apart. `words` are what it is called by, without places, forms and endings."""

    folded: str
    words: tuple[str, ...]
    places: frozenset[str] = frozenset()
    initials: frozenset[str] = frozenset()
    numbers: tuple[str, ...] = ()
    short: str = ""  # BRIS, from the brackets
    level: str = ""  # as far as the name shows it

    @cached_property
    def core(self) -> str:
        return "".join(self.words)

    @cached_property
    def sound(self) -> str:
        return "".join(sound(word) for word in self.words)

    @cached_property
    def letters(self) -> int:
        """A bit for each letter of the core, another for its second time, and so on.

        So the letters that two names have in common are counted at once.
        """
        times: Counter[int] = Counter()
        bits = 0
        for letter in self.core:
            place = ord(letter) % ALPHABET
            bits |= 1 << (times[place] * ALPHABET + place)
            times[place] += 1
        return bits

    @cached_property
    def written(self) -> dict[str, str]:
        """Each of the words, and as what it stands in the name."""
        tokens = self.folded.split()
        return {word: next((it for it in tokens if word in it), word) for word in self.words}

    @cached_property
    def long_words(self) -> frozenset[str]:
        return frozenset(word for word in self.words if len(word) >= TELLING)

    @cached_property
    def shorts(self) -> frozenset[str]:
        """What may be short for the name of another."""
        return frozenset({self.core, self.short} - {""})

    @cached_property
    def abbreviations(self) -> frozenset[str]:
        """What may stand for the whole of the name."""
        return self.initials | {self.short}

    @cached_property
    def whereabouts(self) -> str:
        return " ".join(sorted(self.places))

    @cached_property
    def places_in_words(self) -> str:
        return ", ".join(sorted(titles().get(it, it) for it in self.places))

    @property
    def key(self) -> str:
        """What names meet by that are spelled otherwise: `rdkrs|malmo`."""
        return placed(self.sound, self.whereabouts)

    @property
    def initials_key(self) -> str:
        """What an abbreviation of the name meets it by: `sv|varmland`."""
        shortest = min(self.initials, key=len, default="")
        return placed(shortest, self.whereabouts) if shortest else ""


def placed(what: str, whereabouts: str = "") -> str:
    """A key with the place beside it, so that one place's local branch is found among hundreds."""
    return f"{what}{BESIDE}{whereabouts}"


@cache
def known_places() -> dict[str, str]:
    """Each place as its name is written, genitive too, with its plain folded name."""
    return {
        form: fold(name) for name, _kind in place_names() for form in (fold(name), f"{fold(name)}s")
    }


@cache
def titles() -> dict[str, str]:
    """Each place as it is called, by its folded name."""
    return {fold(name): name for name, _kind in place_names()}


@cache
def counties() -> tuple[str, ...]:
    """The longest first: what words may begin with."""
    names = {fold(name) for name, kind in place_names() if kind == PlaceKind.COUNTY}
    return tuple(sorted(names, key=len, reverse=True))


@dataclass
class _Taking:
    """A name while it is taken apart."""

    capitals: set[str]
    places: set[str] = field(default_factory=set)
    is_of_county: bool = False


@lru_cache(maxsize=20_000)
def parts_of(name: str) -> NameParts:
    """Take a name apart: “Studieförbundet Vuxenskolan Skåneregionen” is vuxenskol, in skane."""
    bracketed = BRACKETED.search(name)
    plain = BRACKETED.sub(" ", name) if bracketed else name
    tokens = fold(plain).split()
    taken = _Taking(_capitals(plain))
    rest = [word for word in _without_places(tokens, taken) if word not in SMALL]
    telling = [word for word in rest if word not in FORMS | PARTS] or rest or tokens
    words = tuple(stem(ENDING_FORMS.sub("", word)) for word in telling)
    return NameParts(
        folded=" ".join(tokens),
        words=words,
        places=frozenset(taken.places),
        initials=frozenset(_initials(tokens, taken.places)),
        numbers=tuple(word for word in rest if len(word) == 1 or any(it.isdigit() for it in word)),
        short=fold(bracketed[1]) if bracketed else "",
        level=_level(taken, tokens),
    )


def _capitals(name: str) -> set[str]:
    """The words that begin with a capital; all of them where none does."""
    words = re.findall(r"\w+", name)
    return {fold(it) for it in words if it[0].isupper()} or {fold(it) for it in words}


def _without_places(tokens: list[str], taken: _Taking) -> Iterator[str]:
    """The words that name no place; the places are kept in `taken`."""
    at = 0
    while at < len(tokens):
        named = tokens[at] in taken.capitals  # Vara is a place, and vara is to be
        sizes = (3, 2, 1) if named else ()
        size = next((n for n in sizes if " ".join(tokens[at : at + n]) in known_places()), 0)
        if size:
            taken.places.add(known_places()[" ".join(tokens[at : at + size])])
        elif tokens[at] in QUARTERS and at and tokens[at - 1] in PARTS:
            taken.places.add(tokens[at])
        else:
            yield from _compound(tokens[at], taken)
        at += size or 1


def _compound(word: str, taken: _Taking) -> Iterator[str]:
    """A word that may begin with a county: Skåneregionen, Värmlandskooperativen, Länskvinnojouren."""
    for county in counties():
        if word.startswith(county) and len(word) - len(county) >= LEAST:
            taken.places.add(county)
            yield word.removeprefix(county).removeprefix("s")
            return
    if word.startswith(OF_COUNTY) and len(word) - len(OF_COUNTY) > LEAST and word not in FORMS:
        taken.is_of_county = True
        word = word.removeprefix(OF_COUNTY)
    yield word


def _initials(tokens: list[str], places: set[str]) -> Iterator[str]:
    """The first letters, with the small words and without: FIFH and RSMH are made in either way."""
    named = [it for it in tokens if known_places().get(it) not in places and it not in PARTS]
    named = [it for it in named if not any(it.startswith(place) for place in places)]
    while named and named[-1] in SMALL:
        named.pop()
    for words in (named, [it for it in named if it not in SMALL]):
        if len(words) > 1:
            yield "".join(word[0] for word in words)


def _level(taken: _Taking, tokens: list[str]) -> str:
    """Which level the name shows, if any."""
    of_county = taken.is_of_county or PARTS & {*tokens} or taken.places & {*counties(), *QUARTERS}
    if of_county:
        return Level.REGIONAL
    return Level.LOCAL if taken.places else ""
