"""An invented yearly question, so that a demo has answers to look at. Never in a real register."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from tillit.enquiries.models import (
    Answer,
    Asked,
    Correction,
    Deed,
    DeedKind,
    Enquiry,
    Kind,
    Question,
    Sending,
    State,
    Way,
    What,
)
from tillit.enquiries.sending import contacts_of, send
from tillit.enquiries.turning import ask_members
from tillit.kit.changes import new_key
from tillit.register.models import Organisation

UMBRELLA = "natverket"
KEY, EARLIER = "demo-fragan", "demo-fragan-forra"
IN_MAILBOX = "foreningen-furuboda"  # whose contact person one may sign in as
AREAS = ["Kultur och fritid", "Omsorg", "Utbildning", "Integration", "Annat"]
QUESTIONS: list[dict[str, Any]] = [
    {"kind": Kind.NUMBER, "text": "Hur många medlemmar har ni i Skåne?", "concerns_persons": True},
    {"kind": Kind.SEVERAL, "text": "Vad arbetar ni med?", "alternatives": AREAS},
    {"kind": Kind.YES_NO, "text": "Vill ni vara med i forumet i höst?", "is_required": True},
    {"kind": Kind.TEXT, "text": "Vad vill ni att NÄTVERKET tar upp?"},
]
WISHES = [
    "Lokaler som går att boka på kvällar och helger.",
    "Längre avtal, så att vi vågar anställa.",
    "Ett enklare sätt att redovisa bidrag.",
]


@transaction.atomic
def populate() -> None:
    """One that is closed, and this year's that is open and answered by half. Does nothing twice."""
    umbrella = Organisation.objects.filter(key=UMBRELLA).first()
    if umbrella is None or Enquiry.objects.filter(umbrella=umbrella).exists():
        return
    now = timezone.now()
    former = enquiry(umbrella, now - timedelta(days=365), None)
    answer_some(former, now - timedelta(days=340), every=3)
    close(former, now - timedelta(days=330))
    later = enquiry(umbrella, now - timedelta(days=6), former)
    answer_some(later, now - timedelta(days=2), every=2)
    correct(later, now)
    into_mailbox(later, now)


def enquiry(umbrella: Organisation, opened: datetime, former: Enquiry | None) -> Enquiry:
    day = timezone.localdate(opened)
    it = Enquiry.objects.create(
        key=KEY if former else EARLIER,
        umbrella=umbrella,
        title=f"Stämmer uppgifterna om er? {day.year} (påhittad)",
        year=day.year,
        introduction="Hjälp oss att nå rätt person. Det tar två minuter.",
        state=State.OPEN,
        opens=day,
        closes=day + timedelta(days=30),
        copied_from=former,
    )
    earlier = list(former.questions.all()) if former else [None] * len(QUESTIONS)
    for place, (said, same_as) in enumerate(zip(QUESTIONS, earlier, strict=True), start=1):
        Question.objects.create(key=new_key(), enquiry=it, place=place, same_as=same_as, **said)
    ask_members(it, day)
    Deed.objects.create(enquiry=it, kind=DeedKind.OPENED, at=opened)
    Sending.objects.bulk_create(
        [Sending(asked=asked, at=opened, addresses=1) for asked in it.asked.all()]
    )
    return it


def close(it: Enquiry, at: datetime) -> None:
    Enquiry.objects.filter(pk=it.pk).update(state=State.CLOSED, closes=timezone.localdate(at))
    Deed.objects.create(enquiry=it, kind=DeedKind.CLOSED, at=at)


def answer_some(it: Enquiry, at: datetime, *, every: int) -> None:
    """All but every second, or third, have answered; each a little differently."""
    questions = list(it.questions.all())
    for number, asked in enumerate(it.asked.all()):
        if number % every == every - 1:
            continue
        Asked.objects.filter(pk=asked.pk).update(
            details_at=at,
            contacts_at=at,
            questions_at=at,
            answered_at=at,
            way=Way.LINK,
            answered_by="Alex Lind (påhittad)",
        )
        Answer.objects.bulk_create(
            [
                Answer(asked=asked, question=question, value=value)
                for question, value in zip(questions, values(number, every), strict=True)
                if value not in ("", [])
            ]
        )


def values(number: int, every: int) -> list[Any]:
    members = str(40 + number * 37 % 900 + every * 5)
    areas = [area for place, area in enumerate(AREAS) if (number + place) % 3 == 0]
    wish = WISHES[number % len(WISHES)] if number % 4 == 0 else ""
    return [members, areas, number % 5 != 0, wish]


def correct(it: Enquiry, at: datetime) -> None:
    """Two members say that something is wrong."""
    for asked in it.asked.answered()[:2]:
        member = asked.member
        Correction.objects.create(
            key=new_key(),
            asked=asked,
            organisation=member,
            what=What.WEB,
            row_key=member.key,
            before={"web": member.web},
            after={"web": f"https://{member.key}.example.org"},
            said_at=at,
        )


def into_mailbox(it: Enquiry, now: datetime) -> None:
    """The mail to one member, with a link that can be tried."""
    for asked in it.asked.filter(member__key=IN_MAILBOX):
        Asked.objects.filter(pk=asked.pk).update(
            details_at=None, contacts_at=None, questions_at=None, answered_at=None, way=""
        )
        asked.answers.all().delete()
        send(asked, contacts_of(asked, now), now, "", is_reminder=False)
