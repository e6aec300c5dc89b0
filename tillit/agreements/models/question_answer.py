"""What an answer says to one of the questions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.agreements.models.comment import shortened
from tillit.agreements.models.consultation_question import ConsultationQuestion
from tillit.agreements.models.of_reply import OfReply

LONGEST_ANSWER = 20_000


class QuestionAnswer(OfReply):
    question = models.ForeignKey(
        ConsultationQuestion, on_delete=models.CASCADE, related_name="answers"
    )
    text = models.TextField(_("answer"), max_length=LONGEST_ANSWER)

    class Meta:
        verbose_name = _("answer to a question")
        verbose_name_plural = _("answers to questions")
        ordering = ["question__number", "question"]
        constraints = [
            models.UniqueConstraint(
                fields=["reply", "question"], name="agreements_question_answered_once"
            )
        ]

    def __str__(self) -> str:
        return shortened(self.text)
