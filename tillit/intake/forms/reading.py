"""How a list is read: what was guessed, to be corrected."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tillit.intake.models import Intake
from tillit.intake.rules import kind_of
from tillit.kit.forms import WritingForm
from tillit.kit.grids.encodings import ENCODINGS
from tillit.kit.grids.reading import SHAPES, TABLE, WORKBOOK, Reading
from tillit.kit.grids.tables import SEPARATORS

COLUMN = "column-"
TAB = "tab"  # a tab in a field of a form is taken for a space


class ReadingForm(WritingForm):
    """The parts of the reading, and of each column what it tells."""

    shape = forms.ChoiceField(label=_("The list is"), choices=[*SHAPES.items()])
    separator = forms.ChoiceField(
        label=_("Between the cells of a table"),
        choices=[(TAB if it == "\t" else it, title) for it, title in SEPARATORS.items()],
    )
    encoding = forms.ChoiceField(
        label=_("Encoding"),
        choices=[*ENCODINGS.items()],
        help_text=_("Change it if å, ä and ö look wrong."),
    )
    sheet = forms.TypedChoiceField(label=_("Sheet"), coerce=int)
    has_head = forms.BooleanField(label=_("The first row has the heads"), required=False)

    def __init__(
        self, intake: Intake, heads: Sequence[str], sheets: Sequence[str], *args: Any, **kwargs: Any
    ) -> None:
        self.intake, self.heads, self.sheets = intake, heads, sheets
        reading = intake.as_read
        separator = TAB if reading.separator == "\t" else reading.separator or ","
        kwargs["initial"] = {
            **reading.kept(),
            "separator": separator,
            "has_head": intake.has_head,
            **{f"{COLUMN}{at}": name for at, name in enumerate(intake.columns)},
        }
        super().__init__(*args, **kwargs)

    def arrange(self) -> None:
        of_book = self.intake.as_read.shape == WORKBOOK
        for name in ("shape", "separator", "encoding") if of_book else ("sheet",):
            del self.fields[name]
        if of_book:
            self.fields["sheet"].choices = list(enumerate(self.sheets))  # type: ignore[attr-defined]
        choices = [("", _("(left out)")), *((it.name, it.title) for it in self.kind_fields)]
        for at, head in enumerate(self.heads):
            label = _now("Column %(number)s: %(head)s") % {"number": at + 1, "head": head}
            self.fields[f"{COLUMN}{at}"] = forms.ChoiceField(
                label=label, choices=choices, required=False
            )

    @property
    def kind_fields(self) -> Sequence[Any]:
        return kind_of(self.intake).fields

    @property
    def columns(self) -> list[str]:
        return [self.cleaned_data[f"{COLUMN}{at}"] for at in range(len(self.heads))]

    @property
    def reading(self) -> Reading:
        said = self.cleaned_data
        if "sheet" in self.fields:
            return self.intake.as_read.with_other(sheet=said["sheet"])
        separator = "\t" if said["separator"] == TAB else said["separator"]
        shape, encoding = said["shape"], said["encoding"]
        return Reading(shape, encoding, separator)

    @property
    def is_other(self) -> bool:
        """Whether the list is to be read in another way than now."""
        now, new = self.intake.as_read, self.reading
        same_cells = (now.shape, now.encoding, now.sheet) == (new.shape, new.encoding, new.sheet)
        if new.shape == TABLE and now.separator != new.separator:
            same_cells = False
        return not same_cells or self.cleaned_data["has_head"] != self.intake.has_head

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if self.errors or self.is_other:
            return said
        told = [it for it in self.columns if it]
        twice = {it for it in told if told.count(it) > 1}
        for at, name in enumerate(self.columns):
            if name in twice:
                self.add_error(f"{COLUMN}{at}", _now("Two columns can't tell the same."))
        if not told:
            self.add_error(None, _now("Say of at least one column what it tells."))
        return said
