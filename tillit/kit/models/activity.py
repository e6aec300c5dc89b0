"""What was changed, by whom and why: one row for each change, written in its transaction."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.kit.circles import Shared, SharedQuerySet
from tillit.kit.fields import SubjectField


class Verb(models.TextChoices):
    CREATED = "created", _("created")
    CHANGED = "changed", _("changed")
    REMOVED = "removed", _("removed")


class Activity(Shared):
    """One change. Actor and subject are opaque keys, so that any context can write here.

    `behalf` is whom the actor acted for; `about` the subject on whose page the change is told, for
    an address its organisation. `undoes` points at the change that this one took back, `part_of` at the
    first of those that were made together with it.
    """

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    actor = SubjectField()
    behalf = SubjectField(blank=True)
    subject = SubjectField(db_index=True)
    about = SubjectField(blank=True, db_index=True)
    verb = models.CharField(max_length=10, choices=Verb.choices)
    changes: Any = models.JSONField(default=dict)  # {field: [before, after]}
    reason = models.CharField(max_length=400, blank=True)
    part_of = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="parts"
    )
    undoes = models.OneToOneField(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="undone_by"
    )

    carried: ClassVar[bool] = True  # who decided what and why goes with what they decided

    objects: ClassVar[Any] = SharedQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"
