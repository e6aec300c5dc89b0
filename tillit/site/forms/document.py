"""The document of a source: the file, and who may open it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tillit.kit.circles import PUBLIC, Viewer
from tillit.kit.files.uploads import Upload, UploadField
from tillit.kit.forms import SealedForm
from tillit.kit.models import StoredFile
from tillit.site.documents import circles_for, readers_of

FILE = "stands"  # in what is sealed: which bytes there were when the form was opened


class DocumentForm(SealedForm):
    """Of a new document, or of one that is given another file or other readers."""

    file = UploadField(label=_("The file"))
    circle = forms.ChoiceField(
        label=_("Who sees this file?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose who sees the file."),
            "invalid_choice": _("Choose who sees the file."),
        },
        help_text=_(
            "The source itself, its name and what rests on it, is seen by everybody all the same."
        ),
    )

    def __init__(
        self, data: Any = None, files: Any = None, *, viewer: Viewer, row: StoredFile | None = None
    ) -> None:
        self.viewer, self.row = viewer, row
        standing = {"circle": row.circle, FILE: row.sha256} if row else {}
        super().__init__(data, files=files, standing=standing)

    def arrange(self) -> None:
        circles = list(circles_for(self.viewer))
        if self.row:
            self.fields["file"].required = False
            self.fields["file"].label = _("Another file in its place")
            if self.row.circle not in circles:
                circles.append(self.row.circle)
        else:
            self.initial["circle"] = PUBLIC
        self.fields["circle"].choices = [(it, readers_of(it)) for it in circles]  # type: ignore[attr-defined]

    def told(self, name: str) -> str:
        if name == FILE and self.row:
            return _now("The file is now: %(value)s") % {"value": self.row.name}
        return _now("Who sees it is now: %(value)s") % {
            "value": readers_of(self.standing[name]),
        }

    @property
    def upload(self) -> Upload | None:
        found: Upload | None = self.cleaned_data["file"]
        return found
