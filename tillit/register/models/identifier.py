"""The numbers by which others know an organisation."""

from functools import cached_property
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.kit.fields import DerivedTextField
from tillit.kit.models import DatedQuerySet
from tillit.register.choices import Scheme
from tillit.register.identifiers import Check, check, digits_of
from tillit.register.models.particular import Particular


class IdentifierQuerySet(DatedQuerySet):
    def beginning(self, text: str) -> Self:
        """Numbers that begin with the digits of the text; none when it is not digits."""
        digits = digits_of(text.rpartition(":")[2])
        if len(digits) == 12 and digits.startswith("16"):
            digits = digits[2:]
        if not (digits.isascii() and digits.isdecimal()):
            return self.none()
        return self.filter(digits__startswith=digits)


class Identifier(Particular):
    """A number as a source writes it. Right or wrong, it stays as written."""

    scheme = models.CharField(max_length=8, choices=Scheme.choices)
    value = models.CharField(_("number"), max_length=60)
    digits = DerivedTextField(derive="digits_as_written", max_length=60, db_index=True)

    objects: ClassVar[Any] = IdentifierQuerySet.as_manager()

    class Meta(Particular.Meta):
        verbose_name = _("number")
        verbose_name_plural = _("numbers")
        ordering = ["organisation", "scheme", "pk"]

    def __str__(self) -> str:
        return self.value

    @property
    def kind_in_words(self) -> str:
        return str(self.get_scheme_display())

    @cached_property
    def verdict(self) -> Check:
        return check(self.scheme, self.value)

    @property
    def digits_as_written(self) -> str:
        return check(self.scheme, self.value).digits
