"""What was done with an enquiry: each opening, closing and publishing, by whom and when."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.enquiries.models.enquiry import Enquiry
from tillit.kit.fields import SubjectField


class DeedKind(models.TextChoices):
    PLANNED = "planned", _("Opens by itself")
    UNPLANNED = "unplanned", _("Back to draft")
    OPENED = "opened", _("Opened")
    CLOSED = "closed", _("Closed")
    REOPENED = "reopened", _("Opened again")
    PUBLISHED = "published", _("Figures published")
    UNPUBLISHED = "unpublished", _("Figures taken back")


class Deed(models.Model):
    """One deed. Who did it is empty where the schedule did."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="deeds")
    kind = models.CharField(max_length=12, choices=DeedKind.choices)
    at = models.DateTimeField()
    by = SubjectField(blank=True)

    class Meta:
        verbose_name = _("deed")
        verbose_name_plural = _("deeds")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return str(self.get_kind_display())
