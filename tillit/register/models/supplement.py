"""What the office asks an applicant besides, and the answer."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.kit.fields import SubjectField
from tillit.register.models.application import Application


class Supplement(models.Model):
    """A question about an application. It goes by mail; the answer comes by the applicant's link."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="supplements"
    )
    question = models.TextField(_("question"), max_length=2000)
    asked_at = models.DateTimeField()
    asked_by = SubjectField()
    answer = models.TextField(_("answer"), blank=True, max_length=4000)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("supplement")
        verbose_name_plural = _("supplements")
        ordering = ["asked_at", "pk"]

    def __str__(self) -> str:
        return self.question
