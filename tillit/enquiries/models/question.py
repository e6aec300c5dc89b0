"""The umbrella's own few questions."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.enquiries.models.of_enquiry import OfEnquiry

MOST_QUESTIONS = 10
MOST_ALTERNATIVES = 12
LONGEST_ALTERNATIVE = 120


class Kind(models.TextChoices):
    TEXT = "text", _("Text")
    NUMBER = "number", _("Number")
    YES_NO = "yes_no", _("Yes or no")
    ONE = "one", _("One of several")
    SEVERAL = "several", _("Several of several")


WITH_ALTERNATIVES = (Kind.ONE, Kind.SEVERAL)


class Question(OfEnquiry):
    """One question. `same_as` is last year's, so that the answers can be compared."""

    place = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(_("kind of answer"), max_length=8, choices=Kind.choices)
    text = models.CharField(_("question"), max_length=300)
    hint = models.CharField(_("hint"), max_length=300, blank=True)
    is_required = models.BooleanField(_("must be answered"), default=False)
    alternatives: Any = models.JSONField(_("alternatives"), default=list, blank=True)
    # Small groups are hidden in its figures.
    concerns_persons = models.BooleanField(_("tells of persons"), default=False)
    same_as = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="later"
    )

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["place", "pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def has_alternatives(self) -> bool:
        return self.kind in WITH_ALTERNATIVES

    def clean(self) -> None:
        super().clean()
        said = self.alternatives if isinstance(self.alternatives, list) else []
        if not self.has_alternatives:
            self.alternatives = []
            return
        if len(said) < 2:
            raise ValidationError({"alternatives": _("Give at least two alternatives.")})
        if len(said) > MOST_ALTERNATIVES:
            raise ValidationError(
                {
                    "alternatives": _("Give at most %(most)s alternatives.")
                    % {"most": MOST_ALTERNATIVES}
                }
            )
        if len(set(said)) < len(said):
            raise ValidationError({"alternatives": _("Two alternatives are the same.")})
        if any(len(it) > LONGEST_ALTERNATIVE for it in said):
            raise ValidationError({"alternatives": _("An alternative is too long.")})
