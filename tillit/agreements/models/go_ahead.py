"""That one side has said go ahead to something that takes both."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tillit.agreements.choices import Matter
from tillit.agreements.models.consultation import Consultation
from tillit.agreements.models.of_consultation import OfConsultation
from tillit.kit.circles import SharedQuerySet
from tillit.kit.fields import SubjectField
from tillit.kit.models import Activity
from tillit.kit.refusal import Refused
from tillit.register.choices import Side


class GoAheadQuerySet(SharedQuerySet):
    def standing(self) -> Self:
        return self.filter(taken_back_at__isnull=True, used_at__isnull=True)


class GoAhead(OfConsultation):
    """A deed of a side: to what, when, by whom, and on behalf of which party.

    `stood` is a fingerprint of what it was said of. When that changes it counts no longer, and the
    side has to look again. `used_at` is when the other had said the same, so that it was done.
    """

    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="go_aheads"
    )
    side = models.CharField(_("side"), max_length=10, choices=Side.choices)
    matter = models.CharField(_("to what"), max_length=8, choices=Matter.choices)
    stood = models.CharField(max_length=64)
    day = models.DateField(null=True, blank=True)  # the last day, if it is given another
    given_at = models.DateTimeField()
    by = SubjectField(blank=True)
    behalf = SubjectField(blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = GoAheadQuerySet.as_manager()

    class Meta:
        verbose_name = _("go-ahead")
        verbose_name_plural = _("go-aheads")
        ordering = ["given_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(side__in=Side.values), name="agreements_go_ahead_side"
            ),
            models.UniqueConstraint(
                fields=["consultation", "side", "matter"],
                condition=Q(taken_back_at__isnull=True, used_at__isnull=True),
                name="agreements_go_ahead_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_side_display()}: {self.get_matter_display()}"

    def guard(self) -> None:
        self.circle, self.also = self.parties_circle, ""

    def refuse_undo(self, activity: Activity) -> None:
        raise Refused(_("This is not undone: it is taken back where it was done."), 409)
