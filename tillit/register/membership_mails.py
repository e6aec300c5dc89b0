"""What applicants and members are told by mail. No mail with a link is kept."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from tillit.post.outbox import Addressee, Page, Prose, write
from tillit.register.models import (
    Application,
    Contact,
    MembershipDecision,
    Organisation,
    Supplement,
)
from tillit.register.models.membership_decision import DecisionKind

FOLDER = "register/mail"


def confirm(application: Application) -> None:
    """Says nothing that the applicant typed: the address may be that of somebody else."""
    tell(application, "application_confirm", {})


def received(application: Application) -> None:
    tell(application, "application_received", {"organisation": application.name})


def ask(application: Application, supplement: Supplement) -> None:
    tell(application, "application_question", {"question": Prose(supplement.question)})


def decided(application: Application, decision: MembershipDecision) -> None:
    tell(
        application,
        "application_decided",
        {
            "organisation": application.name,
            "admitted": decision.kind == DecisionKind.ADMITTED,
            "day": decision.day,
            **told(decision),
        },
    )


def taken_back(application: Application) -> None:
    tell(application, "application_taken_back", {"organisation": application.name})


def tell(application: Application, template: str, values: dict[str, Any]) -> None:
    """To the applicant, with the link to the application. Nobody, if the address has been erased."""
    if not application.contact_email:
        return
    write(
        f"{FOLDER}/{template}.md",
        Addressee(
            application.contact_email,
            "" if template == "application_confirm" else application.contact_name,
            application.language,
        ),
        {
            "umbrella": application.umbrella.name,
            "page": Page("register:own-application", {"token": application.lasting_token()}),
            **values,
        },
        kind=template.replace("_", "-"),
        about=application.subject,
        secret=True,
    )


def ended(decision: MembershipDecision, today: date) -> None:
    """To those of the member who get its letters."""
    member = decision.member
    assert member is not None  # noqa: S101 (a membership that ends has a member)
    values = {
        "umbrella": decision.umbrella.name,
        "organisation": member.name,
        "kind": str(decision.get_kind_display()),
        "day": decision.day,
        "page": Page("register:membership", {"key": decision.umbrella.key, "member": member.key}),
        **told(decision),
    }
    tell_member(member, today, "membership_ended", values, decision.subject)


def ending_taken_back(decision: MembershipDecision, today: date) -> None:
    member = decision.member
    assert member is not None  # noqa: S101 (a membership that ended had a member)
    values = {"umbrella": decision.umbrella.name, "organisation": member.name}
    tell_member(member, today, "membership_ending_taken_back", values, decision.subject)


def tell_member(
    member: Organisation, today: date, template: str, values: dict[str, Any], about: str
) -> None:
    for contact in receivers(member, today):
        person = contact.person
        write(
            f"{FOLDER}/{template}.md",
            Addressee(
                contact.email,
                person.name if person else "",
                contact.language,
                person=person.subject if person else "",
                organisation=member.subject,
            ),
            values,
            kind=template.replace("_", "-"),
            about=about,
        )


def receivers(organisation: Organisation, day: date) -> QuerySet[Contact]:
    """The addresses that letters to the organisation go to on the day."""
    rows: QuerySet[Contact] = Contact.objects.reached(day).filter(organisation=organisation)
    return rows.select_related("person")


def told(decision: MembershipDecision) -> dict[str, Any]:
    return {
        "decided_on": decision.decided_on,
        "decided_by": decision.decided_by,
        "reference": decision.reference,
        "reason": Prose(decision.reason),
    }
