"""Who may do what with an agreement: the same on both sides, and neither moves it alone."""

from datetime import date

from tillit.agreements.choices import EffortState, Stage
from tillit.agreements.models import Agreement, Effort, ImpactCheck, Party, Version
from tillit.agreements.models.planned import Planned
from tillit.agreements.standing import chosen_party
from tillit.kit.circles import Viewer
from tillit.register.choices import Side
from tillit.register.models import Organisation
from tillit.register.rules import EDITING, LEADING, keeps_a_side, speaks_for
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
    """Says who is party: each side of its own; of both while the agreement is only prepared, and
    nobody stands behind any version of it.
    """
    if may_write_for(viewer, agreement, side):
        return True
    return may_draft(viewer, agreement) and not agreement.has_begun


def may_adopt(viewer: Viewer, version: Version) -> bool:
    """Says for a party that it stands behind the version, as long as not all have."""
    return version.stage != Stage.ADOPTED and may_bind(viewer, version.agreement)


def may_ask_to_sign(viewer: Viewer, version: Version) -> bool:
    """Has all parties asked to sign what all have adopted: who leads any of them."""
    return version.stage == Stage.ADOPTED and may_bind(viewer, version.agreement)


def may_write_for(viewer: Viewer, agreement: Agreement, side: str) -> bool:
    """Writes what a side promises and what it says came of a measure: that side alone."""
    return side_edited_by(viewer, agreement) == side


def may_bind(viewer: Viewer, agreement: Agreement) -> bool:
    """Says for a party that it decided, adopted or signed: who leads the party itself."""
    mandate, party = chosen_mandate(viewer), chosen_party(viewer, agreement)
    return mandate is not None and party is not None and mandate.extent in LEADING


def may_join(viewer: Viewer, agreement: Agreement, organisation: Organisation) -> bool:
    """Says that an organisation joins an agreement, or leaves it: its own editors, and a party's for
    those of the party's own side, of what came on paper.
    """
    if speaks_for(viewer, organisation):
        return True
    side = side_edited_by(viewer, agreement)
    return bool(side) and side == organisation.side


def is_party(organisation: Organisation, agreement: Agreement, day: date) -> bool:
    """Whether it is party on the day, so that it has no need to join."""
    rows = Party.objects.acting(day).filter(agreement=agreement, organisation=organisation)
    return rows.exists()


def may_open_check(viewer: Viewer, agreement: Agreement) -> bool:
    """Says that a change of what the public promises is prepared: the public side."""
    return may_write_for(viewer, agreement, Side.PUBLIC)


def may_word(viewer: Viewer, planned: Planned) -> bool:
    """Writes a plan or a year's orientation while it is prepared: either side."""
    return planned.is_prepared and may_draft(viewer, planned.agreement)


def may_confirm(viewer: Viewer, planned: Planned) -> bool:
    """Says that it was adopted, when the other side has said so: who writes for the side that hasn't."""
    side = side_edited_by(viewer, planned.agreement)
    return planned.said_by is not None and bool(side) and side != planned.said_by


def may_return(viewer: Viewer, planned: Planned) -> bool:
    """Has it prepared further, as long as one side alone has said that it was adopted. Either side."""
    return planned.said_by is not None and may_draft(viewer, planned.agreement)


def may_follow(viewer: Viewer, effort: Effort) -> bool:
    """Says how far an effort of an adopted orientation has come, or what takes its place."""
    it = effort.orientation
    stands = it.is_told and effort.state != EffortState.SET_ASIDE
    return stands and may_draft(viewer, it.agreement)


def may_answer(viewer: Viewer, check: ImpactCheck) -> bool:
    """Analyses what a change would mean, or says the civil side's view of it: each side its own part.

    The view may also come when the analysis has been made.
    """
    side = side_edited_by(viewer, check.agreement)
    comes_after = side == Side.CIVIL and not check.view
    return bool(side) and (check.is_open or comes_after)
