"""A person's name, as it should be written."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.kit.editing.choices import Deed
from tillit.register.forms.fact import FactForm
from tillit.register.models import Person


class PersonForm(FactForm):
    slug, one, several = "person", _("Person"), _("Persons")
    model, own = Person, ("name",)
    all_deeds = (Deed.CORRECT,)
    hints = {
        Deed.CORRECT: _(
            "The name is put right wherever the person stands. Of somebody else, add another role."
        )
    }

    name = forms.CharField(label=_("Name"), max_length=120)

    @classmethod
    def tells_who_or_where(cls) -> bool:
        return True
