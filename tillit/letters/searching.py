"""Finding one organisation or contact person to add to a letter by hand."""

from dataclasses import dataclass

from django.db.models import Q

from tillit.kit.swedish import fold
from tillit.letters.constituency import Constituency
from tillit.letters.receivers import Receiver, joined
from tillit.post.holding import comparable
from tillit.register.models import Name

MOST = 20


@dataclass(frozen=True)
class Found:
    """What was found, as one adds it: who, and where they belong."""

    subject: str
    title: str
    text: str


def search(words: str, ours: Constituency) -> list[Found]:
    """Contact persons whose organisation, name or address has the words; at most twenty.

    Where the address may not be seen, the organisation is what is found.
    """
    folded = fold(words)
    if not folded:
        return []
    named = Name.objects.visible_to(ours.viewer).containing(words)
    of_person = Q(person__folded__contains=folded) | Q(email__contains=comparable(words))
    rows = ours.contacts(ours.organisations()).filter(
        Q(organisation__in=named.order_by().values("organisation")) | (ours.sees() & of_person)
    )
    related = rows.select_related("organisation", "person").order_by("organisation__sort_key", "pk")
    found = [found_of(it) for it in joined(related[: MOST * 2], ours)]
    return list({it.subject: it for it in found}.values())[:MOST]


def found_of(receiver: Receiver) -> Found:
    subject = receiver.subjects[0]
    if not receiver.seen:
        return Found(subject, receiver.title, "")
    return Found(subject, receiver.name or receiver.email, f"{receiver.title}, {receiver.email}")
