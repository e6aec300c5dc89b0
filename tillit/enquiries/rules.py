"""Who may do what with the yearly question. The same for umbrellas of both sides."""

from tillit.enquiries.models import Correction
from tillit.kit.circles import Viewer
from tillit.register.models import Organisation
from tillit.register.rules import may_edit, may_keep_contacts, speaks_for


def may_ask_members(viewer: Viewer, umbrella: Organisation) -> bool:
    """Who edits an umbrella's entry writes its yearly question, sends it and sees the answers."""
    return may_edit(viewer, umbrella)


def may_answer(viewer: Viewer, member: Organisation) -> bool:
    """Who edits for a member answers for it when signed in. Whoever has the link needs no account."""
    return speaks_for(viewer, member)


def may_take_over(viewer: Viewer, correction: Correction) -> bool:
    """Who may change what is told of the organisation, or how it is reached, takes corrections over."""
    if correction.tells_of_people:
        return may_keep_contacts(viewer, correction.organisation)
    return may_edit(viewer, correction.organisation)
