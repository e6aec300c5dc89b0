"""An organisation by its name or its key, as people write it."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.kit.circles import Viewer
from tillit.kit.swedish import fold
from tillit.register.founding import similar
from tillit.register.models import Organisation

HINT = gettext_lazy("As it is called in the register.")
MOST = 5


class OrganisationField(forms.CharField):
    """Gives the organisation that is meant, or None. What is not found is told with what is like it.

    Where there is script, those that may be meant are told while one types.
    """

    viewer: Viewer

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 200, "help_text": HINT, **kwargs})

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        suggested = {
            "data-suggest": reverse_lazy(settings.TILLIT_SUGGEST),
            "data-suggest-kind": Organisation.noun,
            "data-suggestions": gettext_lazy("Suggestions"),
            "autocomplete": "off",
        }
        return {**super().widget_attrs(widget), **suggested}

    def prepare_value(self, value: Any) -> Any:
        """The name, where the key of one is held and no other has that name."""
        found = self.visible().filter(key=value).first() if value else None
        if found is None or len(self.called(found.name)) != 1:
            return value
        return found.name

    def visible(self) -> Any:
        return Organisation.objects.visible_to(self.viewer)

    def called(self, text: str) -> list[Organisation]:
        named = Q(key=text) | Q(folded=fold(text)) | Q(names__folded=fold(text))
        return list(self.visible().filter(named).distinct()[: MOST + 1])

    def clean(self, value: Any) -> Organisation | None:
        text = str(super().clean(value)).strip()
        if not text:
            return None
        found = self.called(text)
        exactly = [it for it in found if it.key == text] or [it for it in found if it.name == text]
        if len(exactly) == 1:
            return exactly[0]
        if len(found) == 1:
            return found[0]
        raise ValidationError(self.told(text, found), code="which")

    def told(self, text: str, found: list[Organisation]) -> str:
        if found:
            keys = ", ".join(f"{it} ({it.key})" for it in found[:MOST])
            return _("Several are called so: %(keys)s. Write the key of the one you mean.") % {
                "keys": keys
            }
        like = [
            it for sector in ("civil", "public") for it in similar(text, "", sector, self.viewer)
        ]
        said = _("The register has no organisation called “%(text)s”.") % {"text": text[:60]}
        if like:
            names = ", ".join(it.name for it in like[:MOST])
            said += " " + _("Is it one of these: %(names)s?") % {"names": names}
        return said


def let_read(form: forms.Form, viewer: Viewer) -> None:
    """Have the fields of a form find what the viewer may read."""
    for field in form.fields.values():
        if isinstance(field, OrganisationField):
            field.viewer = viewer
