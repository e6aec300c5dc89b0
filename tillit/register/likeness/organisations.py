"""How alike two organisations are, by all that is known of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from tillit.register.choices import NameKind
from tillit.register.identifiers import check_orgnr
from tillit.register.likeness.evidence import Evidence, Likeness, Verdict
from tillit.register.likeness.names import in_common, names_compared
from tillit.register.likeness.naming import NameParts, parts_of

SAME_NUMBER, SAME_WRONG_NUMBER, OTHER_NUMBER = 8, 3, -8
OTHER_LEVEL, SAME_SEAT, OTHER_SEAT, PART_OF, SIBLINGS = -2, 1, -4, 4, -2


@dataclass(frozen=True)
class Called:
    """One name of an organisation, and what kind of name it is."""

    name: str
    kind: str = NameKind.OFFICIAL
    is_former: bool = False

    @cached_property
    def parts(self) -> NameParts:
        return parts_of(self.name)

    @property
    def is_other(self) -> bool:
        """Whether it is another name than the one that it goes by today."""
        return self.is_former or self.kind != NameKind.OFFICIAL


@dataclass(frozen=True)
class Profile:
    """What an organisation is known by: of a row of the register, or of one that is brought in."""

    names: tuple[Called, ...]
    numbers: tuple[str, ...] = ()  # organisation numbers as written
    seats: frozenset[str] = frozenset()  # codes of municipalities
    level: str = ""
    parent: str = ""  # the name of what it is a part of
    key: str = ""
    sector: str = ""
    pk: int = 0  # of a row of the register

    @classmethod
    def named(cls, name: str, number: str = "", seat: str = "") -> "Profile":
        """One of which a list tells the name, and perhaps more."""
        numbers = (number,) if number else ()
        return cls((Called(name),), numbers, frozenset({seat} - {""}))

    @property
    def name(self) -> str:
        return self.names[0].name

    @property
    def level_or_shown(self) -> str:
        return self.level or self.names[0].parts.level


def compare(one: Profile, other: Profile) -> Likeness:
    """What speaks for the two being the same organisation, and against it."""
    found = [*_of_numbers(one, other), *(_best_of_names(one, other) or _of_parents(one, other))]
    if any(it.weight > 0 for it in found):
        found += [*_of_levels(one, other), *_of_seats(one, other), *_of_siblings(one, other)]
    return Likeness.of(found)


def _best_of_names(one: Profile, other: Profile) -> list[Evidence]:
    """What the two names say that are most alike, and that one of them is not the present name."""
    pairs = [(a, b, names_compared(a.parts, b.parts)) for a in one.names for b in other.names]
    alike = [pair for pair in pairs if pair[2]]
    if not alike:
        return []
    a, b, best = max(alike, key=lambda pair: sum(said.weight for said in pair[2]))
    return [*best, *(_told_of(it) for it in (a, b) if it.is_other)]


def _told_of(name: Called) -> Evidence:
    if name.is_former:
        return Evidence(_("“%(name)s” is a former name.") % {"name": name.name}, 0)
    words = {"name": name.name, "kind": NameKind(name.kind).label}
    return Evidence(_("“%(name)s” is known beside the name (%(kind)s).") % words, 0)


def _of_parents(one: Profile, other: Profile) -> Iterator[Evidence]:
    """Värmlandskooperativen is a part of Coompanion Sverige, and may be written “Coompanion”."""
    for whole, part in ((one, other), (other, one)):
        above = parts_of(part.parent) if part.parent else None
        if above and in_common(whole.names[0].parts, above):
            words = {"part": part.name, "whole": part.parent}
            yield Evidence(_("%(part)s is a part of %(whole)s.") % words, PART_OF)
            return


def _of_siblings(one: Profile, other: Profile) -> Iterator[Evidence]:
    """The parts of a chain are called alike, and are several."""
    if one.parent and one.parent == other.parent and one.name != other.name:
        yield Evidence(_("Both are parts of %(whole)s.") % {"whole": one.parent}, SIBLINGS)


def _of_numbers(one: Profile, other: Profile) -> Iterator[Evidence]:
    if not (one.numbers and other.numbers):
        return
    mine, others = ([check_orgnr(it) for it in each.numbers] for each in (one, other))
    shared = {it.digits for it in mine} & {it.digits for it in others}
    holding = {it.digits for it in mine if it.holds}
    if shared & holding:
        yield Evidence(_("They have the same organisation number."), SAME_NUMBER)
    elif shared:
        said = _("They have the same organisation number, though its check digit is wrong.")
        yield Evidence(said, SAME_WRONG_NUMBER)
    elif holding and any(it.holds for it in others):
        yield Evidence(_("They have different organisation numbers."), OTHER_NUMBER)


def _of_levels(one: Profile, other: Profile) -> Iterator[Evidence]:
    levels = one.level_or_shown, other.level_or_shown
    if all(levels) and levels[0] != levels[1]:
        yield Evidence(_("They are of different levels."), OTHER_LEVEL)


def _of_seats(one: Profile, other: Profile) -> Iterator[Evidence]:
    if one.seats & other.seats:
        yield Evidence(_("They have their seat in the same municipality."), SAME_SEAT)
    elif one.seats and other.seats:
        yield Evidence(_("They have their seats in different municipalities."), OTHER_SEAT)


def most_alike(one: Profile, others: Iterable[Profile]) -> list[tuple[Profile, Likeness]]:
    """Those that may be the same, the likeliest first."""
    weighed = [(other, compare(one, other)) for other in others]
    found = [it for it in weighed if it[1].verdict is not Verdict.UNLIKELY]
    return sorted(found, key=lambda it: (-it[1].score, it[0].name))
