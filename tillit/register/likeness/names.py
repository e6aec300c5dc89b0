"""What two names of organisations say of whether they are of one."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from tillit.register.likeness.evidence import Evidence
from tillit.register.likeness.naming import NameParts

SAME = Evidence(_("The names are the same."), 6)
SPELLED = Evidence(_("The names are the same but for form and spelling."), 5)
SHORTENED = Evidence(_("The one name is short for the other."), 5)
NEAR = Evidence(_("The names are spelled nearly the same."), 4)
SAME_PLACE = Evidence(_("Both names name the same place."), 1)
SHARED, ONE_WITHOUT_PLACE, OTHER_PLACE, OTHER_NUMBER = 4, -2, -8, -8
NEAR_ENOUGH = 0.86
LEAST_LETTERS = 6  # of a name whose spelling may be near another's
MOST_OF_IT = 0.4


def names_compared(one: NameParts, other: NameParts) -> list[Evidence]:
    """What speaks for and against; nothing when the names have nothing in common."""
    common = in_common(one, other)
    if common is None:
        return []
    said = [common]
    if one.places or other.places:
        said += _of_places(one, other)
    if one.numbers and other.numbers:
        said += _of_numbers(one, other)
    return said


def in_common(one: NameParts, other: NameParts) -> Evidence | None:
    """What the names have in common, the most telling."""
    if one.folded == other.folded:
        return SAME
    if one.core == other.core or (one.sound == other.sound and len(one.core) >= LEAST_LETTERS):
        return SPELLED
    if _is_short_for(one, other) or _is_short_for(other, one):
        return SHORTENED
    if _is_near(one, other):
        return NEAR
    shared = _shared(one, other)
    return _both_have(shared) if shared else None


@lru_cache(maxsize=1000)
def _both_have(word: str) -> Evidence:
    return Evidence(_("Both names have “%(word)s” in them."), SHARED, {"word": word})


def _is_short_for(one: NameParts, other: NameParts) -> bool:
    return not one.shorts.isdisjoint(other.abbreviations)


def _is_near(one: NameParts, other: NameParts) -> bool:
    """Looked at in full only where the letters, in whatever order, are nearly the same."""
    shorter, longer = len(one.core), len(other.core)
    if shorter > longer:
        shorter, longer = longer, shorter
    if shorter < LEAST_LETTERS or 2 * shorter < NEAR_ENOUGH * (shorter + longer):
        return False
    both = (one.letters & other.letters).bit_count()
    if 2 * both / (shorter + longer) < NEAR_ENOUGH:
        return False
    return SequenceMatcher(None, one.core, other.core).ratio() >= NEAR_ENOUGH


def _shared(one: NameParts, other: NameParts) -> str:
    """A word that is so much of the shorter name that it tells something."""
    if one.long_words.isdisjoint(other.long_words):
        return ""
    shared = [word for word in one.written if word in other.words]
    longest = max(shared, key=len)
    shorter = min(len(one.core), len(other.core))
    if len("".join(shared)) < MOST_OF_IT * shorter:
        return ""
    return one.written[longest]


def _of_places(one: NameParts, other: NameParts) -> Iterator[Evidence]:
    if not one.places.isdisjoint(other.places):
        yield SAME_PLACE
    elif one.places and other.places:
        words = {"one": one.places_in_words, "other": other.places_in_words}
        said = _("The names name different places: %(one)s and %(other)s.")
        yield Evidence(said, OTHER_PLACE, words)
    else:
        named = (one if one.places else other).places_in_words
        said = _("Only one of the names names a place: %(place)s.")
        yield Evidence(said, ONE_WITHOUT_PLACE, {"place": named})


def _of_numbers(one: NameParts, other: NameParts) -> Iterator[Evidence]:
    """Lions Distrikt 101 S is not Lions Distrikt 101 M."""
    if one.numbers != other.numbers:
        words = {"one": " ".join(one.numbers), "other": " ".join(other.numbers)}
        said = _("The names have different numbers: %(one)s and %(other)s.")
        yield Evidence(said, OTHER_NUMBER, words)
