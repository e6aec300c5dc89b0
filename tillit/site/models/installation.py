"""What this installation is for: the agreement's name, its two sides, and who answers for it."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.agreements.models import Agreement
from tillit.kit.models import Row
from tillit.register.choices import Side
from tillit.register.models import Organisation, Place


class Installation(Row):
    """The words of the start page, the logo, and who is responsible.

    The civil side is a sector, represented by an organisation. Until the guide has come so far a
    side has nobody. Several controllers are responsible jointly.
    """

    title = models.CharField(_("title"), max_length=120)
    kicker = models.CharField(max_length=200, blank=True)
    lede = models.TextField(blank=True, max_length=400)
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The one of the agreements here that it is for, once that has been entered.
    agreement = models.ForeignKey(
        Agreement, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    civil_title = models.CharField(max_length=120, blank=True)
    civil_text = models.CharField(max_length=200, blank=True)
    civil = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    public_title = models.CharField(max_length=120, blank=True)
    public_text = models.CharField(max_length=200, blank=True)
    public = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    # Its name in the storage, what it says, and its size in pixels.
    logo = models.CharField(max_length=100, blank=True)
    logo_words = models.CharField(_("what the logo says"), max_length=120, blank=True)
    logo_width = models.PositiveSmallIntegerField(default=0)
    logo_height = models.PositiveSmallIntegerField(default=0)

    host = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    controllers = models.ManyToManyField(Organisation, blank=True, related_name="+")
    arrangement = models.TextField(blank=True, max_length=4000)
    contact = models.EmailField(blank=True)
    officer = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("installation")
        verbose_name_plural = _("installations")

    def __str__(self) -> str:
        return self.title

    @classmethod
    def current(cls) -> Self | None:
        """The installation, with its organisations; nothing before anybody has named it."""
        rows = cls.objects.select_related("civil", "public", "place", "host", "agreement")
        found: Self | None = rows.order_by("pk").first()
        return found

    def party(self, side: Side) -> Organisation | None:
        """Who stands for the side."""
        return self.civil if side == Side.CIVIL else self.public

    @property
    def has_both_sides(self) -> bool:
        return self.civil_id is not None and self.public_id is not None
