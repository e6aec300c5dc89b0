"""The logo of the installation."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from tillit.kit.changes import Actor, change
from tillit.kit.forms import Text
from tillit.site import logos
from tillit.site.forms.base import Part, StepForm

NOTHING = {"logo": "", "logo_words": "", "logo_width": 0, "logo_height": 0}


class LogoForm(StepForm):
    parts = (Part(("picture", "words", "remove")),)

    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        help_text=_("PNG, JPEG or WebP, at most 4 MB. It is shown above every page and in mails."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
        error_messages={
            "required": _("Choose a picture, or leave it for later."),
            "empty": _("The file is empty. Choose another."),
            "missing": _("No file came. Choose it once more."),
            "invalid": _("No file came. Choose it once more."),
        },
    )
    words = forms.CharField(
        label=_("What does the picture say?"),
        max_length=120,
        help_text=_("For those who don't see it. As a rule the name that stands in it."),
        error_messages={"required": _("Write what the picture says.")},
    )
    remove = forms.BooleanField(label=_("Take the logo away"), required=False)

    def arrange(self) -> None:
        if not self.has_logo:
            self.fields["picture"].required = True
            del self.fields["remove"]

    @property
    def has_logo(self) -> bool:
        return bool(self.installation and self.installation.logo)

    def known(self) -> dict[str, Any]:
        it = self.installation
        return {"words": it.logo_words or it.title} if it else {}

    def clean_picture(self) -> logos.Logo | None:
        file: UploadedFile[Any] | None = self.cleaned_data["picture"]
        return logos.read(file.file) if file and file.file else None

    def save(self, actor: Actor) -> list[Text]:
        installation = self.named_installation()
        before = installation.logo
        if self.cleaned_data.get("remove"):
            change(installation, NOTHING, actor)
            logos.drop(before)
            return []
        new: dict[str, Any] = {"logo_words": self.cleaned_data["words"]}
        if logo := self.cleaned_data["picture"]:
            logos.keep(logo)
            new |= {"logo": logo.name, "logo_width": logo.width, "logo_height": logo.height}
        change(installation, new, actor)
        return []
