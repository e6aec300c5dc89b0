"""What privacy itself keeps of a person: requests, and reports with an address."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tillit.kit.contributions import OwnData, Rows, addresses_of
from tillit.kit.personal.relatives import row_of
from tillit.privacy import elsewhere
from tillit.privacy.deciding import EMPTY
from tillit.privacy.models import ErasureRequest, Report
from tillit.register.models import Person


def person_of(subject: str) -> Person | None:
    found = row_of(subject) if subject else None
    return found if isinstance(found, Person) else None


def own_data(person: str, account: int | None) -> Iterator[OwnData]:
    yield _requests(person, account)
    yield _reports(person, account)
    yield _elsewhere(person, account)


def _requests(person: str, account: int | None) -> OwnData:
    return OwnData(
        title=_("Requests for erasure"),
        name="requests",
        why=_("To decide on them, and to be able to show that it was done."),
        rows=lambda: requests_of(person, account),
        labels={
            "asked_at": _("Asked"),
            "parts": _("Parts"),
            "reason": _("Reason"),
            "proof": _("How it is known"),
            "email": _("E-mail"),
            "language": _("Language"),
            "state": _("State"),
            "decided_at": _("Decided"),
            "ground": _("Ground"),
            "decision_reason": _("Reason of the decision"),
        },
        ground=_("Legal obligation: articles 12 and 17 of the GDPR."),
        seen_by=_("Those who decide on them."),
        kept_for=_("One year after the decision."),
        remains=_("That a request was made and decided, and on which ground; not by whom."),
    )


def _reports(person: str, account: int | None) -> OwnData:
    return OwnData(
        title=_("Reports on accessibility"),
        name="reports",
        why=_("To mend what doesn't work, and to answer."),
        rows=lambda: reports_of(person, account),
        labels={
            "sent_at": _("Sent"),
            "what": _("What"),
            "where": _("Page"),
            "email": _("E-mail"),
            "language": _("Language"),
        },
        ground=_("Legal obligation: the law on accessibility of digital public service."),
        seen_by=_("The administrators of this installation."),
        kept_for=_("Half a year after it was finished."),
        remains=_("What was reported, without the address."),
        erase=lambda: forget_reports(person, account),
    )


def _elsewhere(person: str, account: int | None) -> OwnData:
    return OwnData(
        title=_("Where else you are named"),
        name="elsewhere",
        why=_("So that it can be seen who did what: decided, answered, gave a mandate."),
        rows=lambda: elsewhere.rows_of(person_of(person), account),
        labels={"noun": _("What"), "row": _("Which"), "as": _("As what")},
        ground=_("Legitimate interest: whoever relies on a decision must know who made it."),
        seen_by=_("Those who see what it is about."),
        kept_for=_("As long as what it is about."),
        remains=_("The deeds, without your name."),
        erase=lambda: elsewhere.erase(person_of(person), account),
    )


def requests_of(person: str, account: int | None) -> Rows:
    me = person_of(person)
    mine = ErasureRequest.objects.of(me, account)
    by_me = ErasureRequest.objects.filter(email__in=addresses_of(person, account))
    rows = (mine | by_me).select_related("decided")
    return [
        {
            "asked_at": it.asked_at,
            "parts": it.parts,
            "reason": it.reason,
            "proof": it.proof,
            "email": it.email,
            "language": it.language,
            "state": it.state_in_words,
            "decided_at": it.decided_at,
            "ground": it.decision.get_ground_display() if it.decision else "",
            "decision_reason": it.decision.reason if it.decision else "",
        }
        for it in rows.order_by("asked_at", "pk")
    ]


def reports_of(person: str, account: int | None) -> Rows:
    rows = Report.objects.filter(email__in=addresses_of(person, account)).order_by("sent_at", "pk")
    return list(rows.values("sent_at", "what", "where", "email", "language"))


def forget_reports(person: str, account: int | None) -> int:
    rows = Report.objects.filter(email__in=addresses_of(person, account))
    return int(rows.update(email=""))


def erase(person: str, account: int | None) -> int:
    """Reports lose their address; other requests about the person have nothing left to decide."""
    count = forget_reports(person, account)
    now = timezone.now()
    mine = ErasureRequest.objects.of(person_of(person), account)
    mine.filter(Q(decided_at=None, withdrawn_at=None)).update(withdrawn_at=now)
    return count + int(mine.update(**EMPTY, emptied_at=now))
