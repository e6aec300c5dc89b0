"""That a party took back what it had said of a version, and why."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.agreements.models.adoption import Adoption
from tillit.kit.models import Happened, Row


class AdoptionWithdrawal(Happened, Row):
    """The adoption stands no more. It is not removed: that there was one is told as well."""

    adoption = models.OneToOneField(Adoption, on_delete=models.CASCADE, related_name="withdrawal")
    dated = models.CharField(_("day"), max_length=40, help_text="EDTF")
    reason = models.TextField(_("reason"), max_length=2000)

    class Meta:
        verbose_name = _("withdrawal of an adoption")
        verbose_name_plural = _("withdrawals of adoptions")
        ordering = ["adoption"]

    def __str__(self) -> str:
        return str(self.adoption)

    def get_absolute_url(self) -> str:
        return self.adoption.get_absolute_url()

    def lock(self) -> None:
        self.adoption.version.lock()

    def guard(self) -> None:
        self.circle = self.adoption.circle

    @property
    def about(self) -> str:
        return self.adoption.about
