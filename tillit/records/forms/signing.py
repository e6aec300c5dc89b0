"""Signatures: who is asked, what one signs, and the copy that was signed elsewhere."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.kit.bounds import Edge
from tillit.kit.circles import Viewer
from tillit.kit.files.uploads import Upload, UploadField
from tillit.kit.forms import WritingForm
from tillit.kit.part_days import PartDayField
from tillit.records.forms.record import READERS
from tillit.register.choices import Side
from tillit.register.forms.organisation_field import OrganisationField, let_read


class AskForm(WritingForm):
    """Whom to ask for a signature."""

    organisation = OrganisationField(label=_("Organisation"))
    side = forms.ChoiceField(
        label=_("On which side it signs"),
        help_text=_("Where it has a side of its own, it signs on that."),
        choices=[("", _("That on which it stands")), *Side.choices],
        required=False,
    )

    audience = dict.fromkeys(("organisation", "side"), READERS)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_read(self, viewer)

    @property
    def signs_on(self) -> str:
        """Nobody is moved to the other side by whoever asks."""
        return str(self.cleaned_data["organisation"].side or self.cleaned_data["side"])


class SignForm(WritingForm):
    """One signs what one has read: its digest goes along, and is held against what stands here."""

    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    role = forms.CharField(
        label=_("Your role"),
        help_text=_("In which you sign, such as chair or director."),
        max_length=200,
    )
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    has_read = forms.BooleanField(
        label=_("I have read the document and sign it."),
        error_messages={"required": _("Say that you have read it, to sign it.")},
    )

    audience = dict.fromkeys(("role", "place"), READERS)


class CopyForm(WritingForm):
    """A copy that was signed on paper and scanned, or in a service of one's own."""

    file = UploadField(label=_("Your signed copy"))
    name = forms.CharField(
        label=_("Who signed for you"),
        help_text=_("The name, as it stands in the copy."),
        max_length=200,
    )
    role = forms.CharField(label=_("In which role"), max_length=200, required=False)
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    dated = PartDayField(label=_("The day of the signature"), edge=Edge.START, required=False)

    audience = dict.fromkeys(("file", "name", "role", "place", "dated"), READERS)

    def __init__(self, *args: Any, has_signed: bool, **kwargs: Any) -> None:
        self.has_signed = has_signed
        super().__init__(*args, **kwargs)

    def arrange(self) -> None:
        if self.has_signed:
            for name in ("name", "role", "place", "dated"):
                del self.fields[name]

    @property
    def upload(self) -> Upload:
        return cast("Upload", self.cleaned_data["file"])

    @property
    def said(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("name", "role", "place", "dated")}
