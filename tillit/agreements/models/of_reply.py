"""Rows that are a part of an answer, and are read by whoever reads it."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from tillit.agreements.models.reply import Reply
from tillit.kit.circles import Shared, SharedQuerySet, Viewer
from tillit.kit.models import Activity, Row


class OfReplyQuerySet(SharedQuerySet):
    def visible_to(self, viewer: Viewer) -> Self:
        """Of an answer that the viewer may read: an organisation that hides takes its answer along."""
        answers = Q(reply__circle__in=viewer.circles) | Q(reply__also__in=viewer.circles)
        return super().visible_to(viewer).filter(answers)


class OfReply(Shared, Row):
    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="%(class)ss")

    # What its circles follow from.
    guarded_by: ClassVar[tuple[str, ...]] = ("reply",)

    objects: ClassVar[Any] = OfReplyQuerySet.as_manager()

    class Meta:
        abstract = True

    def guard(self) -> None:
        self.circle, self.also = self.reply.circle, self.reply.also

    @property
    def about(self) -> str:
        return self.reply.about

    def refuse_undo(self, activity: Activity) -> None:
        self.reply.refuse_undo(activity)

    def get_absolute_url(self) -> str:
        return f"{self.reply.get_absolute_url()}#{self.noun}-{self.key}"
