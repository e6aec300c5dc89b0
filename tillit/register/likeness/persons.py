"""How alike two persons are. A name alone is no proof: Peter Nilsson is two persons."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from tillit.kit.swedish import fold
from tillit.register.likeness.evidence import Evidence, Likeness
from tillit.register.likeness.spelling import sound

SAME_NAME = Evidence(_("The names are the same."), 4)
SPELLED = Evidence(_("The names sound the same and are spelled differently."), 3)
NEAR = Evidence(_("The names are spelled nearly the same."), 2)
SAME_MAIL = Evidence(_("They have the same e-mail address."), 6)
SAME_PHONE = Evidence(_("They have the same phone number."), 3)
SAME_ORGANISATION, OTHER_ORGANISATIONS, ELSEWHERE = 3, -2, -4
NEAR_ENOUGH = 0.9


@dataclass(frozen=True)
class Service:
    """Where a person has a role, and between which days it may be held."""

    organisation: str  # its key
    name: str
    since: date = date.min
    until: date = date.max

    def meets(self, other: "Service") -> bool:
        return self.since <= other.until and other.since <= self.until


@dataclass(frozen=True)
class Figure:
    """What a person is known by: of a row of the register, or of one that is brought in."""

    name: str
    services: tuple[Service, ...] = ()
    mails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    key: str = ""
    pk: int = 0  # of a row of the register

    @cached_property
    def folded(self) -> str:
        return fold(self.name)

    @cached_property
    def spelled(self) -> str:
        return spelled(self.name)


def spelled(name: str) -> str:
    """What names of persons meet by: the surname first, `lndkvst anknstn`."""
    *given, surname = [sound(word) for word in fold(name).split()] or [""]
    return f"{surname} {''.join(given)}"


def compare(one: Figure, other: Figure) -> Likeness:
    """What speaks for the two being the same person, and against it."""
    found = [*_of_names(one, other), *_of_addresses(one, other)]
    if found:
        found += _of_services(one, other)
    return Likeness.of(found)


def _of_names(one: Figure, other: Figure) -> Iterator[Evidence]:
    if one.folded == other.folded:
        yield SAME_NAME
    elif one.spelled == other.spelled:
        yield SPELLED
    elif _are_near(one.folded, other.folded):
        yield NEAR


def _are_near(one: str, other: str) -> bool:
    spelling = SequenceMatcher(None, one, other)
    return spelling.quick_ratio() >= NEAR_ENOUGH and spelling.ratio() >= NEAR_ENOUGH


def _of_addresses(one: Figure, other: Figure) -> Iterator[Evidence]:
    if one.mails & other.mails:
        yield SAME_MAIL
    if one.phones & other.phones:
        yield SAME_PHONE


def _of_services(one: Figure, other: Figure) -> Iterator[Evidence]:
    """What they do in common; or that they do it in different places, at one time or not."""
    if not (one.services and other.services):
        return
    shared = {it.organisation for it in one.services} & {it.organisation for it in other.services}
    if shared:
        name = next(it.name for it in one.services if it.organisation in shared)
        yield Evidence(_("Both have a role in %(name)s."), SAME_ORGANISATION, {"name": name})
        return
    a, b = next(
        ((a, b) for a in one.services for b in other.services if a.meets(b)),
        (one.services[0], other.services[0]),
    )
    words = {"one": a.name, "other": b.name}
    if a.meets(b):
        said = _("They have roles in different places at the same time: %(one)s and %(other)s.")
        yield Evidence(said, ELSEWHERE, words)
    else:
        said = _("They have roles in different places: %(one)s and %(other)s.")
        yield Evidence(said, OTHER_ORGANISATIONS, words)
