"""What an export is for: whoever takes everything out says why."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.kit.forms import WritingForm


class ExportForm(WritingForm):
    audience = {"reason": _("All administrators see this in the list of changes.")}

    reason = forms.CharField(
        label=_("What is it for?"),
        max_length=400,
        help_text=_("Such as: we are moving to another server."),
        error_messages={"required": _("Write what the export is for.")},
    )
