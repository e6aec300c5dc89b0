"""What those who are asked are asked, of a section or of the whole."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.agreements.models.consultation import Consultation
from tillit.agreements.models.of_consultation import OfConsultation
from tillit.agreements.models.section import Section
from tillit.kit.models import Activity
from tillit.kit.refusal import Refused

MOST_QUESTIONS = 30


class ConsultationQuestion(OfConsultation):
    """A question, answered in words. It is of the whole when its section is gone."""

    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="questions"
    )
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    text = models.CharField(_("question"), max_length=500)
    section = models.ForeignKey(
        Section, on_delete=models.SET_NULL, null=True, blank=True, related_name="questions"
    )

    class Meta:
        verbose_name = _("question of a consultation")
        verbose_name_plural = _("questions of consultations")
        ordering = ["number", "pk"]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        super().clean()
        if self.section and self.section.version_id != self.consultation.version_id:
            raise ValidationError({"section": _("The section belongs to another version.")})

    def refuse_undo(self, activity: Activity) -> Any:
        if not self.consultation.is_prepared:
            raise Refused(_("What was sent out is not changed afterwards."), 409)
