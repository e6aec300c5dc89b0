"""What happened on a day, as exactly as it is known."""

from django.core.exceptions import ValidationError
from django.db import models

from tillit.kit.bounds import Bound, Edge, read_bound


class Happened(models.Model):
    """A row with a column `dated` (EDTF), which each noun declares in its own words."""

    dated: str

    class Meta:
        abstract = True

    @property
    def when(self) -> Bound:
        return read_bound(self.dated, Edge.START)

    def clean(self) -> None:
        super().clean()
        try:
            read_bound(self.dated, Edge.START)
        except ValidationError as error:
            raise ValidationError({"dated": error})
