"""Who may do what in the register. Each rule is asked by the pages, and told on a page of its own.

A rule looks at the chosen mandate alone, at what it is about, and never at the clock or the
database beyond the rows it is given. Both sides are held by the same rules.
"""

from tillit.kit.access import signed_in
from tillit.kit.circles import Viewer
from tillit.register.choices import Extent
from tillit.register.models import Mandate, Organisation, Secretariat, Unit
from tillit.register.standing import chosen_mandate

EDITING = {Extent.EDIT, Extent.LEAD, Extent.SECRETARIAT}
LEADING = {Extent.LEAD, Extent.SECRETARIAT}


def administers(viewer: Viewer) -> bool:
    """Keeps the installation running: mail, background work, administrators, first secretariats."""
    mandate = chosen_mandate(viewer)
    return mandate is not None and mandate.extent == Extent.ADMINISTER


def keeps_a_side(viewer: Viewer) -> bool:
    """Works in the secretariat of one of the sides."""
    return secretariat_of(viewer) is not None


def secretariat_of(viewer: Viewer) -> Secretariat | None:
    mandate = chosen_mandate(viewer)
    return mandate.secretariat if mandate else None


def acts_for_somebody(viewer: Viewer) -> bool:
    """Has a mandate, of whatever kind."""
    return chosen_mandate(viewer) is not None


def may_read_own(viewer: Viewer, organisation: Organisation) -> bool:
    """Sees what only the organisation itself and its secretariat see."""
    return organisation.own_circle in viewer.circles or may_edit(viewer, organisation)


def may_edit(viewer: Viewer, organisation: Organisation) -> bool:
    """The secretariat that looks after the entry, and those who edit for the organisation itself.

    A protected organisation is edited by itself alone: its secretariat doesn't see all of it.
    """
    mandate = chosen_mandate(viewer)
    if mandate is None:
        return False
    if _is_for(mandate, organisation) and mandate.extent in EDITING:
        return True
    return _looks_after(mandate, organisation) and not organisation.protected


def may_edit_unit(viewer: Viewer, unit: Unit) -> bool:
    """Those who edit the organisation, and those whose mandate is for the unit."""
    mandate = chosen_mandate(viewer)
    if mandate is not None and mandate.unit_id == unit.pk and mandate.extent in EDITING:
        return True
    return may_edit(viewer, unit.organisation)


def may_lead(viewer: Viewer, organisation: Organisation) -> bool:
    """Brings in people for the organisation, ends their mandates, hands over."""
    mandate = chosen_mandate(viewer)
    if mandate is None:
        return False
    if _is_for(mandate, organisation) and mandate.extent in LEADING:
        return True
    return _looks_after(mandate, organisation)


def may_propose(viewer: Viewer, organisation: Organisation) -> bool:
    """Anyone signed in who can't edit may say what should be changed."""
    return signed_in(viewer) and not may_edit(viewer, organisation)


def may_add_organisation(viewer: Viewer) -> bool:
    return keeps_a_side(viewer)


def may_appoint(viewer: Viewer, extent: str, organisation: Organisation) -> bool:
    """Who gives a mandate of which extent.

    Administrators bring in administrators and the first of a side's secretariat; a secretariat its
    own successors; who leads an organisation its readers, editors and leaders.
    """
    if extent == Extent.ADMINISTER:
        return administers(viewer)
    if extent == Extent.SECRETARIAT:
        mandate = chosen_mandate(viewer)
        own = mandate is not None and mandate.extent == extent and _is_for(mandate, organisation)
        return own or administers(viewer)
    return may_lead(viewer, organisation)


def _is_for(mandate: Mandate, organisation: Organisation) -> bool:
    return mandate.organisation_id == organisation.pk and mandate.unit_id is None


def _looks_after(mandate: Mandate, organisation: Organisation) -> bool:
    kept = mandate.secretariat_id
    return (
        kept is not None
        and organisation.secretariat_id == kept
        and mandate.secretariat.side == organisation.side
    )
