"""What an answer says of a section, or of all of a kind, with the words that it is about."""

from hashlib import sha256

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.agreements.models.of_reply import OfReply
from tillit.kit.fields import DerivedTextField, SubjectField

LONGEST_COMMENT = 20_000
LONGEST_QUOTATION = 2_000


class Comment(OfReply):
    """A comment. It keeps its quotation, and what its section was called, whatever becomes of that.

    The section is named by its subject: one that is taken away and comes back is found again. What is
    on all principles, or all of another noun, has the noun and the key of the version.
    `read` is a fingerprint of the text as it stood when the comment was written.
    """

    section = SubjectField(blank=True)
    section_number = models.CharField(max_length=20, blank=True)
    section_heading = models.CharField(max_length=300, blank=True)
    read = models.CharField(max_length=64, blank=True)
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    quotation = models.TextField(_("quotation"), blank=True, max_length=LONGEST_QUOTATION)
    text = models.TextField(_("comment"), max_length=LONGEST_COMMENT)
    place = DerivedTextField(derive="padded_place", max_length=60)

    class Meta:
        verbose_name = _("comment on a draft")
        verbose_name_plural = _("comments on drafts")
        ordering = ["place", "key"]

    def __str__(self) -> str:
        return shortened(self.text)

    @property
    def padded_place(self) -> str:
        """Sorts as its section does, what is on a kind of parts after these; then by its number within
        the answer.
        """
        parts = ".".join(f"{int(it):04}" for it in self.section_number.split(".") if it.isdigit())
        noun = self.section.partition(":")[0]
        return f"{parts or f'9999{noun}'} {self.number:04}"

    @property
    def section_title(self) -> str:
        """What the section was called when the comment was written."""
        return f"{self.section_number} {self.section_heading}".strip()


def read_of(text: str) -> str:
    """A fingerprint of a section's text."""
    return sha256(text.encode()).hexdigest()


def shortened(text: str, most: int = 90) -> str:
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"
