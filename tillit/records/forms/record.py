"""What is told of a record, when it is entered and later."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tillit.kit.bounds import Edge
from tillit.kit.circles import PUBLIC
from tillit.kit.files.uploads import Upload, UploadField
from tillit.kit.forms import ProseField, SealedForm
from tillit.kit.part_days import PartDayField
from tillit.records.choices import Kind
from tillit.records.models import Record
from tillit.register.models import Organisation

FILE = "stands"  # in what is sealed: which bytes there were when the form was opened
READERS = _("Those who see the record see this.")
FIELDS = ("title", "kind", "dated", "note", "circle")


class RecordForm(SealedForm):
    """Of a new record, or of one that is told otherwise. What is established keeps its file."""

    title = forms.CharField(label=_("Title"), max_length=300)
    kind = forms.ChoiceField(label=_("Kind of document"), choices=Kind.choices)
    dated = PartDayField(label=_("The day of the document"), edge=Edge.START, required=False)
    note = ProseField(
        label=_("What it is"),
        help_text=_("A sentence or two, for who hasn't seen it."),
        max_length=4000,
        required=False,
    )
    file = UploadField(label=_("The file"), required=False)
    number = forms.CharField(
        label=_("Your case number"),
        help_text=_("As you write it in your own registry. Leave it empty if there is none."),
        max_length=80,
        required=False,
    )
    circle = forms.ChoiceField(
        label=_("Who sees the record?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who sees the record.")},
    )

    audience = dict.fromkeys(("title", "kind", "dated", "note", "file", "number"), READERS)

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        keeper: Organisation,
        record: Record | None = None,
        **kwargs: Any,
    ) -> None:
        self.keeper, self.record = keeper, record
        standing: dict[str, Any] = {}
        if record:
            standing = {name: getattr(record, name) for name in FIELDS} | {FILE: record.sha256}
        super().__init__(data, files=files, standing=standing, **kwargs)

    def arrange(self) -> None:
        circles = [(PUBLIC, _("Everybody")), (self.keeper.own_circle, only(self.keeper))]
        if self.record and self.record.circle not in dict(circles):
            circles.append((self.record.circle, _("Those who see it now")))
        self.fields["circle"].choices = circles  # type: ignore[attr-defined]
        if self.record is None:
            self.initial["circle"] = self.keeper.own_circle
            return
        del self.fields["number"]
        self.fields["dated"].kept = self.record.dated  # type: ignore[attr-defined]
        for name in self.settled(self.record):
            del self.fields[name]
        if self.record.is_frozen:
            del self.fields["file"]
        elif self.record.sha256:
            self.fields["file"].label = _("Another file in its place")

    @staticmethod
    def settled(record: Record) -> Iterator[str]:
        """What stands, whoever asks."""
        if record.is_frozen and record.sha256:
            yield from ("kind", "dated")
        if record.joint:
            yield "circle"

    def told(self, name: str) -> str:
        if name == FILE:
            return _now("The file is another by now.")
        if name == "circle" and name in self.fields:
            shown = dict(self.fields["circle"].choices)  # type: ignore[attr-defined]
            said = shown.get(self.standing[name], self.standing[name])
            return _now("Who sees it is now: %(value)s") % {"value": said}
        return super().told(name)

    @property
    def said(self) -> dict[str, Any]:
        """The columns of the record."""
        return {name: self.cleaned_data[name] for name in FIELDS if name in self.fields}

    @property
    def upload(self) -> Upload | None:
        found: Upload | None = self.cleaned_data.get("file")
        return found


def only(organisation: Organisation) -> str:
    return _now("Only those who act for %(organisation)s") % {"organisation": organisation}
