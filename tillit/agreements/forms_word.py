"""A text that comes from Word: the file, and then the yes to what was recognised in it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tillit.kit.documents.reading import Read, read
from tillit.kit.files.kinds import DOCX
from tillit.kit.files.uploads import UploadField
from tillit.kit.forms import WritingForm


class WordField(UploadField):
    """Asks for a Word document, and gives what was read in it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs["accept"] = ".docx"

    def clean(self, data: Any, initial: Any = None) -> Read:
        upload = super().clean(data, initial)
        if upload.kind is not DOCX:
            raise ValidationError(
                _now("This is %(kind)s. Open it in Word and save it as a Word document (DOCX).")
                % {"kind": upload.kind.title}
            )
        upload.file.seek(0)
        return read(upload.file.read())


class WordForm(WritingForm):
    file = WordField(
        label=_("Word document"),
        help_text=_(
            "DOCX, without macros and password, at most 500 pages. Headings that have Word's heading "
            "styles become sections."
        ),
    )
    audience = {"file": _("The file isn't kept. Nothing is written before you have confirmed it.")}


class TakingForm(WritingForm):
    """The yes, with what was recognised and what stood in the draft then, sealed so that it stays so."""

    taken = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why, or where the text comes from"),
        required=False,
        max_length=400,
        help_text=_("It stands in the list of changes: “Draft of the working group, 12 May”."),
    )
