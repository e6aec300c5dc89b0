"""Where copies of everything are kept."""

from functools import cached_property
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tillit.kit.changes import Actor, change, create
from tillit.kit.forms import Text
from tillit.site.forms.base import Part, StepForm
from tillit.site.models import BackupPlace

KEY = "backups"


class BackupsForm(StepForm):
    parts = (
        Part(("folder",), audience=_("Only those who keep the installation running see this.")),
    )

    folder = forms.CharField(
        label=_("Folder on the server"),
        max_length=400,
        help_text=_("Its whole path, such as /srv/backup/tillit. Best on another disk or machine."),
        error_messages={"required": _("Write the path of a folder, or leave it for later.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    @cached_property
    def place(self) -> BackupPlace | None:
        return BackupPlace.current()

    @property
    def stays(self) -> bool:  # type: ignore[override]
        """There is a key to be made before copies are."""
        return not (self.place and self.place.is_ready)

    def known(self) -> dict[str, Any]:
        return {"folder": self.place.folder} if self.place else {}

    def clean_folder(self) -> str:
        written: str = self.cleaned_data["folder"]
        path = Path(written)
        if "\0" in written or not path.is_absolute():
            raise ValidationError(_("Write the whole path of the folder: it begins with a slash."))
        check(path)
        return str(path)

    def save(self, actor: Actor) -> list[Text]:
        folder = self.cleaned_data["folder"]
        place = BackupPlace.current()
        if place is None:
            create(BackupPlace(key=KEY, folder=folder), actor)
        else:
            change(place, {"folder": folder}, actor)
        return []


def check(path: Path) -> None:
    """Raises ValidationError when copies can't be kept there. Tries to write, since that is sure."""
    if not path.is_dir():
        raise ValidationError(_("There is no such folder on the server. Make it first."))
    if path.resolve() == Path(path.anchor):
        raise ValidationError(
            _("That is the whole server. Make a folder for the copies, and name it.")
        )
    if path.resolve().is_relative_to(Path(settings.DATA).resolve()):
        raise ValidationError(
            _("That is where the data itself is kept: what destroys it destroys the copies too.")
        )
    try:
        with TemporaryFile(dir=path):
            pass
    except OSError:
        raise ValidationError(_("Tillit may not write in that folder."))
