"""Where a value comes from: a document, and the lines of it that a value rests on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.kit.bounds import Bound, Edge, read_bound
from tillit.kit.circles import Circled
from tillit.kit.fields import DerivedTextField, SubjectField
from tillit.kit.models.row import Row


class Source(Row):
    """A document that values rest on."""

    title = models.CharField(_("title"), max_length=200)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    dated = models.CharField(_("dated"), max_length=40, blank=True, help_text="EDTF")
    note = models.TextField(_("note"), blank=True)
    is_document = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return self.title

    @property
    def when(self) -> Bound:
        """When the document is from."""
        return read_bound(self.dated, Edge.START)


class Citation(Circled):
    """One place in a source that a row, or one value of it, rests on or is contradicted by."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="citations")
    subject = SubjectField(db_index=True)
    field = models.CharField(max_length=40, blank=True)  # empty: the whole row
    first_line = models.PositiveIntegerField(null=True)
    last_line = models.PositiveIntegerField(null=True)
    says = models.CharField(max_length=400, blank=True)  # what it writes, where that differs
    contradicts = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    line_order = DerivedTextField(derive="padded_line", max_length=8)

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["source__key", "first_line", "pk"]
        indexes = [models.Index(fields=["source", "line_order"], name="kit_citation_by_line")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(first_line__isnull=True)
                | models.Q(last_line__gte=models.F("first_line")),
                name="kit_citation_lines",
            )
        ]

    def __str__(self) -> str:
        return f"{self.source.title}, {self.lines}" if self.lines else self.source.title

    @property
    def padded_line(self) -> str:
        """The first line as text that sorts like the number; what has no line comes first."""
        return f"{self.first_line or 0:08}"

    @property
    def lines(self) -> str:
        if self.first_line is None:
            return ""
        if self.first_line == self.last_line:
            return str(self.first_line)
        return f"{self.first_line}–{self.last_line}"
