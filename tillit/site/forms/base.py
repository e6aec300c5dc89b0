"""What the forms of the guide have in common: parts with headings, and saving."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tillit.kit.changes import Actor
from tillit.kit.circles import Viewer
from tillit.kit.forms import EVERYBODY, SealedForm, Text
from tillit.site.models import Installation


@dataclass(frozen=True)
class Part:
    """Fields that belong together, under a heading or none, and who will see what stands in them.

    `only` is a choice that shows them. Most can do without what is `folded`.
    """

    names: Sequence[str]
    title: Text = ""
    only: str = ""
    folded: bool = False
    audience: Text = EVERYBODY


@dataclass(frozen=True)
class BoundPart:
    said: Part
    fields: list[BoundField]

    @property
    def is_open(self) -> bool:
        """Whether something is wrong in it, or has been filled in."""
        return any(it.errors for it in self.fields) or bool(self.fields[0].value())


class StepForm(SealedForm):
    """A step of the guide, and the same form among the settings.

    It begins with what is known, saves by the rules of `kit.changes`, and tells what to mind.
    """

    parts: ClassVar[Sequence[Part]]
    stays = False  # whether the person should look at the page once more

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        viewer: Viewer,
        installation: Installation | None,
    ) -> None:
        self.viewer, self.installation = viewer, installation
        super().__init__(data, files=files, standing=self.known())

    def known(self) -> dict[str, Any]:
        """What the fields begin with."""
        return {}

    def told(self, name: str) -> str:
        """What somebody else has put in a field, as people read it."""
        choices = dict(getattr(self.fields[name], "choices", ()))
        known = self.standing.get(name)
        values = known if isinstance(known, list) else [known]
        shown = ", ".join(str(choices.get(it, it)) for it in values if it) or "–"
        return _("%(field)s is now: %(value)s") % {"field": self.fields[name].label, "value": shown}

    def named_installation(self) -> Installation:
        """What the rest is said of. Raises ValidationError as long as the agreement has no name."""
        if self.installation is None:
            raise ValidationError(_("Say what the agreement is called first."))
        return self.installation

    def save(self, actor: Actor) -> list[Text]:
        """Keep it. Returns what the person should mind, in words."""
        raise NotImplementedError

    def afterwards(self) -> list[tuple[int, str]]:
        """What is done when all is kept, and what came of it: (level of the message, words)."""
        return []

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
