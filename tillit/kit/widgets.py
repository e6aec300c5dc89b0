"""Fields of forms where Django's own are too slow."""

from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString


class LongSelect(forms.Select):
    """A choice among hundreds: one template for all, where Django takes three for each of them."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        return render_to_string("kit/widgets/select.html", self.get_context(name, value, attrs))
