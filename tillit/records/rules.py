"""Who may do what with a record: its keeper's own, and for signatures each party its own."""

from typing import Any

from tillit.kit.circles import Viewer
from tillit.records.models import Record
from tillit.register.models import Organisation
from tillit.register.rules import LEADING, speaks_for
from tillit.register.standing import chosen_mandate


def may_enter(viewer: Viewer) -> bool:
    """Enters records for somebody: whoever edits for an organisation itself."""
    return acting_for(viewer) is not None


def acting_for(viewer: Viewer) -> Organisation | None:
    """The organisation for which the viewer enters records by the chosen mandate."""
    mandate = chosen_mandate(viewer)
    if mandate is None or not speaks_for(viewer, mandate.organisation):
        return None
    found: Organisation = mandate.organisation
    return found


def may_keep_for(viewer: Viewer, organisation: Organisation) -> bool:
    """Enters, establishes, sends and asks for signatures for the organisation that keeps it."""
    return speaks_for(viewer, organisation)


def may_keep(viewer: Viewer, record: Record) -> bool:
    return may_keep_for(viewer, record.keeper)


def may_ask(viewer: Viewer, record: Record) -> bool:
    """Asks for signatures, and asks no more: not where that was settled with what it belongs to."""
    return not record.joint and may_keep(viewer, record)


def may_edit(viewer: Viewer, record: Record) -> bool:
    """Changes what is told of it; what was established and destroyed is told of as it was."""
    return not record.is_weeded and may_keep(viewer, record)


def may_sign_for(viewer: Viewer, organisation: Organisation) -> bool:
    """Binds the organisation: who leads it, or works in the secretariat that it keeps itself."""
    mandate = chosen_mandate(viewer)
    return (
        mandate is not None
        and mandate.extent in LEADING
        and mandate.unit_id is None
        and mandate.organisation_id == organisation.pk
    )


def may_weed_for(viewer: Viewer, organisation: Organisation) -> bool:
    """Destroys what the organisation keeps, when its own rule says so."""
    return may_sign_for(viewer, organisation)


def may_weed(viewer: Viewer, record: Record) -> bool:
    return may_weed_for(viewer, record.keeper)


def may_number_for(viewer: Viewer, organisation: Organisation) -> bool:
    """Says under which number the organisation has it in its own registry."""
    return speaks_for(viewer, organisation)


def may_number(viewer: Viewer, record: Record) -> bool:
    """Any organisation that acts here may have the record in its registry."""
    return not record.is_weeded and may_enter(viewer)


def chosen_signatory(viewer: Viewer, asked: Any) -> Any:
    """Of those who are asked, the one for whom the viewer may sign."""
    return next((it for it in asked if may_sign_for(viewer, it.organisation)), None)
