"""Who may do what with a consultation. The same for both sides, and neither moves it alone."""

from tillit.agreements.models import Consultation, Consulted
from tillit.agreements.rules import may_bind, may_draft, side_edited_by
from tillit.kit.circles import Viewer
from tillit.register.models import Organisation
from tillit.register.rules import speaks_for


def may_prepare(viewer: Viewer, consultation: Consultation) -> bool:
    """Writes it and its questions, before it is sent out: who edits for a party of either side."""
    return consultation.is_prepared and may_draft(viewer, consultation.agreement)


def may_invite(viewer: Viewer, consultation: Consultation) -> bool:
    """Says who is asked, also of one that is open: who edits for a party of either side."""
    return not consultation.is_closed and may_draft(viewer, consultation.agreement)


def may_follow(viewer: Viewer, consultation: Consultation) -> bool:
    """Sees who is asked and who has not answered, and reminds: who edits for a party."""
    return may_draft(viewer, consultation.agreement)


def may_respond(viewer: Viewer, consultation: Consultation) -> bool:
    """Writes what became of what was said, as one text of both sides, until it is published."""
    return (
        not consultation.is_prepared
        and consultation.responses_at is None
        and may_draft(viewer, consultation.agreement)
    )


def side_that_says(viewer: Viewer, consultation: Consultation) -> str:
    """The side for which the viewer says go ahead, as who leads its party; empty if for none."""
    agreement = consultation.agreement
    return side_edited_by(viewer, agreement) if may_bind(viewer, agreement) else ""


def may_say(viewer: Viewer, consultation: Consultation) -> bool:
    return bool(side_that_says(viewer, consultation))


def may_renew_link(viewer: Viewer, asked: Consulted) -> bool:
    """Has an organisation's link cut and a new one sent: its own editors, and who edits for a party."""
    it, own = asked.consultation, asked.organisation
    if own is None or it.is_prepared or it.is_closed:
        return False
    return speaks_for(viewer, own) or may_follow(viewer, it)


def may_answer_for(viewer: Viewer, organisation: Organisation) -> bool:
    """Who edits for an organisation answers for it when signed in. The link needs no account."""
    return speaks_for(viewer, organisation)
