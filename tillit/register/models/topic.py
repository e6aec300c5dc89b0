"""What organisations work with (themes) and for (target groups)."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tillit.kit.fields import SortKeyField
from tillit.kit.models import Row
from tillit.register.choices import TopicKind


class Topic(Row):
    """A theme, such as the twelve groups of ICNPO, or a target group. The list is data."""

    kind = models.CharField(max_length=12, choices=TopicKind.choices)
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    sort_key = SortKeyField(derive="name")

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["kind", "sort_key"]

    def __str__(self) -> str:
        return self.name_en if self.name_en and get_language() == "en" else self.name
