"""An address that has said no to mail of one kind."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class OptOut(models.Model):
    """The mail of this topic is not sent to this address. Undone by removing the row."""

    carried: ClassVar[bool] = True  # whoever has said no has said it wherever the register goes

    email = models.CharField(max_length=254)
    topic = models.CharField(max_length=40)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("opt-out")
        verbose_name_plural = _("opt-outs")
        constraints = [
            models.UniqueConstraint(fields=["email", "topic"], name="post_opt_out_once"),
        ]

    def __str__(self) -> str:
        return self.topic
