"""What this installation is for: the agreement's name, and who its two sides are."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.kit.models import Row
from tillit.register.models import Organisation, Place


class Installation(Row):
    """The words of the start page. The civil side is a sector, represented by an organisation."""

    title = models.CharField(_("title"), max_length=120)
    kicker = models.CharField(max_length=200, blank=True)
    lede = models.TextField(blank=True, max_length=400)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, related_name="+")
    civil_title = models.CharField(max_length=120)
    civil_text = models.CharField(max_length=200, blank=True)
    civil = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    public_title = models.CharField(max_length=120)
    public_text = models.CharField(max_length=200, blank=True)
    public = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("installation")
        verbose_name_plural = _("installations")

    def __str__(self) -> str:
        return self.title
