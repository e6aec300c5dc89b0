"""The index: a row for each subject and circle. It follows from other rows, and can be made anew."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tillit.kit.circles import Circled
from tillit.kit.fields import ByteOrderField
from tillit.kit.search.documents import Document
from tillit.kit.search.words import composed, padded, stems

LONGEST = 400  # of a title, and of its stems
BESIDE, LONGEST_BESIDE = 2, 200  # things that are told beside a title, and letters of them


class Entry(Circled):
    """A document as it is kept. What a database makes of it for searching, it makes by itself.

    `names` has the folded words of a name on each line; the stems are of the title and of the rest.
    """

    noun = models.CharField(max_length=40, editable=False)
    subject = ByteOrderField(max_length=240, editable=False)
    title = models.CharField(max_length=LONGEST, editable=False)
    url = models.CharField(max_length=500, editable=False)
    beside = models.CharField(max_length=LONGEST_BESIDE, editable=False, default="")
    text = models.TextField(editable=False)  # the lines that are shown
    names = models.TextField(editable=False)
    title_stems = ByteOrderField(max_length=LONGEST, editable=False, db_index=True)
    text_stems = models.TextField(editable=False)
    possible_from = models.DateField(editable=False)
    possible_until = models.DateField(editable=False)

    KEPT: ClassVar[tuple[str, ...]] = (
        "circle", "noun", "subject", "title", "url", "beside", "text", "names", "title_stems",
        "text_stems", "possible_from", "possible_until",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "circle"], name="search_entry_once"),
            models.CheckConstraint(condition=~Q(subject=""), name="search_entry_of_something"),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def of(cls, document: Document) -> "Entry":
        names = dict.fromkeys([document.title, *document.names])
        lines = "\n".join(map(composed, document.lines))
        return cls(
            circle=document.circle,
            noun=document.subject.partition(":")[0],
            subject=document.subject,
            title=composed(document.title)[:LONGEST],
            url=document.url,
            beside=composed(" · ".join(document.beside[:BESIDE]))[:LONGEST_BESIDE],
            text=lines,
            names="\n".join(filter(None, map(padded, names))),
            title_stems=stems(document.title)[:LONGEST],
            text_stems=stems("\n".join([*names, lines, *document.unshown])),
            possible_from=document.span.first,
            possible_until=document.span.last,
        )

    @property
    def kept(self) -> tuple[object, ...]:
        """All that it says, to compare by."""
        return tuple(getattr(self, name) for name in self.KEPT)
