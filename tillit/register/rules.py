"""Who may do what in the register. Each rule is asked by the pages, and told on a page of its own.

A rule looks at the chosen mandate alone, at what it is about, and never at the clock or the
database beyond the rows it is given. Both sides are held by the same rules.
"""

from tillit.kit.access import signed_in
from tillit.kit.circles import Viewer
from tillit.register.choices import LADDER, Extent
from tillit.register.models import (
    Contact,
    Invitation,
    Mandate,
    Organisation,
    Secretariat,
    Unit,
)
from tillit.register.standing import chosen_mandate, person_of

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
    return mandate is not None and leads(mandate, organisation)


def may_propose(viewer: Viewer, organisation: Organisation) -> bool:
    """Anyone signed in who can't edit may say what should be changed."""
    return signed_in(viewer) and not may_edit(viewer, organisation)


def may_decide_membership(viewer: Viewer, umbrella: Organisation) -> bool:
    """Who edits an umbrella's entry decides on its members, and says who may apply."""
    return may_edit(viewer, umbrella)


def speaks_for(viewer: Viewer, organisation: Organisation) -> bool:
    """Edits for the organisation itself, and not for a secretariat that looks after it."""
    mandate = chosen_mandate(viewer)
    return mandate is not None and _is_for(mandate, organisation) and mandate.extent in EDITING


def may_resign(viewer: Viewer, member: Organisation) -> bool:
    """Who edits for a member itself may say that it leaves. Its secretariat may not."""
    return speaks_for(viewer, member)


def may_read_membership(viewer: Viewer, umbrella: Organisation, member: Organisation) -> bool:
    """The umbrella and the member see what was decided of the membership, and why."""
    mine = {umbrella.own_circle, member.own_circle} & viewer.circles
    return bool(mine) or may_decide_membership(viewer, umbrella)


def may_add_organisation(viewer: Viewer) -> bool:
    return keeps_a_side(viewer)


def may_add_to(viewer: Viewer, secretariat: Secretariat) -> bool:
    """Each secretariat enters organisations of its own side, and none of the other's."""
    return may_add_organisation(viewer) and secretariat_of(viewer) == secretariat


def may_bring_in(viewer: Viewer) -> bool:
    """Brings in lists of organisations, members and persons: a secretariat, for its own side."""
    return keeps_a_side(viewer)


def may_keep_sources(viewer: Viewer) -> bool:
    """Attaches documents to sources, which belong to nobody: either secretariat, administrators."""
    return keeps_a_side(viewer) or administers(viewer)


def may_see_people(viewer: Viewer, organisation: Organisation) -> bool:
    """Sees who acts for an organisation: it itself, and who brings in people for it."""
    return organisation.own_circle in viewer.circles or may_lead(viewer, organisation)


def may_appoint(viewer: Viewer, extent: str, organisation: Organisation) -> bool:
    """Who gives, changes and ends a mandate of which extent."""
    mandate = chosen_mandate(viewer)
    return mandate is not None and appoints(mandate, extent, organisation)


def appoints(mandate: Mandate, extent: str, organisation: Organisation) -> bool:
    """Whether somebody brings in people by the mandate.

    Administrators bring in administrators and the first of a side's secretariat; a secretariat its
    own successors; who leads an organisation its readers, editors and leaders.
    """
    administers_by_it = mandate.extent == Extent.ADMINISTER
    if extent == Extent.ADMINISTER:
        return administers_by_it
    if extent == Extent.SECRETARIAT:
        return administers_by_it or (mandate.extent == extent and _is_for(mandate, organisation))
    return leads(mandate, organisation)


def leads(mandate: Mandate, organisation: Organisation) -> bool:
    """Whether somebody brings in people for the organisation itself by the mandate."""
    if _is_for(mandate, organisation) and mandate.extent in LEADING:
        return True
    return _looks_after(mandate, organisation)


def may_invite_to(viewer: Viewer, organisation: Organisation) -> bool:
    """Invites somebody to act for the organisation, to whatever extent."""
    return any(may_appoint(viewer, extent, organisation) for extent in Extent.values)


def may_appoint_to(viewer: Viewer, secretariat: Secretariat) -> bool:
    """Brings in people for a secretariat: those who work in it, and administrators."""
    return may_appoint(viewer, Extent.SECRETARIAT, secretariat.organisation)


def may_change_extent(viewer: Viewer, mandate: Mandate) -> bool:
    """Gives somebody more or less of the organisation than before."""
    return mandate.extent in LADDER and may_lead(viewer, mandate.organisation)


def may_end(viewer: Viewer, mandate: Mandate) -> bool:
    """One's own mandate one may always give up; others' whoever could give it."""
    return is_own(viewer, mandate) or may_appoint(viewer, mandate.extent, mandate.organisation)


def is_own(viewer: Viewer, mandate: Mandate) -> bool:
    person = person_of(viewer)
    return person is not None and mandate.person_id == person.pk


def may_answer_for(viewer: Viewer, invitation: Invitation) -> bool:
    """Sends an invitation again, and withdraws it."""
    return may_appoint(viewer, invitation.extent, invitation.organisation)


def may_keep_contacts(viewer: Viewer, organisation: Organisation) -> bool:
    """Says at which addresses an organisation is reached, and who holds its functions' addresses."""
    return _leads_openly(viewer, organisation)


def may_correct_contact(viewer: Viewer, contact: Contact) -> bool:
    """One's own address and phone one puts right oneself; not the address of a function."""
    person = person_of(viewer)
    own = person is not None and contact.person_id == person.pk and not contact.is_function
    return own or may_keep_contacts(viewer, contact.organisation)


def may_hand_over(viewer: Viewer, organisation: Organisation) -> bool:
    """Says what becomes of all that somebody held, when that person leaves."""
    return _leads_openly(viewer, organisation)


def may_name_secretariats(viewer: Viewer) -> bool:
    """Says which organisation keeps the secretariat of which side."""
    return administers(viewer)


def _leads_openly(viewer: Viewer, organisation: Organisation) -> bool:
    """Leads it, and sees its people and addresses: a protected one's secretariat sees neither."""
    mandate = chosen_mandate(viewer)
    if mandate is None or not leads(mandate, organisation):
        return False
    return _is_for(mandate, organisation) or not organisation.protected


def _is_for(mandate: Mandate, organisation: Organisation) -> bool:
    return mandate.organisation_id == organisation.pk and mandate.unit_id is None


def _looks_after(mandate: Mandate, organisation: Organisation) -> bool:
    kept = mandate.secretariat
    return (
        kept is not None
        and organisation.secretariat_id == kept.pk
        and kept.side == organisation.side
    )
