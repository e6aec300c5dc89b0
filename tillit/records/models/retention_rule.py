"""How long an organisation keeps its records of a kind, and by which right."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.kit.models import Row
from tillit.records.choices import Keeping, Kind
from tillit.register.models import Organisation


class RetentionRule(Row):
    """A rule of one keeper: for records of a kind, or for all that no other rule is for."""

    keeper = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="retention_rules"
    )
    kind = models.CharField(_("kind of document"), max_length=12, choices=Kind.choices, blank=True)
    keeping = models.CharField(_("what becomes of them"), max_length=10, choices=Keeping.choices)
    years = models.PositiveSmallIntegerField(_("years"), null=True, blank=True)
    basis = models.CharField(_("by which right"), max_length=400)

    class Meta:
        verbose_name = _("retention rule")
        verbose_name_plural = _("retention rules")
        ordering = ["keeper__sort_key", "kind", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["keeper", "kind"],
                name="records_retentionrule_once",
                violation_error_message=_("There is a rule for that kind already."),
            ),
            models.CheckConstraint(
                condition=models.Q(years__isnull=False, years__gte=1)
                | models.Q(keeping=Keeping.PRESERVE),
                name="records_retentionrule_years",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display() or _('All others')}: {self.keeper}"

    @property
    def about(self) -> str:
        return self.keeper.subject

    def guard(self) -> None:
        self.circle = self.keeper.circle

    def clean(self) -> None:
        super().clean()
        if self.keeping == Keeping.WEED and not self.years:
            raise ValidationError({"years": _("Say after how many years they are weeded.")})

    def sought_beside(self) -> dict[str, Any]:
        return {"keeper": self.keeper, "kind": self.kind}

    def weeds_from(self, last: date) -> date | None:
        """The first day on which a record may be weeded that is of that day; nothing if it never is."""
        if (
            self.keeping != Keeping.WEED
            or self.years is None
            or last.year + self.years >= date.max.year
        ):
            return None
        return date(last.year + self.years + 1, 1, 1)
