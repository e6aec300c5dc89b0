"""The rule of the agreement that a change of what the public promises is never prepared unexamined."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tillit.agreements.models.agreement import Agreement
from tillit.kit.models import Row
from tillit.register.choices import Side
from tillit.register.models import Organisation


class ImpactCheck(Row):
    """A change in public welfare commitments is prepared, and its effect on voluntary work is to be
    analysed. It is closed by the analysis alone.

    The parties read it while it is open; once it has been closed, whoever reads the agreement does.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="checks")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="impact_checks"
    )
    title = models.CharField(_("what is prepared"), max_length=200)
    text = models.TextField(_("what it would change"), blank=True, max_length=8000)
    opened_on = models.DateField(_("opened"))
    analysis = models.TextField(_("analysis"), blank=True, max_length=20_000)
    closed_on = models.DateField(_("closed"), null=True, blank=True)
    closed_by = models.CharField(_("analysed by"), max_length=200, blank=True)
    # What the other side says of it, before or after it is closed.
    view = models.TextField(_("the civil side's view"), blank=True, max_length=20_000)
    view_on = models.DateField(_("the day of the view"), null=True, blank=True)
    view_by = models.CharField(_("the view of"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("impact check")
        verbose_name_plural = _("impact checks")
        ordering = ["agreement", "-opened_on", "key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | ~(Q(analysis="") | Q(closed_by="")),
                name="agreements_check_closed_by_an_analysis",
                violation_error_message=_("It is closed by an analysis, and by somebody."),
            ),
            models.CheckConstraint(
                condition=Q(view_on__isnull=True) | ~Q(view=""), name="agreements_check_view_said"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("agreements:impact-check", args=[self.agreement.key, self.local_key])

    @property
    def local_key(self) -> str:
        return str(self.key).removeprefix(f"{self.agreement.key}.")

    @property
    def about(self) -> str:
        return self.agreement.subject

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    def waits_for(self, side: str) -> bool:
        """Whether the side has still to say its part."""
        return self.is_open if side == Side.PUBLIC else self.is_open and not self.view

    def guard(self) -> None:
        it = self.agreement
        self.circle = it.parties_circle if self.is_open else it.circle

    def clean(self) -> None:
        super().clean()
        if self.closed_on and not (self.analysis.strip() and self.closed_by.strip()):
            raise ValidationError({"analysis": _("It is closed by an analysis, and by somebody.")})
        if self.closed_on and self.closed_on < self.opened_on:
            raise ValidationError({"closed_on": _("It can't be closed before it was opened.")})
        # Who prepared it may come to be counted otherwise later: what was noted stands.
        is_new = self._state.adding and self.organisation_id
        if is_new and self.organisation.side != Side.PUBLIC:
            raise ValidationError(
                {"organisation": _("What the public promises is changed by the public side.")}
            )
