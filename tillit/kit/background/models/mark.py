"""Something that is so of this database and stays so, such as that it was begun as a demo."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Mark(models.Model):
    name = models.CharField(max_length=60, unique=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")

    def __str__(self) -> str:
        return self.name
