"""What consultations keep about persons: who answered, and at which address. Told, and erased, here."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tillit.agreements.choices import Came, ConsultationState
from tillit.agreements.models import (
    Consultation,
    ConsultationDeed,
    Consulted,
    GoAhead,
    Reply,
)
from tillit.kit.contributions import ERASED, OwnData, Retention, addresses_of

DAYS = 90
UNCONFIRMED = 14  # days after which an address that nobody confirmed is forgotten
ANSWERER: dict[str, Any] = {"answered_by": "", "answered_as": "", "by": ""}
NO_LINK: dict[str, Any] = {"token_seed": "", "token_hash": None}
NAMELESS = _("Somebody")


def purge(today: date) -> int:
    """Links, addresses and who answered, of consultations long closed; addresses never confirmed.

    What was begun and never sent goes as well.
    """
    before = today - timedelta(days=DAYS)
    done = Consultation.objects.filter(
        Q(closes__lt=before) | Q(closes=None, deadline__lt=before),
        state=ConsultationState.CLOSED,
        forgotten_at=None,
    )
    closed = list(done.values_list("pk", flat=True))
    count = int(Reply.objects.drafts().filter(consultation__in=closed).delete()[0])
    count += int(Reply.objects.filter(consultation__in=closed).update(**ANSWERER))
    asked = Consulted.objects.filter(consultation__in=closed)
    count += int(asked.update(email="", **NO_LINK))
    Consultation.objects.filter(pk__in=closed).update(forgotten_at=timezone.now())
    return count + purge_unconfirmed(today)


def purge_unconfirmed(today: date) -> int:
    since = timezone.now() - timedelta(days=UNCONFIRMED)
    rows = Consulted.objects.filter(came=Came.ITSELF, confirmed_at=None, organisation=None)
    old = rows.filter(Q(asked_at__lt=since) | Q(asked_at=None))
    return int(old.filter(consultation__opens__lte=today).delete()[0])


RETENTION = Retention(
    "consultations",
    _("Who answered a consultation, at which address, and the link that led there"),
    _("Counted from the day on which it took no more answers. What was answered stays."),
    DAYS,
    purge,
)


def came_as(person: str, account: int | None) -> Any:
    """Those that came by themselves with an address of the person's."""
    addresses = addresses_of(person, account) if person or account else frozenset()
    return Consulted.objects.filter(email__in=addresses).exclude(email="")


def replies_of(person: str, came: list[Consulted]) -> Any:
    """The answers that the person sent, signed in or by a link to an address of theirs."""
    mine = Q(consulted__in=[it.pk for it in came])
    if person:
        mine |= Q(by=person)
    return Reply.objects.filter(mine).select_related("consultation", "consulted__organisation")


def own_rows(person: str, account: int | None) -> list[dict[str, Any]]:
    """Each answer, and each address that was given and not used; in one question."""
    addresses = addresses_of(person, account) if person or account else frozenset()
    mine = Q(email__in=addresses - {""})
    if person:
        mine |= Q(replies__by=person)
    told = {
        "told_at": F("replies__submitted_at"),
        "told_what": F("consultation__title"),
        "told_organisation": F("organisation__name"),
        "told_called": F("name"),
        "told_by": F("replies__answered_by"),
        "told_role": F("replies__answered_as"),
        "told_address": F("email"),
    }
    rows = Consulted.objects.filter(mine).order_by("pk", "replies__pk").values(**told)
    return [
        {
            "at": it["told_at"],
            "what": it["told_what"],
            "organisation": it["told_organisation"] or it["told_called"],
            "name": it["told_by"] or "",
            "role": it["told_role"] or "",
            "email": it["told_address"],
        }
        for it in rows
    ]


def own_data(person: str, account: int | None) -> Iterator[OwnData]:
    yield OwnData(
        title=_("Consultations that you have answered"),
        name="consultations",
        why=_("So that the parties know who has answered, and can send a receipt."),
        rows=lambda: own_rows(person, account),
        labels={
            "at": _("When"),
            "what": _("What"),
            "organisation": _("Organisation"),
            "name": _("Name"),
            "role": _("Role"),
            "email": _("E-mail"),
        },
        ground=_("Legitimate interest: parties must know for whom an answer was given."),
        seen_by=_("The parties to the agreement, and those who answer for the organisation."),
        kept_for=_("90 days after the consultation has taken its last answer."),
        remains=_("What was answered, and for which organisation, but not by whom."),
        erase=lambda: erase_told(person, account),
    )


def erase_told(person: str, account: int | None) -> int:
    """Who answered. A name that was given with an address of theirs may be their own, and goes too."""
    came = list(came_as(person, account))
    pks = list(replies_of(person, came).values_list("pk", flat=True))
    count = int(Reply.objects.filter(pk__in=pks).update(**{**ANSWERER, "by": ERASED}))
    return count + forget_named([it.pk for it in came])


def forget_named(pks: list[int]) -> int:
    count = 0
    rows = Consulted.objects.filter(pk__in=pks, organisation=None)
    for it in rows.prefetch_related("replies"):
        it.name, it.email = str(NAMELESS), ""
        it.cut_link()
        it.save()
        for reply in it.replies.all():
            reply.consulted = it
            reply.save(update_fields=["sort_key"])
        count += 1
    return count


def erase(person: str, account: int | None) -> int:
    """Who answered, and that they said go ahead and did what was done."""
    count = erase_told(person, account)
    if not person:
        return count
    for model in (GoAhead, ConsultationDeed):
        rows: Any = model._default_manager.filter(by=person)  # noqa: SLF001
        count += rows.update(by=ERASED)
    return count
