"""Parts of a version that are counted: each number is there once."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import Count
from django.utils.translation import gettext as _

from tillit.agreements.models.of_version import OfVersion


class Numbered(OfVersion):
    """A part with a number. `counted_by` is within what the numbers are counted.

    That a number is there once is held when all that is done together is written, and not by the
    database: two that change places would have the same one in between.
    """

    number: Any

    counted_by: ClassVar[tuple[str, ...]] = ("version",)

    class Meta:
        abstract = True

    @classmethod
    def check_all_beside(cls, rows: Sequence[Any]) -> None:
        rows_of: Any = cls._default_manager
        of_these = rows_of.filter(version__in={it.version_id for it in rows}).order_by()
        twice = of_these.values(*cls.counted_by, "number").annotate(times=Count("pk"))
        for found in twice.filter(times__gt=1)[:1]:
            raise ValidationError(
                {"number": _("There is a number %(number)s already.") % found}, code="twice"
            )
