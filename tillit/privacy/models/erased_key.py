"""What has been erased may not come back with an old file; and the list of it names nobody."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.privacy.models.erasure_decision import ErasureDecision


class ErasedKey(models.Model):
    """The digest of an erased row's subject, made with the installation's secret.

    Keys may be people's names, so nobody who has the list alone can guess whom it tells of.
    `secret` tells which secret made it, so that it shows when that one is gone.
    """

    carried: ClassVar[bool] = False  # another installation's secret could make nothing of it

    digest = models.CharField(max_length=64, unique=True)
    secret = models.CharField(max_length=16)
    at = models.DateTimeField()
    decision = models.ForeignKey(ErasureDecision, on_delete=models.PROTECT, related_name="erased")

    objects: ClassVar[models.Manager["ErasedKey"]] = models.Manager()

    class Meta:
        verbose_name = _("erased key")
        verbose_name_plural = _("erased keys")

    def __str__(self) -> str:
        return self.digest[:8]
