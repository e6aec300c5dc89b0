"""What somebody wants to have checked: a file, or its digest."""

import re
from typing import IO, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tillit.kit.files.uploads import EMPTY, NONE, measured

DIGEST = re.compile(r"[0-9a-f]{64}")


class AnyFileField(forms.FileField):
    """A file of any kind: nothing but its bytes is looked at, and it is not kept."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The file and its digest, or nothing. Raises ValidationError."""
        file = super().clean(data, None)
        return (file.file, measured(file.file)[1]) if file else None


class CheckForm(forms.Form):
    """One of the two."""

    file = AnyFileField(
        label=_("The file"),
        help_text=_("It is looked at, and not kept."),
        required=False,
        max_length=400,
        error_messages={"empty": EMPTY, "missing": NONE, "invalid": NONE},
    )
    sha256 = forms.CharField(
        label=_("Or its SHA-256"),
        help_text=_("64 letters and digits, as a program on your own computer gives them."),
        max_length=200,
        required=False,
    )

    def clean_sha256(self) -> str:
        said = self.cleaned_data["sha256"].lower().removeprefix("sha256:")
        digest = re.sub(r"[\s:-]", "", said)
        if digest and not DIGEST.fullmatch(digest):
            raise ValidationError(
                _now("That is no SHA-256: it has 64 signs, each a digit or one of a to f.")
            )
        return digest

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not self.errors and not said.get("file") and not said.get("sha256"):
            raise ValidationError(_now("Choose a file, or paste its SHA-256."))
        return said

    @property
    def opened(self) -> IO[bytes] | None:
        found = self.cleaned_data["file"]
        return found[0] if found else None

    @property
    def digest(self) -> str:
        """Of the file, if there is one: what was pasted beside it is not asked for."""
        found = self.cleaned_data["file"]
        return str(found[1] if found else self.cleaned_data["sha256"])
