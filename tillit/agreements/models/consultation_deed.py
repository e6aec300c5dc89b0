"""What was done with a consultation, by whom and when; by nobody where the schedule did it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.agreements.choices import ConsultationDeedKind
from tillit.agreements.models.consultation import Consultation
from tillit.kit.fields import SubjectField


class ConsultationDeed(models.Model):
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="deeds")
    kind = models.CharField(max_length=12, choices=ConsultationDeedKind.choices)
    at = models.DateTimeField()
    by = SubjectField(blank=True)

    class Meta:
        verbose_name = _("deed of a consultation")
        verbose_name_plural = _("deeds of consultations")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return str(self.get_kind_display())
