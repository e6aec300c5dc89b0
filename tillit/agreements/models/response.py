"""What became of what somebody said: taken in, partly or not, why, and the wording that it led to."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tillit.agreements.choices import Outcome
from tillit.agreements.models.comment import Comment
from tillit.agreements.models.consultation import Consultation
from tillit.agreements.models.of_consultation import OfConsultation
from tillit.agreements.models.reply import Reply
from tillit.kit.fields import SubjectField
from tillit.kit.models import Activity
from tillit.kit.refusal import Refused

LONGEST_WHY = 10_000


class Response(OfConsultation):
    """To a comment of an answer or, without one, to what the answer says of the whole.

    Both sides write them, as one text. The parties read it until both say that it may be published.
    """

    wording: Any  # what `led_to` names, where that has been fetched: see compiling

    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="responses"
    )
    comment = models.OneToOneField(
        Comment, on_delete=models.CASCADE, null=True, blank=True, related_name="response"
    )
    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="responses")
    outcome = models.CharField(_("what became of it"), max_length=8, choices=Outcome.choices)
    why = models.TextField(_("why"), max_length=LONGEST_WHY)
    led_to = SubjectField(blank=True)  # a section, an aim, a promise: whatever a version says

    guarded_by: ClassVar[tuple[str, ...]] = (
        "consultation__version__agreement",
        "comment__reply",
        "reply",
    )

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values), name="agreements_response_outcome"
            ),
            models.UniqueConstraint(
                fields=["reply"],
                condition=Q(comment__isnull=True),
                name="agreements_response_to_whole_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_outcome_display())

    @property
    def to(self) -> Any:
        """What it is a response to."""
        return self.comment or self.reply

    @property
    def stance(self) -> Outcome:
        return Outcome(self.outcome)

    def guard(self) -> None:
        published = self.consultation.responses_at is not None
        self.circle = self.to.circle if published else self.parties_circle
        self.also = self.to.also if published else ""

    def get_absolute_url(self) -> str:
        return str(self.to.get_absolute_url())

    def refuse_undo(self, activity: Activity) -> None:
        if self.consultation.responses_at:
            raise Refused(
                _("Take the publishing back first: it is what both sides stand for."), 409
            )
