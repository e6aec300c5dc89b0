"""One form for all that may be done with one fact of an organisation; each noun says its own fields."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from tillit.kit.editing import form as kit
from tillit.kit.editing.form import DeedForm
from tillit.kit.forms import EVERYBODY, Text
from tillit.register import rules
from tillit.register.models import Organisation, Unit
from tillit.register.models.particular import Guarded


@dataclass(frozen=True)
class Sitting(kit.Sitting):
    """Somebody who is about to do a deed with which fact of which organisation."""

    owner: Organisation
    for_unit: Unit | None = None  # for which alone the viewer acts

    @property
    def organisation(self) -> Organisation:
        return self.owner

    @cached_property
    def may_edit(self) -> bool:
        """Whether what is done here is done at once, and not only proposed."""
        if rules.may_edit(self.viewer, self.organisation):
            return True
        unit = self.unit
        return unit is not None and rules.may_edit_unit(self.viewer, unit)

    @property
    def unit(self) -> Unit | None:
        """The unit that it is about; of somebody new, the one for which the viewer acts."""
        if self.row is None:
            own = self.for_unit
            return own if own and own.organisation_id == self.organisation.pk else None
        found: Unit | None = (
            self.row if self.row.noun == "unit" else getattr(self.row, "unit", None)
        )
        return found


class FactForm(DeedForm):
    """What is asked for a deed with a fact of an organisation."""

    sitting: Sitting

    @classmethod
    def tells_who_or_where(cls) -> bool:
        """Whether it is hidden of an organisation that is protected."""
        return issubclass(cls.model, Guarded)

    @property
    def seen_by(self) -> Text:
        it = self.sitting.organisation
        if it.protected and self.tells_who_or_where():
            return _("Only those who act for %(organisation)s see this.") % {"organisation": it}
        return EVERYBODY

    def belong(self, row: Any) -> None:
        row.organisation = self.sitting.organisation
