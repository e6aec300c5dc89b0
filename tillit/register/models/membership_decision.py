"""What was decided of memberships: each decision is a row, and so is taking one back."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tillit.kit.fields import SubjectField
from tillit.kit.models import Activity
from tillit.register.models.application import Application
from tillit.register.models.membership import Membership
from tillit.register.models.of_umbrella import OfBoth, OfBothQuerySet
from tillit.register.models.organisation import Organisation


class DecisionKind(models.TextChoices):
    ADMITTED = "admitted", _("Admitted as a member")
    DECLINED = "declined", _("Application declined")
    LEFT = "left", _("Left of its own will")
    EXCLUDED = "excluded", _("Excluded")
    DISSOLVED = "dissolved", _("Dissolved")
    MERGED = "merged", _("Merged with another")
    TAKEN_BACK = "taken_back", _("Decision taken back")


ENDING = (
    DecisionKind.LEFT,
    DecisionKind.EXCLUDED,
    DecisionKind.DISSOLVED,
    DecisionKind.MERGED,
)
WITH_DAY = (DecisionKind.ADMITTED, *ENDING)


class DecisionQuerySet(OfBothQuerySet):
    def standing(self) -> Self:
        """Those that nobody has taken back."""
        return self.filter(taken_back_by=None).exclude(kind=DecisionKind.TAKEN_BACK)


class MembershipDecision(OfBoth):
    """Who decided what, when and why. Only the umbrella and the member read it; all see the days.

    `day` is the first day as a member, or the last. `activity` is the change of the register that
    came with it, and that goes when the decision is taken back.
    """

    member = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="membership_decisions",
    )
    membership = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="decisions"
    )
    application = models.ForeignKey(
        Application, on_delete=models.SET_NULL, null=True, blank=True, related_name="decisions"
    )
    kind = models.CharField(_("decision"), max_length=12, choices=DecisionKind.choices)
    day = models.DateField(null=True, blank=True)
    decided_on = models.DateField(_("decided on"))
    decided_by = models.CharField(_("decided by"), max_length=200)
    reference = models.CharField(_("reference number"), max_length=80, blank=True)
    reason = models.TextField(_("reason"), blank=True, max_length=2000)
    noted_at = models.DateTimeField()
    noted_by = SubjectField()
    takes_back = models.OneToOneField(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="taken_back_by"
    )
    activity = models.ForeignKey(
        Activity, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[Any] = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision on membership")
        verbose_name_plural = _("decisions on membership")
        ordering = ["-noted_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=WITH_DAY, day__isnull=False)
                | (~Q(kind__in=WITH_DAY) & Q(day__isnull=True)),
                name="register_membershipdecision_day",
            ),
            models.CheckConstraint(
                condition=Q(kind=DecisionKind.TAKEN_BACK, takes_back__isnull=False)
                | (~Q(kind=DecisionKind.TAKEN_BACK) & Q(takes_back__isnull=True)),
                name="register_membershipdecision_takes_back",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def get_absolute_url(self) -> str:
        if self.member:
            return reverse("register:membership", args=[self.umbrella.key, self.member.key])
        return self.application.get_absolute_url() if self.application else ""

    @property
    def ends(self) -> bool:
        return self.kind in ENDING

    @property
    def is_taken_back(self) -> bool:
        return hasattr(self, "taken_back_by")
