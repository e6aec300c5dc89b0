"""Texts that are prepared by the sides together, and adopted by who steers the agreement."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tillit.agreements.choices import PlanStage
from tillit.agreements.models.agreement import Agreement
from tillit.kit.models import Activity, Happened, Row
from tillit.kit.refusal import Refused
from tillit.register.choices import Side


class Planned(Happened, Row):
    """Until both sides say that it was adopted the parties alone read it, and it may be prepared further
    as long as neither has. Who adopted it stands in words: a body is not a row here.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="%(class)ss")
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    stage = models.CharField(
        _("stage"), max_length=10, choices=PlanStage.choices, default=PlanStage.PREPARED
    )
    decided_by = models.CharField(_("adopted by"), max_length=200, blank=True)
    dated = models.CharField(_("adopted on"), max_length=40, blank=True, help_text="EDTF")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=PlanStage.values), name="%(app_label)s_%(class)s_stage"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_adopted(self) -> bool:
        return self.stage == PlanStage.ADOPTED

    @property
    def is_prepared(self) -> bool:
        return self.stage == PlanStage.PREPARED

    @property
    def said_by(self) -> Side | None:
        """The side that says that it was adopted, as long as the other has not."""
        return Side(self.stage) if self.stage in Side.values else None

    @property
    def is_told(self) -> bool:
        """Whether all who read the agreement read it."""
        return not (self.is_prepared or self.said_by)

    @property
    def about(self) -> str:
        return self.agreement.subject

    @property
    def local_key(self) -> str:
        """By which its agreement calls it."""
        return str(self.key).removeprefix(f"{self.agreement.key}.")

    def guard(self) -> None:
        it = self.agreement
        self.circle = it.circle if self.is_told else it.parties_circle

    def refuse_undo(self, activity: Activity) -> None:
        """Either side may make other changes undone, such as that it was written at all; how far it has
        come neither does alone.
        """
        if all(activity.changes.get("stage", [None])):
            raise Refused(_("That it was adopted is not undone: both sides have said so."), 409)
