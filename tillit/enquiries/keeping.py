"""What enquiries keep about persons: who answered, and who is to be reached. Told, and erased, here."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tillit.accounts.models import User
from tillit.enquiries.models import Asked, Correction, Deed, Enquiry, Round, Sending, State
from tillit.enquiries.models.correction import OF_PEOPLE, CorrectionQuerySet
from tillit.kit.contributions import ERASED, OwnData, Retention
from tillit.register.models import Contact

DAYS = 90
ANSWERER: dict[str, Any] = {"answered_by": "", "answered_as": "", "by": "", "note": ""}
NO_LINK: dict[str, Any] = {"token_seed": "", "token_hash": None}


def purge(today: date) -> int:
    """The links, who answered, and what was said of contact persons, of questions long closed."""
    before = today - timedelta(days=DAYS)
    rows = Enquiry.objects.filter(state=State.CLOSED, closes__lt=before, forgotten_at=None)
    closed = list(rows.values_list("pk", flat=True))
    count = int(Asked.objects.filter(enquiry__in=closed).update(**ANSWERER, **NO_LINK))
    corrections = Correction.objects.filter(asked__enquiry__in=closed, what__in=OF_PEOPLE)
    count += forget(corrections)
    Enquiry.objects.filter(pk__in=closed).update(forgotten_at=timezone.now())
    return count


def forget(corrections: CorrectionQuerySet) -> int:
    """Keep that something was corrected, and not what. What waits is put aside."""
    waiting = corrections.waiting().values_list("pk", flat=True)
    Correction.objects.filter(pk__in=list(waiting)).update(dismissed_at=timezone.now())
    return int(corrections.exclude(before={}, after={}).update(before={}, after={}))


RETENTION = Retention(
    "enquiries",
    _("Who answered a yearly question, and the link that led there"),
    _("Counted from the last day to answer. The answers and the figures stay."),
    DAYS,
    purge,
)


def answers_of(person: str) -> Any:
    return Asked.objects.filter(by=person) if person else Asked.objects.none()


def corrections_of(person: str, account: int | None) -> list[Correction]:
    """What has been said of the person as somebody's contact."""
    key = person.partition(":")[2]
    contacts = Contact.objects.filter(person__key=key) if key else Contact.objects.none()
    known = dict(contacts.values_list("key", "email"))
    users = User.objects.filter(pk=account) if account else User.objects.none()
    addresses = {*known.values(), *users.values_list("email", flat=True)} - {"", None}
    mine = Q(row_key__in=known)
    for address in addresses:
        mine |= Q(before__email=address) | Q(after__email=address)
    return list(Correction.objects.filter(mine, what__in=OF_PEOPLE).select_related("organisation"))


def own_rows(person: str, account: int | None) -> list[dict[str, Any]]:
    given = answers_of(person).select_related("enquiry", "member").order_by("answered_at", "pk")
    said = [
        {
            "at": it.answered_at,
            "what": it.enquiry.title,
            "organisation": it.member.name,
            "name": it.answered_by,
            "role": it.answered_as,
        }
        for it in given
    ]
    told = [
        {
            "at": it.said_at,
            "what": str(it.get_what_display()),
            "organisation": it.organisation.name,
            "before": it.before,
            "after": it.after,
        }
        for it in corrections_of(person, account)
    ]
    return said + told


def own_data(person: str, account: int | None) -> Iterator[OwnData]:
    yield OwnData(
        title=_("Yearly questions that you have answered, and what was said of you there"),
        name="enquiries",
        why=_("So that the umbrella knows who has answered, and reaches the right contact person."),
        rows=lambda: own_rows(person, account),
        labels={
            "at": _("When"),
            "what": _("What"),
            "organisation": _("Organisation"),
            "name": _("Name"),
            "role": _("Role"),
            "before": _("Stood"),
            "after": _("Shall be"),
        },
        ground=_("Legitimate interest: an umbrella must reach its members."),
        seen_by=_("The umbrella's office, the organisation and its secretariat."),
        kept_for=_("90 days after the last day to answer."),
        remains=_("What the organisation answered, and when, but not by whom."),
        erase=lambda: erase_told(person, account),
    )


def erase_told(person: str, account: int | None) -> int:
    keys = [it.pk for it in corrections_of(person, account)]
    count = forget(Correction.objects.filter(pk__in=keys))
    return count + int(answers_of(person).update(**{**ANSWERER, "by": ERASED}))


def erase(person: str, account: int | None) -> int:
    """What was told of the person, and that they opened, sent and took over."""
    count = erase_told(person, account)
    if not person:
        return count
    for model, name in (
        (Deed, "by"),
        (Round, "begun_by"),
        (Sending, "by"),
        (Correction, "settled_by"),
    ):
        rows: Any = model._default_manager.filter(**{name: person})  # noqa: SLF001
        count += rows.update(**{name: ERASED})
    return count
