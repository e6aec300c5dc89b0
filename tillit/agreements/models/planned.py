"""Texts that are prepared by the sides together, and adopted by who steers the agreement."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tillit.agreements.choices import PlanStage
from tillit.agreements.models.agreement import Agreement
from tillit.kit.models import Happened, Row


class Planned(Happened, Row):
    """While it is prepared the parties alone read it. Who adopted it stands in words: a body is not
    a row here.
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
            )
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
    def about(self) -> str:
        return self.agreement.subject

    @property
    def local_key(self) -> str:
        """By which its agreement calls it."""
        return str(self.key).removeprefix(f"{self.agreement.key}.")

    def guard(self) -> None:
        it = self.agreement
        self.circle = it.parties_circle if self.is_prepared else it.circle
