"""The text of a version, in numbered sections."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.agreements.models.numbered import Numbered
from tillit.kit.fields import DerivedTextField

valid_number = RegexValidator(
    r"^[1-9]\d{0,2}(\.[1-9]\d{0,2}){0,3}\Z",
    _("Write a number as 2 or 2.1, with four parts at most."),
    code="number",
)


class Section(Numbered):
    """A section: 2.1 stands within 2. Its text is Markdown."""

    number = models.CharField(_("number"), max_length=20, validators=[valid_number])
    heading = models.CharField(_("heading"), max_length=300, blank=True)
    text = models.TextField(_("text"), blank=True)
    place = DerivedTextField(derive="padded_number", max_length=40)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["version", "place"]

    def __str__(self) -> str:
        return f"{self.number} {self.heading}".strip()

    @property
    def padded_number(self) -> str:
        """The number as text that sorts like it: 2.10 after 2.9."""
        return re.sub(r"\d+", lambda part: f"{int(part[0]):04}", self.number)

    @property
    def depth(self) -> int:
        return self.number.count(".") + 1

    def clean(self) -> None:
        super().clean()
        if not (self.heading or self.text):
            raise ValidationError(_("A section has a heading or a text."))
