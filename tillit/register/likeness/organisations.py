"""How alike two organisations are, by all that is known of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from tillit.register.choices import NameKind
from tillit.register.identifiers import check_orgnr
from tillit.register.likeness.evidence import Evidence, Likeness, Verdict
from tillit.register.likeness.names import in_common, names_compared
from tillit.register.likeness.naming import NameParts, parts_of

SAME_NUMBER = Evidence(_("They have the same organisation number."), 8)
SAME_WRONG_NUMBER = Evidence(
    _("They have the same organisation number, though its check digit is wrong."), 3
)
OTHER_NUMBER = Evidence(_("They have different organisation numbers."), -8)
OTHER_LEVEL = Evidence(_("They are of different levels."), -2)
SAME_SEAT = Evidence(_("They have their seat in the same municipality."), 1)
OTHER_SEAT = Evidence(_("They have their seats in different municipalities."), -4)
PART_OF, SIBLINGS = 4, -2
NOTHING = Likeness()  # what is said of most that are compared


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

    @cached_property
    def digits(self) -> frozenset[str]:
        """Of its numbers, right or wrong."""
        return frozenset(check_orgnr(it).digits for it in self.numbers)

    @cached_property
    def right_digits(self) -> frozenset[str]:
        checked = map(check_orgnr, self.numbers)
        return frozenset(it.digits for it in checked if it.holds)


def compare(one: Profile, other: Profile) -> Likeness:
    """What speaks for the two being the same organisation, and against it."""
    found = [*_of_numbers(one, other), *(_best_of_names(one, other) or _of_parents(one, other))]
    if not found:
        return NOTHING
    if any(it.weight > 0 for it in found):
        found += [*_of_levels(one, other), *_of_seats(one, other), *_of_siblings(one, other)]
    return Likeness.of(found)


def _best_of_names(one: Profile, other: Profile) -> list[Evidence]:
    """What the two names say that are most alike, and that one of them is not the present name."""
    alike = [
        (a, b, said)
        for a in one.names
        for b in other.names
        if (said := names_compared(a.parts, b.parts))
    ]
    if not alike:
        return []
    a, b, best = alike[0] if len(alike) == 1 else max(alike, key=_weight)
    return [*best, *(_told_of(it) for it in (a, b) if it.is_other)]


def _weight(pair: tuple[Called, Called, list[Evidence]]) -> int:
    return sum(said.weight for said in pair[2])


def _told_of(name: Called) -> Evidence:
    if name.is_former:
        return Evidence(_("“%(name)s” is a former name."), 0, {"name": name.name})
    words = {"name": name.name, "kind": NameKind(name.kind).label}
    return Evidence(_("“%(name)s” is known beside the name (%(kind)s)."), 0, words)


def _of_parents(one: Profile, other: Profile) -> Iterator[Evidence]:
    """Värmlandskooperativen is a part of Coompanion Sverige, and may be written “Coompanion”."""
    if not (one.parent or other.parent):
        return
    for whole, part in ((one, other), (other, one)):
        above = parts_of(part.parent) if part.parent else None
        if above and in_common(whole.names[0].parts, above):
            words = {"part": part.name, "whole": part.parent}
            yield Evidence(_("%(part)s is a part of %(whole)s."), PART_OF, words)
            return


def _of_siblings(one: Profile, other: Profile) -> Iterator[Evidence]:
    """The parts of a chain are called alike, and are several."""
    if one.parent and one.parent == other.parent and one.name != other.name:
        yield Evidence(_("Both are parts of %(whole)s."), SIBLINGS, {"whole": one.parent})


def _of_numbers(one: Profile, other: Profile) -> Iterator[Evidence]:
    if not (one.numbers and other.numbers):
        return
    shared = one.digits & other.digits
    if shared & one.right_digits:
        yield SAME_NUMBER
    elif shared:
        yield SAME_WRONG_NUMBER
    elif one.right_digits and other.right_digits:
        yield OTHER_NUMBER


def _of_levels(one: Profile, other: Profile) -> Iterator[Evidence]:
    levels = one.level_or_shown, other.level_or_shown
    if all(levels) and levels[0] != levels[1]:
        yield OTHER_LEVEL


def _of_seats(one: Profile, other: Profile) -> Iterator[Evidence]:
    if not one.seats.isdisjoint(other.seats):
        yield SAME_SEAT
    elif one.seats and other.seats:
        yield OTHER_SEAT


def most_alike(one: Profile, others: Iterable[Profile]) -> list[tuple[Profile, Likeness]]:
    """Those that may be the same, the likeliest first."""
    weighed = ((other, compare(one, other)) for other in others)
    found = [it for it in weighed if it[1].verdict is not Verdict.UNLIKELY]
    return sorted(found, key=lambda it: (-it[1].score, it[0].name))
