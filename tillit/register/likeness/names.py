"""What two names of organisations say of whether they are of one."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from tillit.register.likeness.evidence import Evidence
from tillit.register.likeness.naming import NameParts, titles

SAME, SPELLED, NEAR, SHORTENED, SHARED = 6, 5, 4, 5, 4
ONE_WITHOUT_PLACE, OTHER_PLACE, SAME_PLACE, OTHER_NUMBER = -2, -8, 1, -8
NEAR_ENOUGH = 0.86
LEAST_LETTERS = 6  # of a name whose spelling may be near another's
TELLING = 5  # letters of a word that two names may share by being of one
MOST_OF_IT = 0.4


def names_compared(one: NameParts, other: NameParts) -> list[Evidence]:
    """What speaks for and against; nothing when the names have nothing in common."""
    common = in_common(one, other)
    if common is None:
        return []
    return [common, *_of_places(one, other), *_of_numbers(one, other)]


def in_common(one: NameParts, other: NameParts) -> Evidence | None:
    """What the names have in common, the most telling."""
    if one.folded == other.folded:
        return Evidence(_("The names are the same."), SAME)
    if one.core == other.core or (one.sound == other.sound and len(one.core) >= LEAST_LETTERS):
        return Evidence(_("The names are the same but for form and spelling."), SPELLED)
    if _is_short_for(one, other) or _is_short_for(other, one):
        return Evidence(_("The one name is short for the other."), SHORTENED)
    if _is_near(one, other):
        return Evidence(_("The names are spelled nearly the same."), NEAR)
    shared = _shared(one, other)
    return (
        Evidence(_("Both names have “%(word)s” in them.") % {"word": shared}, SHARED)
        if shared
        else None
    )


def _is_short_for(one: NameParts, other: NameParts) -> bool:
    shorts = {one.core, one.short} - {""}
    return bool(shorts & {*other.initials, other.short})


def _is_near(one: NameParts, other: NameParts) -> bool:
    shorter, longer = sorted((len(one.core), len(other.core)))
    if shorter < LEAST_LETTERS or 2 * shorter < NEAR_ENOUGH * (shorter + longer):
        return False  # whatever the letters are
    spelling = SequenceMatcher(None, one.core, other.core)
    return spelling.quick_ratio() >= NEAR_ENOUGH and spelling.ratio() >= NEAR_ENOUGH


def _shared(one: NameParts, other: NameParts) -> str:
    """A word that is so much of the shorter name that it tells something."""
    shared = {*one.words} & {*other.words}
    longest = max(shared, key=len, default="")
    shorter = min(len(one.core), len(other.core))
    if len(longest) < TELLING or len("".join(shared)) < MOST_OF_IT * shorter:
        return ""
    return next(word for word in one.folded.split() if longest in word)


def _of_places(one: NameParts, other: NameParts) -> Iterator[Evidence]:
    if not (one.places or other.places):
        return
    if one.places & other.places:
        yield Evidence(_("Both names name the same place."), SAME_PLACE)
    elif one.places and other.places:
        words = {"one": _listed(one), "other": _listed(other)}
        said = _("The names name different places: %(one)s and %(other)s.")
        yield Evidence(said % words, OTHER_PLACE)
    else:
        named = _listed(one if one.places else other)
        said = _("Only one of the names names a place: %(place)s.")
        yield Evidence(said % {"place": named}, ONE_WITHOUT_PLACE)


def _listed(name: NameParts) -> str:
    return ", ".join(sorted(titles().get(it, it) for it in name.places))


def _of_numbers(one: NameParts, other: NameParts) -> Iterator[Evidence]:
    """Lions Distrikt 101 S is not Lions Distrikt 101 M."""
    if one.numbers != other.numbers and one.numbers and other.numbers:
        words = {"one": " ".join(one.numbers), "other": " ".join(other.numbers)}
        said = _("The names have different numbers: %(one)s and %(other)s.")
        yield Evidence(said % words, OTHER_NUMBER)
