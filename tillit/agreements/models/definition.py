"""What a version means by a word. That may change between versions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.agreements.models.of_version import OfVersion
from tillit.kit.fields import SortKeyField


class Definition(OfVersion):
    term = models.CharField(_("term"), max_length=120)
    text = models.TextField(_("meaning"))
    sort_key = SortKeyField(derive="term")

    class Meta:
        verbose_name = _("definition")
        verbose_name_plural = _("definitions")
        ordering = ["version", "sort_key", "key"]

    def __str__(self) -> str:
        return self.term
