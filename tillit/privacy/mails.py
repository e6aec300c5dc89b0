"""The mails to who asks to be erased, and to who reported something."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from tillit.accounts.models import User
from tillit.accounts.owners import own_addresses
from tillit.post.outbox import Addressee, Page, Prose, write
from tillit.privacy.models import ErasureDecision, ErasureRequest, Report
from tillit.register.models import Contact

KIND = "privacy"


def addressee(row: ErasureRequest) -> Addressee | None:
    """Where an answer goes: the address that was shown by a link, the account's, the contact's."""
    email = row.email
    user = User.objects.filter(pk=row.account_id).first() if row.account_id else None
    if not email and user:
        email = next(iter(own_addresses(user)), "")
    if not email and row.person:
        contacts = Contact.objects.filter(person=row.person).exclude(email="")
        email = contacts.order_by("-pk").values_list("email", flat=True).first() or ""
    name = row.person.name if row.person else ""
    return Addressee(email, name, row.language or settings.LANGUAGE_CODE) if email else None


def confirm(row: ErasureRequest) -> None:
    """The link that shows the address to be the asker's."""
    write(
        "privacy/mail/confirm.md",
        Addressee(row.email, language=row.language),
        {"name": row.person.name if row.person else "", "link": page_of(row)},
        kind=KIND,
        about=row.subject,
        urgent=True,
        secret=True,
    )


def received(row: ErasureRequest) -> None:
    to = addressee(row)
    if to:
        page = page_of(row) if row.token_seed else Page("privacy:ask")
        write(
            "privacy/mail/received.md",
            to,
            {"due": row.due, "link": page},
            kind=KIND,
            about=row.subject,
            secret=bool(row.token_seed),
        )


def page_of(row: ErasureRequest) -> Page:
    return Page("privacy:by-link", {"token": row.token})


def decided(row: ErasureRequest, decision: ErasureDecision, to: Addressee | None) -> None:
    """What was decided and why; written after the erasure, and emptied when it has been sent."""
    if to is None:
        return
    with override(to.language):
        words = {
            "outcome": decision.outcome,
            "decision": decision.get_outcome_display(),
            "ground": decision.get_ground_display(),
            "reason": Prose(decision.reason),
            "asked": timezone.localdate(row.asked_at),
            "privacy": Page("privacy:privacy"),
        }
    write(
        "privacy/mail/decided.md", to, words, kind=KIND, about=row.subject, urgent=True, secret=True
    )


def answer(report: Report, text: str) -> None:
    write(
        "privacy/mail/answer.md",
        Addressee(report.email, language=report.language),
        {"text": Prose(text), "where": report.where, "sent": timezone.localdate(report.sent_at)},
        kind=KIND,
        about=report.subject,
    )
