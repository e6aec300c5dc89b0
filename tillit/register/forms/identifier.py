"""Numbers: by what others know an organisation. One that can't be right warns, and stays as written."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tillit.kit.editing.choices import Deed
from tillit.register.choices import Scheme
from tillit.register.forms.fact import FactForm
from tillit.register.identifiers import check
from tillit.register.models import Identifier


class IdentifierForm(FactForm):
    slug, one, several = "nummer", _("Identifying number"), _("Numbers")
    model, own = Identifier, ("scheme", "value")

    scheme = forms.ChoiceField(label=_("Kind of number"), choices=Scheme.choices)
    value = forms.CharField(
        label=_("Identifying number"),
        max_length=60,
        help_text=_("As it stands in the document that you have it from."),
    )

    def warnings(self) -> Iterator[str | Promise]:
        """What seems wrong with the number, though it was saved as it was written."""
        if self.sitting.deed in {Deed.END, Deed.REMOVE}:
            return
        said: Any = self.cleaned_data
        verdict = check(said["scheme"], said["value"])
        if not verdict.holds:
            yield verdict.reason
        others = Identifier.objects.visible_to(self.sitting.viewer).exclude(
            organisation=self.sitting.organisation
        )
        same = others.filter(scheme=said["scheme"], digits=verdict.digits)
        for other in same.select_related("organisation")[:3]:
            yield _now("%(organisation)s has the same number.") % {
                "organisation": other.organisation
            }
