"""Who may do what with an agreement: the same on both sides, and neither moves it alone."""

from tillit.agreements.choices import Stage
from tillit.agreements.models import Agreement, Version
from tillit.agreements.standing import chosen_party
from tillit.kit.circles import Viewer
from tillit.register.rules import EDITING, LEADING, keeps_a_side
from tillit.register.standing import chosen_mandate


def may_begin(viewer: Viewer) -> bool:
    """Enters a new agreement: the secretariat of either side."""
    return keeps_a_side(viewer)


def side_edited_by(viewer: Viewer, agreement: Agreement) -> str:
    """The side for which the viewer writes in the agreement; empty if for none."""
    mandate, party = chosen_mandate(viewer), chosen_party(viewer, agreement)
    return party.side if mandate and party and mandate.extent in EDITING else ""


def may_draft(viewer: Viewer, agreement: Agreement) -> bool:
    """Writes in what the parties have in common: the entry, and drafts of versions. Either side."""
    return bool(side_edited_by(viewer, agreement))


def may_edit_version(viewer: Viewer, version: Version) -> bool:
    """Changes the wording, which is done in drafts alone: what was adopted stands as it was adopted,
    also when only one party has done so.
    """
    may = version.stage == Stage.DRAFT and may_draft(viewer, version.agreement)
    return may and not version.is_bound


def may_write_party(viewer: Viewer, agreement: Agreement, side: str) -> bool:
    """Says who is party: each side of its own; of both while the agreement is only prepared."""
    if may_write_for(viewer, agreement, side):
        return True
    return may_draft(viewer, agreement) and not agreement.has_begun


def may_adopt(viewer: Viewer, version: Version) -> bool:
    """Says for a party that it stands behind the version, as long as not all have."""
    return version.stage != Stage.ADOPTED and may_bind(viewer, version.agreement)


def may_write_for(viewer: Viewer, agreement: Agreement, side: str) -> bool:
    """Writes what a side promises and what it says came of a measure: that side alone."""
    return side_edited_by(viewer, agreement) == side


def may_bind(viewer: Viewer, agreement: Agreement) -> bool:
    """Says for a party that it decided, adopted or signed: who leads the party itself."""
    mandate, party = chosen_mandate(viewer), chosen_party(viewer, agreement)
    return mandate is not None and party is not None and mandate.extent in LEADING
