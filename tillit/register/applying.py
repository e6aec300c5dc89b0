"""What an applicant does: applies, confirms the address, answers a question, withdraws."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.kit.changes import Actor, change, create, new_key
from tillit.kit.refusal import Refused
from tillit.register import membership_mails as mails
from tillit.register.models import Application, Supplement
from tillit.register.models.application import ApplicationState

CONFIRM_WITHIN = timedelta(days=7)


def apply(application: Application, actor: Actor | None, now: datetime) -> Application:
    """Write a new application.

    Without an actor it was written by somebody who has not signed in: it counts when the address
    has been confirmed by the link that goes there.
    """
    application.key, application.applied_at = new_key(), now
    application.make_link()
    if actor:
        application.state, application.confirmed_at = ApplicationState.WAITING, now
    with transaction.atomic():
        create(application, actor or by_link(application))
        (mails.received if actor else mails.confirm)(application)
    return application


def by_link(application: Application) -> Actor:
    """Whoever has the link of the application."""
    return Actor(application.subject)


def confirm(application: Application, now: datetime) -> None:
    """The address is right, and the umbrella has something to decide. Once more does nothing."""
    with transaction.atomic():
        it = locked(application)
        if it.state != ApplicationState.UNCONFIRMED:
            return
        if it.applied_at + CONFIRM_WITHIN < now:
            raise Refused(_("The link is too old. Apply once more."), 410)
        change(it, {"state": ApplicationState.WAITING, "confirmed_at": now}, by_link(it))
        mails.received(it)


def answer(supplement: Supplement, text: str, actor: Actor, now: datetime) -> None:
    """Answer what the office asked. It decides again when nothing more is open."""
    with transaction.atomic():
        it = locked(supplement.application)
        if not it.is_open:
            raise settled_already()
        Supplement.objects.filter(pk=supplement.pk).update(answer=text, answered_at=now)
        if not it.supplements.filter(answered_at=None).exists():
            change(it, {"state": ApplicationState.WAITING}, actor, _("answered"))


def withdraw(application: Application, actor: Actor, now: datetime) -> None:
    with transaction.atomic():
        it = locked(application)
        if it.state == ApplicationState.WITHDRAWN:
            return
        if it.is_settled:
            raise settled_already()
        if it.state == ApplicationState.UNCONFIRMED:
            raise Refused(_("It is not confirmed, so there is nothing to withdraw."), 409)
        change(it, {"state": ApplicationState.WITHDRAWN, "settled_at": now}, actor)


def locked(application: Application) -> Application:
    """The application as it stands now, kept from others until the end of the transaction."""
    found: Application = (
        Application.objects.select_for_update(of=("self",))
        .select_related("umbrella__secretariat", "member")
        .get(pk=application.pk)
    )
    return found


def settled_already() -> Refused:
    return Refused(_("The application has been settled meanwhile. Load the page again."), 409)
