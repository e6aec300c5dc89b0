"""What the forms of the guide have in common: parts with headings, and saving."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tillit.kit.changes import Actor
from tillit.kit.circles import Viewer
from tillit.kit.forms import EVERYBODY, SEEN, Text, WritingForm, changed_meanwhile, seal, unseal
from tillit.site.models import Installation


@dataclass(frozen=True)
class Part:
    """Fields that belong together, under a heading or none, and who will see what stands in them.

    `only` is a choice that shows them.
    """

    names: Sequence[str]
    title: Text = ""
    only: str = ""
    audience: Text = EVERYBODY


@dataclass(frozen=True)
class BoundPart:
    said: Part
    fields: list[BoundField]


class StepForm(WritingForm):
    """A step of the guide, and the same form among the settings.

    It begins with what is known, saves by the rules of `kit.changes`, and tells what to mind.
    """

    parts: ClassVar[Sequence[Part]]

    def __init__(self, *args: Any, viewer: Viewer, installation: Installation | None) -> None:
        self.viewer, self.installation = viewer, installation
        known = self.known()
        super().__init__(*args, initial=known)
        self.now = known
        self.fields[SEEN] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.initial[SEEN] = seal(known)

    def known(self) -> dict[str, Any]:
        """What the fields begin with."""
        return {}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        others = changed_meanwhile(unseal(cleaned.get(SEEN, "")), self.now)
        for name in (it for it in self.fields if it in others):
            said = _("%(field)s Somebody else has changed this meanwhile, to: %(value)s")
            shown = {"field": self.fields[name].label, "value": self.in_words(name)}
            self.add_error(None, said % shown)
        if others:
            self.add_error(None, _("Save once more to write what stands in the form instead."))
            self.data = MultiValueDict({**dict(self.data), SEEN: [seal(self.now)]})
        return cleaned

    def in_words(self, name: str) -> str:
        """What the field would begin with now, as a person reads it."""
        known = self.now.get(name)
        choices = dict(getattr(self.fields[name], "choices", ()))
        values = known if isinstance(known, list) else [known]
        return ", ".join(str(choices.get(it, it)) for it in values if it) or "–"

    def save(self, actor: Actor) -> list[Text]:
        """Keep it. Returns what the person should mind, in words."""
        raise NotImplementedError

    @property
    def shown_parts(self) -> list[BoundPart]:
        return [
            BoundPart(part, [self[name] for name in part.names if name in self.fields])
            for part in self.parts
        ]


class Which(forms.RadioSelect):
    """Asks which one was meant. As long as the question hasn't arisen it isn't there."""

    @property
    def is_hidden(self) -> bool:
        return not self.choices

    def render(self, *args: Any, **kwargs: Any) -> SafeString:
        return super().render(*args, **kwargs) if self.choices else SafeString("")
