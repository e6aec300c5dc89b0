"""What the sides are to do together, as a version says."""

from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tillit.agreements.models.of_version import OfVersion
from tillit.kit.circles import PUBLIC
from tillit.kit.models import Dated, DatedQuerySet
from tillit.kit.periods import Reach
from tillit.register.models import Organisation


class Measure(OfVersion, Dated):
    """A measure for a period. `lead` is who leads it, where a source says so. Its key is
    `agreement.measure`, so that it keeps its address whichever version speaks of it.
    """

    told_years: list[Any]  # its follow-ups, where these have been fetched: see reading

    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"))
    lead = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="led_measures"
    )

    reach: ClassVar[Reach] = Reach(before=0)

    objects: ClassVar[Any] = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["version", "number"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["version", "number"], name="agreements_measure_number_once"
            ),
        ]

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

    def get_absolute_url(self) -> str:
        return reverse("agreements:measure", args=[self.version.agreement.key, self.local_key])
