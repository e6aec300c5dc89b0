"""Rows that belong to a record, and are read by whoever reads it and the organisation that they name."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _

from tillit.kit.circles import PUBLIC
from tillit.kit.models import Row
from tillit.kit.refusal import Refused
from tillit.records.models.record import Record
from tillit.register.models import Organisation


class OfRecord(Row):
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="%(class)ss")

    class Meta:
        abstract = True

    def guard(self) -> None:
        self.circle = self.record.circle

    @property
    def about(self) -> str:
        return self.record.subject

    def get_absolute_url(self) -> str:
        return self.record.get_absolute_url()

    def lock(self) -> None:
        """All that is done with a record is done one thing at a time, and knows how it is now."""
        rows = Record.objects.select_for_update(of=("self",), no_key=True)
        found = rows.select_related("keeper").filter(pk=self.record_id).first()
        if found is None:
            raise Refused(_("What it belonged to is no longer there."), 409)
        self.record = found


class ByOrganisation(OfRecord):
    """What an organisation did with a record, or is asked to."""

    names_people: ClassVar[bool] = False  # who is hidden where the organisation is protected

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="%(class)ss"
    )

    class Meta:
        abstract = True

    def guard(self) -> None:
        """A protected organisation's people are told to itself alone, whoever reads the record."""
        it: Any = self.organisation
        own = it.circle_of_particulars if self.names_people else it.circle
        self.circle = own if own != PUBLIC else self.record.circle

    def sought_beside(self) -> dict[str, Any]:
        return {"record": self.record, "organisation": self.organisation}


class Done(ByOrganisation):
    """A deed: it stands, and is never undone."""

    class Meta:
        abstract = True

    def refuse_undo(self, activity: Any) -> None:
        raise Refused(_("What was done with a record stands, and is not undone."), 409)
