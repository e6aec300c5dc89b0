"""What of a draft one may comment on: each section, and beside them all that it says of a kind."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import override

from tillit.agreements.models import (
    Aim,
    Commitment,
    Definition,
    Measure,
    Principle,
    Section,
    Version,
)
from tillit.agreements.wordings import TITLES, wordings_of
from tillit.kit.circles import Viewer


@dataclass(frozen=True)
class Chapter:
    """All that a draft says of a kind, as one text. It stands where a section would: a comment names it
    by its noun and the version.
    """

    subject: str
    name: str  # in addresses
    heading: str
    text: str  # Markdown
    number: str = ""
    pk: int = 0  # no section has it, so no question is on it

    def __str__(self) -> str:
        return self.heading


Portion = Section | Chapter
# The name of each in addresses.
NAMES = {
    Aim.noun: "syfte-och-mal",
    Definition.noun: "ord",
    Principle.noun: "principer",
    Commitment.noun: "ataganden",
    Measure.noun: "atgarder",
}


def name_of(portion: Portion) -> str:
    """By which it is asked for: a section by its number."""
    return portion.name if isinstance(portion, Chapter) else str(portion.number)


def portions_of(version: Version, viewer: Viewer | None = None) -> list[Portion]:
    """In the order in which they are read; as far as the viewer may read, if any is given."""
    sections = Section.objects.filter(version=version)
    if viewer is not None:
        sections = sections.visible_to(viewer)
    return [*sections, *chapters_of(version, viewer)]


def chapters_of(version: Version, viewer: Viewer | None) -> list[Chapter]:
    """In the language of the draft, whoever reads it: what is quoted stands as it is written."""
    found = wordings_of(version, viewer)
    with override(settings.LANGUAGE_CODE):
        headings = {noun: str(TITLES[noun]) for noun in NAMES}
        texts = {
            noun: "\n\n".join(f"**{it}**\n\n{it.text}" for it in rows)
            for noun, rows in found.items()
        }
    return [
        Chapter(f"{noun}:{version.key}", name, headings[noun], texts[noun])
        for noun, name in NAMES.items()
        if noun in texts
    ]
