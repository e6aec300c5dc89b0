"""The form of something that belongs to an agreement or to one of its versions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.agreements.models import Agreement, Version
from tillit.kit.circles import PUBLIC
from tillit.kit.editing import form as kit
from tillit.kit.editing.choices import Deed
from tillit.kit.editing.form import DeedForm
from tillit.kit.forms import EVERYBODY, Text
from tillit.kit.typography import lower_first
from tillit.register.forms.organisation_field import OrganisationField, let_read
from tillit.register.models import Organisation

PARTIES = gettext_lazy("The parties to the agreement see this, and nobody else so far.")


@dataclass(frozen=True)
class Sitting(kit.Sitting):
    """Somebody who is about to write of an agreement, or of one of its versions."""

    owner: Agreement | Version
    side: str = ""  # for which the viewer writes, where that matters

    @property
    def agreement(self) -> Agreement:
        return self.owner if isinstance(self.owner, Agreement) else self.owner.agreement


class PartForm(DeedForm):
    """A part that has no history of its own: while a version is a draft it is written over."""

    sitting: Sitting
    among: ClassVar[Mapping[str, str]] = {}  # columns of all that the form is for, of its noun
    all_deeds: ClassVar[tuple[Deed, ...]] = (Deed.ADD, Deed.CORRECT, Deed.REMOVE)
    hints: ClassVar[Mapping[Deed, Text]] = {
        Deed.REMOVE: gettext_lazy("It is taken out of the draft. It can be undone."),
    }
    reasons: ClassVar[Mapping[Deed, Any]] = {
        Deed.CORRECT: gettext_lazy("A few words, if you like."),
        Deed.REMOVE: gettext_lazy("A few words, if you like."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_read(self, self.sitting.viewer)

    @property
    def must_be_explained(self) -> set[Deed]:
        return set()

    @property
    def seen_by(self) -> Text:
        return EVERYBODY if self.circle == PUBLIC else PARTIES

    @property
    def circle(self) -> str:
        """Of what is written."""
        return str(self.sitting.owner.circle)

    def belong(self, row: Any) -> None:
        row.version = self.sitting.owner

    def in_words(self, name: str, value: Any) -> str:
        if value and isinstance(self.base_fields.get(name), OrganisationField):
            return str(Organisation.objects.filter(key=value).first() or value)
        return super().in_words(name, value)

    def choose_from(self, name: str, rows: Any) -> None:
        """Offer those rows; without any there is nothing to ask."""
        if name not in self.fields:
            return
        asked: Any = self.fields[name]
        asked.queryset = rows
        if not rows.exists():
            del self.fields[name]

    @classmethod
    def act(cls, deed: Deed) -> str:
        noun = {"noun": lower_first(str(cls.one))}
        if deed is Deed.ADD:
            return _("Add %(noun)s") % noun
        return (_("Remove %(noun)s") if deed is Deed.REMOVE else _("Edit %(noun)s")) % noun

    @property
    def heading(self) -> str:
        row, act = self.sitting.row, self.act(self.sitting.deed)
        return act if row is None else f"{act}: {self.title_of(row)}"

    @property
    def kicker(self) -> str:
        return str(self.sitting.owner)
