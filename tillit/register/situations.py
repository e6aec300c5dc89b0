"""Who may do what, found out by asking the rules themselves about situations that are made up.

Nothing here is in the database: a viewer remembers the mandates that it was given, so that a rule asks
no further.
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace
from inspect import Parameter, signature
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tillit.kit.circles import PUBLIC, Viewer
from tillit.kit.contributions import Act
from tillit.register import standing
from tillit.register.choices import Extent, Side
from tillit.register.models import Mandate, Organisation, Person, Secretariat, Unit

NOBODYS = -1  # an account that there is not
LAST = "9999-12-31"


@dataclass(frozen=True)
class Stand:
    """In what somebody meets a rule: for whom, and how far."""

    key: str
    title: str | Promise
    extent: Extent | None = None
    signed_in: bool = True
    of_unit: bool = False
    of_other_side: bool = False
    elsewhere: bool = False


STANDS = (
    Stand("anonymous", _("Not signed in"), signed_in=False),
    Stand("outsider", _("Signed in, without a mandate")),
    Stand("elsewhere", _("Edits for another organisation"), Extent.EDIT, elsewhere=True),
    Stand("unit", _("Edits for a unit of it"), Extent.EDIT, of_unit=True),
    Stand("reads", _("Reads for it"), Extent.READ),
    Stand("edits", _("Edits for it"), Extent.EDIT),
    Stand("leads", _("Edits for it and brings in people"), Extent.LEAD),
    Stand("secretariat", _("Secretariat of its side"), Extent.SECRETARIAT),
    Stand(
        "other-secretariat",
        _("Secretariat of the other side"),
        Extent.SECRETARIAT,
        of_other_side=True,
    ),
    Stand("administrator", _("Keeps the installation running"), Extent.ADMINISTER),
)


class Scene:
    """An organisation of one side, with a unit, and each side's secretariat."""

    def __init__(self, side: Side) -> None:
        other = Side.PUBLIC if side is Side.CIVIL else Side.CIVIL
        self.own, self.others = secretariat(1, side), secretariat(2, other)
        self.organisation = organisation(3, side, self.own)
        self.elsewhere = organisation(4, side, self.own)
        self.unit = Unit(pk=1, key="unit", name="", organisation=self.organisation)

    def viewer(self, stand: Stand) -> Viewer:
        if not stand.signed_in:
            return Viewer()
        mandates = [self.mandate(stand)] if stand.extent else []
        person = mandates[0].person if mandates else None
        known: dict[Hashable, Any] = {"register.mandates": mandates, "register.person": person}
        seed = Viewer(account=NOBODYS, _made=known)
        circles = frozenset({PUBLIC, *standing.circles(seed)})
        return replace(seed, circles=circles, identity=standing.identity(seed))

    def mandate(self, stand: Stand) -> Mandate:
        kept = self.others if stand.of_other_side else self.own
        works_in = stand.extent is Extent.SECRETARIAT
        whom = self.elsewhere if stand.elsewhere else self.organisation
        if works_in or stand.extent is Extent.ADMINISTER:
            whom = kept.organisation
        return Mandate(
            pk=1,
            key="mandate",
            person=Person(pk=1, key="person", name=""),
            organisation=whom,
            unit=self.unit if stand.of_unit else None,
            extent=stand.extent or "",
            secretariat=kept if works_in else None,
            start="2000-01-01",
            end=LAST,
        )

    def may(self, stand: Stand, act: Act) -> bool:
        """What the rule answers, of this organisation or what the act is about."""
        viewer = self.viewer(stand)
        if takes(act) == 1:
            return bool(act.rule(viewer))
        thing = act.of(self.organisation) if act.of else self.organisation
        return bool(act.rule(viewer, thing))


def takes(act: Act) -> int:
    """How many things the rule must be given."""
    kinds = (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD)
    needed = signature(act.rule).parameters.values()
    return sum(it.kind in kinds and it.default is Parameter.empty for it in needed)


def organisation(pk: int, side: Side, kept_by: Secretariat | None = None) -> Organisation:
    return Organisation(
        pk=pk, key=f"organisation-{pk}", name="", sector=side.value, secretariat=kept_by
    )


def secretariat(pk: int, side: Side) -> Secretariat:
    keeper = organisation(pk + 10, side)
    return Secretariat(pk=pk, key=f"secretariat-{pk}", side=side.value, organisation=keeper)


@dataclass(frozen=True)
class Answer:
    """Who may do one thing: for each stand, whether."""

    act: Act
    may: tuple[bool, ...]

    @property
    def stands(self) -> Iterator[tuple[Stand, bool]]:
        return zip(STANDS, self.may, strict=True)

    @property
    def those_who_may(self) -> list[Stand]:
        return [stand for stand, may in self.stands if may]


def answers(acts: list[Act], side: Side) -> list[Answer]:
    """What each stand may do with an organisation of the side."""
    scene = Scene(side)
    return [Answer(act, tuple(scene.may(stand, act) for stand in STANDS)) for act in acts]
