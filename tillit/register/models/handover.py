"""That somebody left, and to whom what was held went."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tillit.kit.circles import Shared, SharedQuerySet
from tillit.kit.fields import SubjectField
from tillit.kit.models import Activity, Row
from tillit.kit.refusal import Refused
from tillit.register.models.organisation import Organisation
from tillit.register.models.person import Person


class HandoverQuerySet(SharedQuerySet):
    def readable_by(self, person: Person | None, circles: frozenset[str]) -> Self:
        """Those of the circles, and those to the person, who need not act for the whole."""
        read = Q(circle__in=circles) | Q(also__in=circles)
        return self.filter(read | Q(successor=person) if person else read)


class Handover(Shared, Row):
    """One act: who left, who took over, what became of each thing held, and a note to the successor.

    `fates` is [[subject, fate], …]; what the things are called is asked of whoever knows them.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="handovers"
    )
    leaver = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="left")
    successor = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="taken_over"
    )
    last_day = models.DateField(_("last day"))
    note = models.TextField(_("note to the successor"), blank=True, max_length=4000)
    fates: Any = models.JSONField(default=list)
    done_by = SubjectField()  # subjects
    done_for = SubjectField(blank=True)
    done_at = models.DateTimeField()

    objects: ClassVar[Any] = HandoverQuerySet.as_manager()

    untold = frozenset({"note", "fates"})

    class Meta:
        verbose_name = _("hand-over")
        verbose_name_plural = _("hand-overs")
        ordering = ["-done_at", "pk"]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.last_day}"

    def guard(self) -> None:
        it = self.organisation
        self.circle = it.own_circle
        self.also = it.secretariat.own_circle if it.secretariat and not it.protected else ""

    @property
    def about(self) -> str:
        return self.organisation.subject

    def get_absolute_url(self) -> str:
        return reverse("register:handover", args=[self.key])

    def refuse_undo(self, activity: Activity) -> None:
        raise Refused(_now("What was handed over is handed back, not undone."), 409)
