"""That two entries were made one, and the journal by which they can be made two again."""

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tillit.duplicates.models.pair import key_in
from tillit.kit.circles import Shared, SharedQuerySet, Viewer
from tillit.kit.fields import SubjectField
from tillit.kit.merging.steps import Step
from tillit.kit.models import Activity, Citation, Row
from tillit.kit.refusal import Refused


class MergeQuerySet(SharedQuerySet):
    def readable_by(self, viewer: Viewer, rows: Mapping[str, Any]) -> Self:
        """Those of which the viewer may read what stayed: `rows` are the readable ones of each noun.

        What was merged in its turn is hidden with what it became, until that is undone.
        """
        readable: Any = Q(pk__in=[])
        for noun, of_it in rows.items():
            stayed = Exists(of_it.filter(key=key_in("kept", noun)))
            readable |= Q(kept__startswith=f"{noun}:") & stayed
        return self.visible_to(viewer).filter(readable)

    def standing(self) -> Self:
        """Those that have not been undone."""
        return self.filter(undone_at__isnull=True)


class Merge(Shared, Row):
    """Which entry stayed and which went, who decided, when and why; and who undid it.

    `kept` and `gone` are subjects as they were then: they say where the old address leads, and so are
    not moved when the kept one is merged in its turn.
    """

    kept = models.CharField(max_length=240, db_index=True)
    gone = models.CharField(max_length=240, db_index=True)
    title = models.CharField(_("what it was called"), max_length=200)  # the one that went
    done_at = models.DateTimeField()
    by = SubjectField()
    behalf = SubjectField(blank=True)
    why = models.CharField(_("reason"), max_length=400, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = SubjectField(blank=True)
    undone_why = models.CharField(_("reason"), max_length=400, blank=True)
    left = models.PositiveIntegerField(default=0)  # steps that could not be undone

    objects: ClassVar[Any] = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["-done_at", "key"]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("duplicates:merge", args=[self.key])

    @property
    def about(self) -> str:
        return str(self.kept)

    @property
    def is_undone(self) -> bool:
        return self.undone_at is not None

    def refuse_undo(self, activity: Activity) -> None:
        raise Refused(_now("A merge is undone on its own page."), 409)

    def keep(self, steps: list[Step]) -> None:
        """Write the journal."""
        MergeStep.objects.bulk_create(
            [MergeStep.of(self, number, it) for number, it in enumerate(steps, 1)], batch_size=500
        )

    def kept_steps(self) -> list[Step]:
        """The journal in its order. What a row without key is called follows the row itself."""
        return [it.as_step for it in self.steps.order_by("number") if it.is_here]


class MergeStep(models.Model):
    """One step of the journal. A change or a source that was moved is named by itself, not by number."""

    merge = models.ForeignKey(Merge, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField()
    model = models.CharField(max_length=80)
    row = models.CharField(max_length=200)
    activity = models.ForeignKey(
        Activity, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    citation = models.ForeignKey(
        Citation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    column = models.CharField(max_length=80, blank=True)
    before: Any = models.JSONField(null=True)
    after: Any = models.JSONField(null=True)

    class Meta:
        verbose_name = _("step of a merge")
        verbose_name_plural = _("steps of a merge")
        ordering = ["merge", "number"]
        constraints = [
            models.UniqueConstraint(fields=["merge", "number"], name="duplicates_step_once")
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.model} {self.column}".strip()

    @classmethod
    def of(cls, merge: Merge, number: int, step: Step) -> "MergeStep":
        own = NAMED_BY_THEMSELVES.get(step.model)
        named = {f"{own}_id": int(step.row)} if own and not step.is_of_row_that_went else {}
        row = "" if named else step.row
        said = {"column": step.column, "before": step.before, "after": step.after}
        return cls(merge=merge, number=number, model=step.model, row=row, **named, **said)

    @property
    def is_here(self) -> bool:
        """Whether what it is a step of can be told; a source that has been removed can't."""
        return bool(self.row or self.activity_id or self.citation_id)

    @property
    def as_step(self) -> Step:
        row = self.row or str(self.activity_id or self.citation_id)
        return Step(self.model, row, self.column, self.before, self.after)


NAMED_BY_THEMSELVES = {
    Activity._meta.label_lower: "activity",  # noqa: SLF001 (Django's own name for it)
    Citation._meta.label_lower: "citation",  # noqa: SLF001
}
