"""A member says that it leaves an umbrella."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tillit.kit.fields import SubjectField
from tillit.register.models.membership import Membership
from tillit.register.models.membership_decision import MembershipDecision
from tillit.register.models.of_umbrella import OfBoth, OfBothQuerySet
from tillit.register.models.organisation import Organisation


class ResignationQuerySet(OfBothQuerySet):
    def open(self) -> Self:
        """Those that the umbrella has not taken note of, and that were not withdrawn."""
        return self.filter(withdrawn_at=None, decision=None)


class Resignation(OfBoth):
    """Which day the member wants to be its last, and why. It ends nothing until the umbrella decides."""

    membership = models.ForeignKey(
        Membership, on_delete=models.CASCADE, related_name="resignations"
    )
    last_day = models.DateField(_("last day as a member"))
    reason = models.TextField(_("reason"), blank=True, max_length=2000)
    asked_at = models.DateTimeField()
    asked_by = SubjectField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    decision = models.OneToOneField(
        MembershipDecision,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="resignation",
    )

    objects: ClassVar[Any] = ResignationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice of leaving")
        verbose_name_plural = _("notices of leaving")
        ordering = ["-asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["membership"],
                condition=Q(withdrawn_at=None, decision=None),
                name="register_resignation_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return str(self.membership)

    @property
    def member(self) -> Organisation:  # told by the membership
        found: Organisation = self.membership.member
        return found
