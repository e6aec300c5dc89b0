"""Units: the parts of an organisation that are no legal persons."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.kit.editing.choices import Deed
from tillit.kit.loading.keys import slugged
from tillit.register.choices import UnitKind
from tillit.register.forms.fact import FactForm
from tillit.register.models import Unit


class UnitForm(FactForm):
    slug, one, several = "enhet", _("Unit"), _("Units")
    model, own = Unit, ("name", "kind", "parent")
    hints = {
        Deed.CHANGE: _(
            "Another unit takes its place. Who was in the old one stays there: end those roles, and "
            "write the new ones."
        )
    }

    name = forms.CharField(label=_("Name"), max_length=160)
    kind = forms.ChoiceField(label=_("Kind of unit"), choices=UnitKind.choices)
    parent = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("Part of"),
        required=False,
        to_field_name="key",
        empty_label=_("the organisation itself"),
    )

    def fit(self) -> None:
        if "parent" in self.fields:
            units = self.sitting.organisation.units.visible_to(self.sitting.viewer)
            held: Any = self.sitting.row
            field: Any = self.fields["parent"]
            field.queryset = units.exclude(pk=held.pk) if held else units

    def key_of_new(self, row: Unit) -> str:
        """The name as a key, since it stands in the address of the unit's page."""
        base = f"{self.sitting.organisation.key}.{slugged(row.name)}"
        taken = set(Unit.objects.filter(key__startswith=base).values_list("key", flat=True))
        numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
        return next(key for key in [base, *numbered] if key not in taken)
