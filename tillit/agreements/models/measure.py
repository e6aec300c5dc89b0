"""What the sides are to do together, as a version says."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tillit.agreements.models.commitment import Commitment
from tillit.agreements.models.numbered import Numbered
from tillit.kit.circles import PUBLIC
from tillit.kit.models import Dated, DatedQuerySet
from tillit.kit.periods import Reach
from tillit.register.models import Organisation


class Measure(Numbered, Dated):
    """A measure for a period. `lead` is who leads it, where a source says so. Its key is
    `agreement.measure`, so that it keeps its address whichever version speaks of it.

    It serves commitments of its version, and may continue a measure of an earlier one.
    """

    goes: Any  # how it goes in a few words, likewise
    told_years: list[Any]  # its follow-ups, where these have been fetched: see reading
    statuses_told: list[Any]  # what the sides have said of how it goes

    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"))
    lead = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="led_measures",
        verbose_name=_("led by"),
    )
    serves = models.ManyToManyField(
        Commitment, blank=True, related_name="served_by", verbose_name=_("serves")
    )
    continues: Any = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="continued_by",
        verbose_name=_("continues"),
    )

    reach: ClassVar[Reach] = Reach(before=0)

    objects: ClassVar[Any] = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["version", "number"]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def local_key(self) -> str:
        """By which its agreement calls it."""
        return str(self.key).removeprefix(f"{self.version.agreement.key}.")

    @property
    def public_lead(self) -> Organisation | None:
        """Who leads it, if everybody may know of them."""
        return self.lead if self.lead and self.lead.circle == PUBLIC else None

    @classmethod
    def check_all_beside(cls, rows: Sequence[Any]) -> None:
        super().check_all_beside(rows)
        serving = cls.serves.through.objects.filter(measure__in=[it.pk for it in rows if it.pk])
        if serving.exclude(commitment__version=F("measure__version")).exists():
            raise ValidationError(
                {"serves": _("A measure serves commitments of its own version.")}, code="foreign"
            )

    def get_absolute_url(self) -> str:
        return reverse("agreements:measure", args=[self.version.agreement.key, self.local_key])
