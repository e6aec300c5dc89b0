"""Names: what an organisation is and was called."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.kit.editing.choices import Deed
from tillit.register.choices import NameKind
from tillit.register.forms.fact import FactForm
from tillit.register.models import Name


class NameForm(FactForm):
    slug, one, several = "namn", _("Name"), _("Names")
    model, own = Name, ("name", "kind")
    hints = {
        Deed.ADD: _(
            "Has the organisation taken another name? Then choose its present name and “it has "
            "changed”, so that the old one is kept for its time."
        )
    }

    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind of name"), choices=NameKind.choices)

    def fit(self) -> None:
        if self.sitting.deed is Deed.ADD:
            self.initial.setdefault("kind", NameKind.ALIAS)
