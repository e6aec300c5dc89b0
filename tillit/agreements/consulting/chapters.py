"""What of a draft one may comment on: each section, and beside them all that it says of a kind."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
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
from tillit.agreements.wordings import wordings_of
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


Passage = Section | Chapter
# The name of each in addresses.
NAMES = {
    Aim.noun: "syfte-och-mal",
    Definition.noun: "ord",
    Principle.noun: "principer",
    Commitment.noun: "ataganden",
    Measure.noun: "atgarder",
}


def name_of(passage: Passage) -> str:
    """By which it is asked for: a section by its number."""
    return passage.name if isinstance(passage, Chapter) else str(passage.number)


def passages_of(version: Version, viewer: Viewer | None = None) -> list[Passage]:
    """In the order in which they are read; as far as the viewer may read, if any is given."""
    sections = Section.objects.filter(version=version)
    if viewer is not None:
        sections = sections.visible_to(viewer)
    return [*sections, *chapters_of(version, viewer)]


def chapters_of(version: Version, viewer: Viewer | None) -> list[Chapter]:
    """In the language of the draft, whoever reads it: what is quoted stands as it is written."""
    found = wordings_of(version, viewer)
    with override(settings.LANGUAGE_CODE):
        headings = {
            Aim.noun: _("Purpose, vision and goals"),
            Definition.noun: _("Words and what they mean"),
            Principle.noun: _("Principles"),
            Commitment.noun: _("Commitments"),
            Measure.noun: _("Measures"),
        }
        texts = {
            noun: "\n\n".join(f"**{it}**\n\n{it.text}" for it in rows)
            for noun, rows in found.items()
        }
    return [
        Chapter(f"{noun}:{version.key}", name, headings[noun], texts[noun])
        for noun, name in NAMES.items()
        if noun in texts
    ]
