"""Who may bring in what: each kind says itself."""

from tillit.intake.models import Intake
from tillit.kit.bringing import Kind
from tillit.kit.circles import Viewer
from tillit.kit.contributions import brings


def kinds_for(viewer: Viewer) -> list[Kind]:
    return [kind for kind in brings() if kind.may(viewer)]


def may_bring_in(viewer: Viewer) -> bool:
    """Brings in rows of some kind, in the chosen capacity."""
    return bool(kinds_for(viewer))


def may_go_on(viewer: Viewer, intake: Intake) -> bool:
    """One's own, on behalf of the same organisation as it was begun for."""
    chosen = viewer.chosen
    return (
        chosen is not None
        and viewer.identity.person == intake.owner.subject
        and chosen.behalf == intake.behalf
        and any(kind.name == intake.kind for kind in kinds_for(viewer))
    )


def kind_of(intake: Intake) -> Kind:
    found: Kind = next(kind for kind in brings() if kind.name == intake.kind)
    return found
