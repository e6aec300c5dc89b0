"""What somebody brings: pasted, or in a file."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tillit.kit.bounds import Edge
from tillit.kit.bringing import Kind
from tillit.kit.circles import Viewer
from tillit.kit.forms import ProseField, WritingForm
from tillit.kit.grids.grid import MOST_BYTES
from tillit.kit.part_days import PartDayField

MOST_PASTED = 2_000_000  # bytes that one request may have besides its files


class BringingForm(WritingForm):
    """Of one kind of rows; asks to what they belong and of which day they tell, if the kind does."""

    about = forms.ChoiceField(label=_("Members of"))
    title = forms.CharField(
        label=_("What is the list, and where does it come from?"),
        max_length=200,
        help_text=_(
            "It stands as the reason in the list of changes: “Annual report 2012, page 4”."
        ),
    )
    on = PartDayField(
        label=_("On which day does the list hold?"),
        edge=Edge.START,
        required=False,
        help_text=_("A year, a month or a day: 2012-12-31. Left empty it is today."),
    )
    text = ProseField(
        label=_("Paste the list"),
        required=False,
        max_length=MOST_PASTED,
        strip=False,
        help_text=_("As it stands: from a spreadsheet, a mail, a report. Or choose a file below."),
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=_("Or choose a file"),
        required=False,
        help_text=_("CSV, XLSX, vCard or text, at most 10 MB and 20 000 rows."),
        error_messages={"empty": _("There is nothing in it to bring in.")},
    )

    def __init__(self, kind: Kind, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        self.kind, self.viewer = kind, viewer
        super().__init__(*args, **kwargs)

    def arrange(self) -> None:
        about = self.kind.about(self.viewer)
        self.fields["about"].choices = about  # type: ignore[attr-defined]
        if not about:
            del self.fields["about"]
        self.audience = dict.fromkeys(("text", "file"), _("Only you see it until you confirm it."))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > MOST_BYTES:
            raise forms.ValidationError(
                _now(
                    "The file is larger than 10 MB. Keep only the sheet and columns that are needed."
                )
            )
        return file

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if self.errors:
            return said
        if said.get("text", "").strip() and said.get("file"):
            self.add_error("file", _now("Paste the list or choose a file, not both."))
        elif not said.get("text", "").strip() and not said.get("file"):
            self.add_error("text", _now("Paste the list, or choose a file."))
        return said

    @property
    def data_brought(self) -> bytes:
        file = self.cleaned_data.get("file")
        return bytes(file.read()) if file else str(self.cleaned_data["text"]).encode()

    @property
    def words(self) -> dict[str, str]:
        """What is said of the list, as its columns have it."""
        said = {name: str(self.cleaned_data.get(name, "")) for name in ("title", "about", "on")}
        return {**said, "kind": self.kind.name}
