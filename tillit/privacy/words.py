"""By which words a person is known here, and what stands in their place when the person is erased."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from tillit.accounts.models import User
from tillit.kit.contributions import ERASED
from tillit.kit.models import Row
from tillit.kit.personal.relatives import relatives
from tillit.kit.swedish import fold
from tillit.register.models import Contact, Invitation, Person

GONE = ERASED.partition(":")[2]


@dataclass(frozen=True)
class Words:
    """Subjects stand alone in a column; addresses and names stand in running text as well."""

    subjects: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    @cached_property
    def in_text(self) -> list[str]:
        return sorted(self.addresses | self.names, key=len, reverse=True)

    def without_names(self) -> "Words":
        return Words(self.subjects, self.addresses)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Any of the addresses and names, not as part of a longer word."""
        if not self.in_text:
            return re.compile(r"(?!)")
        return re.compile("|".join(map(alone, self.in_text)), re.IGNORECASE)

    def cover(self, value: Any) -> Any:
        """The value, text or JSON, without the words."""
        if isinstance(value, str):
            return self._cover_text(value)
        if isinstance(value, list):
            return [self.cover(it) for it in value]
        if isinstance(value, dict):
            return {self.cover(name): self.cover(it) for name, it in value.items()}
        return value

    def _cover_text(self, text: str) -> str:
        if text in self.subjects:
            return faceless(text)
        return "" if text.casefold() in self.addresses else self.pattern.sub(mark(), text)


def alone(word: str) -> str:
    """The pattern of a word that is no part of a longer one."""
    first, last = (r"(?<!\w)" if word[0].isalnum() else "", r"(?!\w)" if word[-1].isalnum() else "")
    return f"{first}{re.escape(word)}{last}"


def faceless(subject: str) -> str:
    """The subject of nobody any more: `role:-erased`; who did something is the erased person."""
    noun = subject.partition(":")[0]
    return ERASED if noun == "account" else f"{noun}:{GONE}"


def mark() -> str:
    """What stands in a text where somebody's name stood."""
    with override(settings.LANGUAGE_CODE):
        return _("[erased]")


def words_of(person: Person | None, account: int | None) -> Words:
    subjects, names = set(), set()
    if account:
        subjects.add(f"account:{account}")
    if person:
        subjects |= {person.subject, person.own_circle, *(it.subject for it in relatives(person))}
        names |= {person.name, person.get_absolute_url()}
    return Words(frozenset(subjects), frozenset(addresses_of(person, account)), frozenset(names))


def addresses_of(person: Person | None, account: int | None) -> set[str]:
    """Those that are the person's alone. That of a function belongs to the role, and stays."""
    parts: list[Any] = []
    if account:
        parts += [EmailAddress.objects.filter(user=account), User.objects.filter(pk=account)]
    if person:
        parts += [
            Contact.objects.filter(person=person, is_function=False),
            Invitation.objects.filter(accepted_by=person, is_function=False),
        ]
    if not parts:
        return set()
    emails = [rows.order_by().values_list("email", flat=True) for rows in parts]
    found = {it.casefold() for it in emails[0].union(*emails[1:]) if it}
    return found - addresses_of_others(found, person) if found else found


def addresses_of_others(addresses: Collection[str], person: Person | None) -> set[str]:
    others = Contact.objects.filter(email__in=addresses)
    if person:
        others = others.exclude(person=person, is_function=False)
    return set(others.values_list("email", flat=True))


def namesakes(person: Person) -> int:
    """How many others have the same name, so that a text with the name may be about them."""
    return int(Person.objects.filter(folded=fold(person.name)).exclude(pk=person.pk).count())


def subjects_of(rows: Collection[Row]) -> set[str]:
    return {row.subject for row in rows}
