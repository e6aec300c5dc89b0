"""What waits for those who write letters, and what passes on when one of them leaves."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.kit import changes
from tillit.kit.circles import Viewer
from tillit.kit.contributions import Asked, Fate, HandOver, Holding
from tillit.kit.personal.traces import start_of
from tillit.letters.choices import Outcome
from tillit.letters.models import Letter
from tillit.post.models import State
from tillit.register.models import Mandate, Person
from tillit.register.rules import LEADING
from tillit.register.standing import mandates_of

OLD_DRAFT = timedelta(days=7)
UNDECIDED = Q(
    recipients__message__state=State.UNCERTAIN, recipients__message__decided_at__isnull=True
)


def asked(viewer: Viewer, day: date) -> Iterator[Asked]:
    """Mails that nobody knows of, and drafts that nobody has touched for a week."""
    mandates = [it for it in mandates_of(viewer) if writes(it)]
    if not mandates:
        return
    rows = Letter.objects.visible_to(viewer).annotate(undecided=Count("recipients", UNDECIDED))
    old = Q(started_at=None, touched_at__lt=start_of(day - OLD_DRAFT))
    for letter in rows.filter(old | Q(undecided__gt=0)).defer("text", "text_en"):
        mandate = next((it for it in mandates if is_for(it, letter)), None)
        if mandate is not None:
            yield of_draft(letter, mandate) if letter.is_draft else of_uncertain(letter, mandate)


def writes(mandate: Mandate) -> bool:
    return mandate.unit_id is None and mandate.extent in LEADING


def is_for(mandate: Mandate, letter: Letter) -> bool:
    return (mandate.organisation_id, mandate.secretariat_id) == (
        letter.organisation_id,
        letter.secretariat_id,
    )


def of_draft(letter: Letter, mandate: Mandate) -> Asked:
    return Asked(
        title=letter.title,
        url=letter.get_absolute_url(),
        action=_("Go on with it"),
        text=_("A draft of a letter that nobody has touched for a week."),
        capacity=mandate.key,
    )


def of_uncertain(letter: Letter, mandate: Mandate) -> Asked:
    count = letter.undecided  # type: ignore[attr-defined] # annotated
    words = ngettext(
        "%(count)s mail may have gone, or not.", "%(count)s mails may have gone, or not.", count
    )
    page = reverse("letters:recipients", args=[letter.key])
    return Asked(
        title=letter.title,
        url=f"{page}?outcome={Outcome.UNCERTAIN}",
        action=_("Decide"),
        text=words % {"count": count},
        capacity=mandate.key,
    )


def drafts_of(person: str, behalf: str) -> Any:
    """The drafts that a person has written for an organisation (subjects)."""
    return Letter.objects.drafts().filter(
        writer__key=person.partition(":")[2], organisation__key=behalf.partition(":")[2]
    )


def holdings(person: str, behalf: str, viewer: Viewer) -> Iterator[Holding]:
    for letter in drafts_of(person, behalf).visible_to(viewer):
        yield Holding(
            subject=letter.subject,
            kind=_("Draft of a letter"),
            title=letter.title,
            url=letter.get_absolute_url(),
        )


def hand_over(act: HandOver) -> int:
    """Drafts pass to the successor. They are the office's: without one they stay, with no writer."""
    successor = Person.objects.filter(key=act.successor.partition(":")[2]).first()
    count = 0
    with transaction.atomic():
        for letter in drafts_of(act.leaver, act.behalf):
            fate = act.fate_of(letter.subject)
            if fate is Fate.STAY:
                continue
            writer = successor if fate is Fate.HAND_ON else None
            changes.change(letter, {"writer": writer}, act.actor)
            count += 1
    return count
