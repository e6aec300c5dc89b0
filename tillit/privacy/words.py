"""By which words a person is known here, and what stands in their place when the person is erased."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from tillit.kit import contributions as kept
from tillit.kit.contributions import ERASED
from tillit.kit.models import Row
from tillit.kit.personal.relatives import relatives
from tillit.kit.swedish import fold
from tillit.register.addresses import used_by_others
from tillit.register.models import Person

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
    """Those that may be covered everywhere. One by which others are reached too stays."""
    subject = person.subject if person else ""
    found = {it.casefold() for it in kept.addresses_of(subject, account)}
    return found - used_by_others(found, subject)


def namesakes(person: Person) -> int:
    """How many others have the same name, so that a text with the name may be about them."""
    return int(Person.objects.filter(folded=fold(person.name)).exclude(pk=person.pk).count())


def subjects_of(rows: Collection[Row]) -> set[str]:
    return {row.subject for row in rows}
