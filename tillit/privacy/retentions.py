"""For how long requests, answers and reports are kept."""

from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tillit.kit.contributions import Retention
from tillit.kit.personal.traces import start_of
from tillit.post.models import Message, State
from tillit.privacy.deciding import EMPTY
from tillit.privacy.mails import KIND
from tillit.privacy.models import ErasureRequest, Report, ReportDeed
from tillit.privacy.models.report import FINISHING

UNCONFIRMED, ANSWERS, DECIDED, REPORTS = 7, 14, 365, 180
ON_THEIR_WAY = (State.WAITING, State.TAKEN, State.UNCERTAIN)


def unconfirmed(today: date) -> int:
    """Requests whose link nobody opened; and their mails."""
    before = start_of(today - timedelta(days=UNCONFIRMED))
    old = ErasureRequest.objects.filter(confirmed_at=None, asked_at__lt=before)
    subjects = [row.subject for row in old]
    count = empty_mails(Q(about__in=subjects))
    return count + int(old.delete()[0])


def answered(today: date) -> int:
    """Mails to people who have been erased, when they have gone or have had time enough."""
    erased = ErasureRequest.objects.filter(emptied_at__isnull=False, decided_at__isnull=False)
    before = start_of(today - timedelta(days=ANSWERS))
    gone = ~Q(state__in=ON_THEIR_WAY) | Q(written_at__lt=before)
    return empty_mails(gone & Q(about__in=[row.subject for row in erased]))


def empty_mails(which: Q) -> int:
    mails = Message.objects.filter(which, kind=KIND).exclude(to_email="")
    return mails.forgotten(timezone.now())


def decided(today: date) -> int:
    """What was asked for, and why, when it has been decided or withdrawn long ago."""
    before = start_of(today - timedelta(days=DECIDED))
    old = ErasureRequest.objects.filter(Q(decided_at__lt=before) | Q(withdrawn_at__lt=before))
    rows = old.filter(emptied_at=None)
    for row in rows.filter(decided_at__isnull=False).select_related("decided"):
        type(row.decided).objects.filter(pk=row.decided.pk).update(reason="")
    return int(rows.update(**EMPTY, emptied_at=timezone.now()))


def reports(today: date) -> int:
    """Who reported what, when it has been finished for some time."""
    before = start_of(today - timedelta(days=REPORTS))
    finished = ReportDeed.objects.filter(kind__in=FINISHING, at__lt=before)
    old = Report.objects.filter(pk__in=finished.values("report"), emptied_at=None)
    subjects = [row.subject for row in old]
    ReportDeed.objects.filter(report__in=old).exclude(text="").update(text="")
    count = empty_mails(Q(about__in=subjects))
    return count + int(old.update(email="", what="", emptied_at=timezone.now()))


RETENTIONS = [
    Retention(
        "requests.unconfirmed",
        _("Requests for erasure that nobody confirmed"),
        _("Whoever got the link did not open it, so it may have been somebody else who asked."),
        UNCONFIRMED,
        unconfirmed,
    ),
    Retention(
        "requests.answers",
        _("The answer to somebody who has been erased"),
        _("The address is needed until the answer has been sent; after two weeks it goes anyway."),
        ANSWERS,
        answered,
    ),
    Retention(
        "requests.decided",
        _("What a request for erasure said"),
        _(
            "It is needed while the decision may be questioned. After that only the time, the decision "
            "and its ground are kept."
        ),
        DECIDED,
        decided,
    ),
    Retention(
        "reports",
        _("Reports on accessibility, with the address for an answer"),
        _("They are needed until they have been seen to and no more questions come."),
        REPORTS,
        reports,
    ),
]
