"""That a party stood behind a version: it decided to begin, adopted, or signed."""

from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.agreements.choices import AdoptionKind
from tillit.agreements.models.of_version import OfVersion
from tillit.kit.circles import PUBLIC, CircledQuerySet
from tillit.kit.models import Happened
from tillit.kit.refusal import Refused
from tillit.register.models import Organisation, Unit


class AdoptionQuerySet(CircledQuerySet):
    def standing(self) -> Self:
        """Those that have not been withdrawn."""
        return self.filter(withdrawal__isnull=True)

    def binding(self) -> Self:
        """Those by which the wording of their version stands."""
        return self.standing().filter(kind=AdoptionKind.ADOPTED)


class Adoption(Happened, OfVersion):
    """A deed of a party, as exactly as a source tells when. The unit is that which decided.

    The number of its case stands as the keeper writes it: every authority has a form of its own.
    """

    kind = models.CharField(_("what was done"), max_length=10, choices=AdoptionKind.choices)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="adoptions"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="adoptions"
    )
    dated = models.CharField(_("day"), max_length=40, blank=True, help_text="EDTF")
    case_number = models.CharField(_("case number"), max_length=80, blank=True)

    objects: ClassVar[Any] = AdoptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("adoption")
        verbose_name_plural = _("adoptions")
        ordering = ["version", "dated", "kind", "key"]

    def __str__(self) -> str:
        return f"{self.version.label}: {self.get_kind_display()}, {self.organisation}"

    @property
    def is_binding(self) -> bool:
        return self.kind == AdoptionKind.ADOPTED and getattr(self, "withdrawal", None) is None

    def guard(self) -> None:
        """Whoever may not read the organisation may not read what it adopted."""
        circles = [self.version.circle, self.organisation.circle]
        self.circle = next((circle for circle in circles if circle != PUBLIC), PUBLIC)

    def refuse_undo(self, activity: Any) -> None:
        raise Refused(_("An adoption is withdrawn, and not undone."), 409)

    def clean(self) -> None:
        super().clean()
        if self.unit and self.unit.organisation_id != self.organisation_id:
            raise ValidationError({"unit": _("The unit belongs to another organisation.")})
