"""What an organisation is and was called, and how others have written it."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.kit.fields import FoldedField
from tillit.kit.models import DatedQuerySet
from tillit.kit.swedish import fold
from tillit.register.choices import NameKind
from tillit.register.models.particular import Particular


class NameQuerySet(DatedQuerySet):
    def containing(self, text: str) -> Self:
        """Names of any kind and time with the text in them, whatever its accents and case."""
        folded = fold(text)
        return self.filter(folded__contains=folded) if folded else self.none()

    def called_on(self, day: date) -> str:
        """The official one on the day: a sure one before an assumed, of two the one that came last.

        Empty where no source reaches. Asks the database only if the rows are not at hand.
        """
        holding = [
            name for name in self if name.kind == NameKind.OFFICIAL and name.as_read.active_on(day)
        ]
        if not holding:
            return ""
        last = max(holding, key=lambda name: (not name.is_assumed_on(day), name.certain_from))
        return str(last.name)


class Name(Particular):
    """A name for a period: the official one, a short one, an alias, a known misspelling."""

    kind = models.CharField(max_length=12, choices=NameKind.choices)
    name = models.CharField(_("name"), max_length=200)
    folded = FoldedField(derive="name")

    objects: ClassVar[Any] = NameQuerySet.as_manager()

    class Meta(Particular.Meta):
        verbose_name = _("name")
        verbose_name_plural = _("names")
        ordering = ["organisation", "certain_from", "pk"]
        indexes = [models.Index(fields=["possible_from"], name="register_name_from")]

    def __str__(self) -> str:
        return str(self.name)
