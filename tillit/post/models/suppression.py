"""An address that mail can't reach, found by a bounce."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Suppression(models.Model):
    """Nothing is sent to this address until a person lifts it."""

    email = models.CharField(max_length=254)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("address that bounces")
        verbose_name_plural = _("addresses that bounce")
        constraints = [
            models.UniqueConstraint(
                fields=["email"], condition=Q(lifted_at=None), name="post_suppression_once"
            ),
        ]

    def __str__(self) -> str:
        return self.reason
