"""For whom a person acts, how far and for how long."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tillit.kit.periods import Reach
from tillit.register.choices import Extent
from tillit.register.models.contact import Contact
from tillit.register.models.kept import Kept, KeptQuerySet
from tillit.register.models.person import Person
from tillit.register.models.secretariat import Secretariat
from tillit.register.models.unit import Unit

OF_SECRETARIAT = Q(extent=Extent.SECRETARIAT)


class MandateQuerySet(KeptQuerySet):
    def standing(self, day: date) -> Self:
        """Those that surely hold on the day. An assumed mandate opens nothing."""
        return self.filter(certain_from__lte=day, certain_until__gte=day)


class Mandate(Kept):
    """A person acts for an organisation, or one unit of it. Given by somebody, and accepted.

    `through` is the function address by which the person holds it, if any.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="mandates")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="mandates"
    )
    extent = models.CharField(_("extent"), max_length=12, choices=Extent.choices)
    secretariat = models.ForeignKey(
        Secretariat, on_delete=models.PROTECT, null=True, blank=True, related_name="mandates"
    )
    through = models.ForeignKey(
        Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="mandates"
    )
    given_by = models.CharField(max_length=240)  # subjects: who gave it, and for whom
    given_for = models.CharField(max_length=240, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(_("reason"), max_length=400, blank=True)

    # A mandate holds from its first day to its last, and is never assumed.
    reach: ClassVar[Reach] = Reach(before=0, after=0)

    objects: ClassVar[Any] = MandateQuerySet.as_manager()

    class Meta(Kept.Meta):
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        ordering = ["-certain_from", "pk"]
        constraints = [
            *Kept.Meta.constraints,
            models.CheckConstraint(
                condition=(OF_SECRETARIAT & Q(secretariat__isnull=False))
                | (~OF_SECRETARIAT & Q(secretariat__isnull=True)),
                name="register_mandate_of_secretariat",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_extent_display()}"

    @property
    def kind_in_words(self) -> str:
        return str(self.get_extent_display()).lower()  # type: ignore[attr-defined]
