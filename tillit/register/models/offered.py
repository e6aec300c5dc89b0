"""What a mandate gives, and an invitation offers."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tillit.kit.fields import SubjectField
from tillit.register.choices import ADMINISTRATORS, Extent
from tillit.register.models.secretariat import Secretariat
from tillit.register.models.unit import Unit

OF_SECRETARIAT = Q(extent=Extent.SECRETARIAT)
OF_ADMINISTRATOR = Q(extent=Extent.ADMINISTER)
WHOLE = (Extent.LEAD, Extent.SECRETARIAT, Extent.ADMINISTER)


class Offered(models.Model):
    """How far one acts for an organisation or a unit of it, and who gave that.

    That of an administrator is known to all administrators instead of the secretariat.
    """

    organisation: Any  # of whoever mixes this in
    circle: str
    also: str

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="%(class)ss"
    )
    extent = models.CharField(_("extent"), max_length=12, choices=Extent.choices)
    secretariat = models.ForeignKey(
        Secretariat, on_delete=models.PROTECT, null=True, blank=True, related_name="%(class)ss"
    )
    given_by = SubjectField()  # subjects: who gave it, and for whom
    given_for = SubjectField(blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=(OF_SECRETARIAT & Q(secretariat__isnull=False))
                | (~OF_SECRETARIAT & Q(secretariat__isnull=True)),
                name="%(app_label)s_%(class)s_of_secretariat",
            ),
            models.CheckConstraint(
                condition=~Q(extent__in=WHOLE) | Q(unit__isnull=True),
                name="%(app_label)s_%(class)s_for_the_whole",
            ),
        ]

    def guard(self) -> None:
        super().guard()  # type: ignore[misc]
        if self.extent == Extent.ADMINISTER:
            self.also = ADMINISTRATORS

    def clean(self) -> None:
        super().clean()
        if self.unit and self.unit.organisation_id != self.organisation.pk:
            raise ValidationError({"unit": _("The unit belongs to another organisation.")})
        if self.unit and self.extent in WHOLE:
            raise ValidationError(
                {
                    "unit": _(
                        "This is for the whole organisation. Choose no unit, or let it edit only."
                    )
                }
            )
        if self.secretariat and self.secretariat.organisation_id != self.organisation.pk:
            raise ValidationError(
                {"secretariat": _("The secretariat is kept by another organisation.")}
            )

    @property
    def kind_in_words(self) -> str:
        return str(self.get_extent_display()).lower()

    @property
    def means(self) -> str:
        """What it lets one do, in a sentence."""
        return str(Extent(self.extent).means)

    @property
    def reaches(self) -> str:
        """For whom: “Föreningen” or “Regionen, kulturnämnden”."""
        whole = str(self.organisation.name)
        return f"{whole}, {self.unit.name}" if self.unit else whole
