"""Which addresses of e-mail are a person's in the register."""

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef

from tillit.register.models import Contact, Invitation


def addresses_of(person: str, _account: int | None = None) -> set[str]:
    """Those of the person alone, by subject. That of a function belongs to the role."""
    key = person.partition(":")[2]
    if not key:
        return set()
    contacts = Contact.objects.filter(person__key=key, is_function=False)
    accepted = Invitation.objects.filter(accepted_by__key=key, is_function=False)
    shared = Exists(of_others(person).filter(email=OuterRef("email")))
    mine = [it.exclude(shared).order_by().values_list("email") for it in (contacts, accepted)]
    return {email for (email,) in mine[0].union(mine[1]) if email}


def of_others(person: str) -> Any:
    """Contacts by whom others are reached, or a function is."""
    return Contact.objects.exclude(person__key=person.partition(":")[2], is_function=False)


def used_by_others(addresses: Collection[str], person: str) -> set[str]:
    rows = of_others(person).filter(email__in=addresses)
    return set(rows.values_list("email", flat=True)) if addresses else set()
