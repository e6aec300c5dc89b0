"""Mail to those who answer: the link to one that came by itself, and what was said when it was sent."""

from datetime import datetime

from tillit.accounts.models import User
from tillit.agreements.consulting.parts import Answer, Part
from tillit.agreements.consulting.sending import receivers_of, values_of
from tillit.agreements.models import Consulted, Reply
from tillit.kit.circles import Viewer
from tillit.post.outbox import Addressee, write

LINK = "agreements/consultation/mail/link.md"
RECEIPT = "agreements/consultation/mail/receipt.md"


def write_link(it: Consulted) -> None:
    """To the address that somebody gave: whoever reads it there may answer."""
    write(
        LINK,
        Addressee(it.email, "", it.language),
        values_of(it),
        kind="consultation-link",
        about=it.subject,
        urgent=True,
        secret=True,
        sender_name=it.consultation.agreement.title,
    )


def write_receipt(reply: Reply, answer: Answer, viewer: Viewer, now: datetime) -> None:
    """To all who could have answered, and to whoever did."""
    asked = reply.consulted
    stance = reply.stance
    values = {
        **values_of(asked),
        "position": stance.label if stance else "",
        "is_late": reply.is_late,
        "answered_by": reply.answered_by,
        "parts": [told(part) for part in answer.said],
        "replaceable": not reply.is_late,
    }
    for to in {it.email: it for it in (*receivers_of(asked, now), *own_address(viewer))}.values():
        write(
            RECEIPT,
            to,
            values,
            kind="consultation-receipt",
            about=asked.subject,
            secret=True,
            sender_name=asked.consultation.agreement.title,
        )


def told(part: Part) -> dict[str, object]:
    """A part in words, for a mail."""
    answers = [f"{question.text} {text}" for question, text in part.answered]
    comments = [
        f"“{it.quotation}” – {it.text}" if it.quotation else it.text for it in part.comments
    ]
    said = [part.text] if part.text else []
    return {"title": part.title, "said": [*said, *answers, *comments]}


def own_address(viewer: Viewer) -> list[Addressee]:
    users = User.objects.filter(pk=viewer.account) if viewer.account else User.objects.none()
    name, person = viewer.identity.name, viewer.identity.person
    return [Addressee(it.email, name, person=person) for it in users if it.email]
