"""That a member has been written to, and the rounds in which many are."""

from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.enquiries.models.asked import Asked
from tillit.enquiries.models.enquiry import Enquiry
from tillit.kit.fields import SubjectField


class RoundQuerySet(models.QuerySet[Any]):
    def unfinished(self) -> Self:
        return self.filter(finished_at__isnull=True)


class Round(models.Model):
    """One mail to each of many: the question itself, or a reminder of it. Begun by a person."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="rounds")
    is_reminder = models.BooleanField(default=False)
    words = models.TextField(_("a few words"), blank=True, max_length=2000)
    begun_at = models.DateTimeField()
    begun_by = SubjectField(blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round of mail")
        verbose_name_plural = _("rounds of mail")
        ordering = ["begun_at", "pk"]

    def __str__(self) -> str:
        return f"{self.enquiry} {self.begun_at:%Y-%m-%d}"


class Sending(models.Model):
    """A member was written to, at so many addresses. Its mails name the row in `about`."""

    asked = models.ForeignKey(Asked, on_delete=models.CASCADE, related_name="sendings")
    round = models.ForeignKey(
        Round, on_delete=models.CASCADE, null=True, blank=True, related_name="sendings"
    )
    is_reminder = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = SubjectField(blank=True)
    addresses = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("sending")
        verbose_name_plural = _("sendings")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "asked"],
                condition=models.Q(round__isnull=False),
                name="enquiries_sending_once_a_round",
            )
        ]

    def __str__(self) -> str:
        return f"{self.asked} {self.at:%Y-%m-%d}"
