"""Roles: who the people of an organisation are. A person is found among those here, or new."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tillit.kit.changes import new_key
from tillit.kit.editing.choices import Deed
from tillit.kit.editing.form import Values
from tillit.kit.together import Together
from tillit.register import rules
from tillit.register.choices import RoleFamily, RoleKind, Sector, family_of
from tillit.register.forms.fact import FactForm
from tillit.register.models import Person, Role, Unit


def kinds() -> list[Any]:
    """The kinds of role by family."""
    return [
        (family.label, [(it.value, it.label) for it in RoleKind if family_of(it) == family])
        for family in RoleFamily
    ]


class RoleForm(FactForm):
    slug, one, several = "roll", _("Role"), _("People")
    model, own = Role, ("kind", "title", "unit", "share", "party")
    only_new = ("person", "new_name")

    person = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Person"),
        required=False,
        to_field_name="key",
        empty_label=_("somebody new"),
    )
    new_name = forms.CharField(
        label=_("Name of somebody new"),
        max_length=120,
        required=False,
        help_text=_("First name and surname, of somebody who is not in the list above."),
    )
    kind = forms.ChoiceField(label=_("Role"), choices=kinds)
    title = forms.CharField(
        label=_("Title of the role"),
        max_length=160,
        required=False,
        help_text=_("If it is called something else here, such as “regional coordinator”."),
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("In"),
        required=False,
        to_field_name="key",
        empty_label=_("the organisation itself"),
    )
    share = forms.DecimalField(
        label=_("Percent of full time"),
        required=False,
        min_value=Decimal("0.1"),
        max_value=100,
        decimal_places=1,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "field__short"}),
    )
    party = forms.CharField(
        label=_("Party"),
        max_length=40,
        required=False,
        help_text=_("Only of those who are elected."),
    )

    def fit(self) -> None:
        """The people and units of the organisation; a party only where somebody may have one."""
        it, viewer = self.sitting.organisation, self.sitting.viewer
        if it.sector != Sector.PUBLIC:
            self.fields.pop("party", None)
        if "unit" in self.fields:
            units: Any = self.fields["unit"]
            units.queryset, units.required = self.units()
        if "person" in self.fields:
            roles = Role.objects.visible_to(viewer).filter(organisation=it)
            here = Q(pk__in=roles.values("person"))
            if rules.may_read_own(viewer, it):
                here |= Q(mandates__organisation=it)
            people: Any = self.fields["person"]
            people.queryset = Person.objects.filter(here).distinct().order_by("sort_key", "key")

    def units(self) -> tuple[Any, bool]:
        """All of the organisation, if any; for who edits one unit alone, that one."""
        it, viewer = self.sitting.organisation, self.sitting.viewer
        units = it.units.visible_to(viewer)
        if self.sitting.may_edit and not rules.may_edit(viewer, it) and self.sitting.unit:
            return units.filter(pk=self.sitting.unit.pk), True
        return units, False

    @classmethod
    def title_of(cls, row: Any) -> str:
        return f"{row.person}: {row}"

    @classmethod
    def read(cls, row: Any, name: str) -> Any:
        if name == "share":
            return f"{row.percent:f}" if row.share is not None else ""
        return super().read(row, name)

    @property
    def typed(self) -> Values:
        said = super().typed
        share = self.cleaned_data.get("share")
        return {**said, "share": f"{share.normalize():f}"} if share is not None else said

    def written(self, name: str, value: Any) -> Any:
        if name == "share":
            return None if value is None else value / 100
        return value

    def clean(self) -> Values:
        """Either somebody from the list or somebody new, and not both."""
        said: Values = super().clean() or {}
        if self.sitting.deed is Deed.ADD and bool(said.get("person")) == bool(said.get("new_name")):
            self.add_error(
                "new_name" if said.get("person") else "person",
                ValidationError(
                    _now("Choose somebody in the list, or write the name of somebody new.")
                ),
            )
        return said

    def new_row(self, it: Together) -> tuple[Any, Values]:
        row, sets = super().new_row(it)
        row.person = self.cleaned_data["person"] or it.create(
            Person(key=new_key(), name=self.cleaned_data["new_name"])
        )
        return row, sets
