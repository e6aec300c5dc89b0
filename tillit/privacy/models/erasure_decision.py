"""What was decided about a request: one decision, which can't be changed."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tillit.kit.circles import Shared, SharedQuerySet
from tillit.kit.fields import SubjectField
from tillit.kit.models import Activity, Row
from tillit.kit.refusal import Refused


class Outcome(models.TextChoices):
    ERASED = "erased", _("Erased")
    PARTLY = "partly", _("Erased in part")
    REFUSED = "refused", _("Not erased")


class Ground(models.TextChoices):
    """By article 17 of the GDPR: when erasure must be done, and when it need not be."""

    NOT_NEEDED = "not_needed", _("It is no longer needed for what it was collected for (17.1 a)")
    CONSENT = "consent", _("Consent has been withdrawn (17.1 b)")
    OBJECTION = "objection", _("The person objects, and nothing weighs heavier (17.1 c)")
    UNLAWFUL = "unlawful", _("It should never have been kept (17.1 d)")
    DUTY_TO_ERASE = "duty_to_erase", _("A law says that it shall be erased (17.1 e)")
    EXPRESSION = "expression", _("Freedom of expression and information (17.3 a)")
    OFFICE = (
        "office",
        _("Elected office in public, as stated in a source: a task of public interest (17.3 b)"),
    )
    RECORDS = (
        "records",
        _("Signed or attested records keep their names: the law on archives (17.3 b)"),
    )
    ARCHIVE = "archive", _("Archiving in the public interest, research, statistics (17.3 d)")
    CLAIMS = "claims", _("Legal claims (17.3 e)")
    NOT_THE_PERSON = (
        "not_the_person",
        _("It is not shown that whoever asks is the person (12.6)"),
    )


KEEPING = {
    Ground.EXPRESSION,
    Ground.OFFICE,
    Ground.RECORDS,
    Ground.ARCHIVE,
    Ground.CLAIMS,
    Ground.NOT_THE_PERSON,
}


class ErasureDecision(Shared, Row):
    """Who decided, on whose behalf, what, on which ground and why. One row for each request."""

    untold: ClassVar[frozenset[str]] = frozenset({"reason"})

    get_outcome_display: Callable[[], str]
    get_ground_display: Callable[[], str]

    request = models.OneToOneField(
        "privacy.ErasureRequest", on_delete=models.PROTECT, related_name="decided"
    )
    outcome = models.CharField(_("decision"), max_length=10, choices=Outcome.choices)
    ground = models.CharField(_("ground"), max_length=20, choices=Ground.choices)
    reason = models.TextField(_("reason"), max_length=2000)
    parts: Any = models.JSONField(default=list, blank=True)  # what was erased; none: everything
    counts: Any = models.JSONField(default=dict, blank=True)  # {"rows": 12, "mentions": 3}
    by = SubjectField()
    behalf = SubjectField(blank=True)
    at = models.DateTimeField()

    objects: ClassVar[Any] = SharedQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision on erasure")
        verbose_name_plural = _("decisions on erasure")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.get_outcome_display()}"

    def guard(self) -> None:
        self.circle, self.also = self.request.circle, self.request.also

    @property
    def about(self) -> str:
        return self.request.subject

    def refuse_undo(self, activity: Activity) -> None:
        raise Refused(gettext("A decision on erasure can't be undone."), 409)

    def get_absolute_url(self) -> str:
        return self.request.get_absolute_url()
