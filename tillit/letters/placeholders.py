"""Words in braces that stand for something of each receiver, such as {organisation}."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from tillit.letters.models.letter import ENGLISH, SWEDISH

BRACED = re.compile(r"\{([^{}\n]*)\}")


@dataclass(frozen=True)
class Placeholder:
    """What is written in each language, and what it stands for."""

    swedish: str
    english: str
    title: str | Promise

    def word(self, language: str) -> str:
        return "{" + (self.english if language == ENGLISH else self.swedish) + "}"

    @property
    def words(self) -> set[str]:
        """In either language it may be written in both."""
        return {self.swedish, self.english}


ORGANISATION = Placeholder("organisation", "organisation", gettext_lazy("organisation's name"))
NAME = Placeholder("namn", "name", gettext_lazy("contact person's name"))
FIRST_NAME = Placeholder("förnamn", "first-name", gettext_lazy("contact person's first name"))
PLACEHOLDERS = (ORGANISATION, NAME, FIRST_NAME)
KNOWN = frozenset(word for it in PLACEHOLDERS for word in it.words)


def unknown_in(text: str) -> list[str]:
    """What stands in braces and means nothing, as it is written."""
    found = (word for word in BRACED.findall(text) if word not in KNOWN)
    return ["{" + word + "}" for word in dict.fromkeys(found)]


def values_of(organisation: str, name: str) -> Mapping[str, str]:
    """What the words stand for. Who has no name here is called by the organisation's."""
    name = name.strip() or organisation
    first = name if name == organisation else name.split()[0]
    values = {ORGANISATION: organisation, NAME: name, FIRST_NAME: first}
    return {word: value for it, value in values.items() for word in it.words}


def values_of_anybody(language: str) -> Mapping[str, str]:
    """For the letter as anybody reads it in the browser."""
    with override(language if language in {SWEDISH, ENGLISH} else SWEDISH):
        return values_of(_("your organisation"), _("contact person"))


def filled(line: str, values: Mapping[str, str]) -> str:
    """One line with the values in it."""
    return BRACED.sub(lambda found: values.get(found[1], found[0]), line)
