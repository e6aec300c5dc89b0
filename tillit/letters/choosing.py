"""The forms by which receivers are chosen."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.kit.contributions import Audience
from tillit.kit.days import DayField
from tillit.kit.widgets import LongSelect
from tillit.letters.choice import Choice
from tillit.letters.choices import Group
from tillit.letters.constituency import Constituency
from tillit.register.choices import Form, RoleKind
from tillit.register.filters import place_choices
from tillit.register.models import Topic

ALL = ("", _("All"))
USUAL_ROLES = {RoleKind.CONTACT_PERSON, RoleKind.CHAIR}


class ChoiceForm(forms.Form):
    """A group of organisations, and what narrows it."""

    group = forms.ChoiceField(label=_("Begin with"), widget=forms.RadioSelect)
    on = DayField(
        label=_("Members on"),
        help_text=_("Year-month-day. Today if left empty. Only for members."),
        required=False,
    )
    roles = forms.MultipleChoiceField(
        label=_("Only those who are"),
        help_text=_("If none is ticked, everybody who takes letters for the organisation."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    place = forms.ChoiceField(label=_("Only in"), widget=LongSelect, required=False)
    form = forms.ChoiceField(
        label=_("Only of the legal form"), choices=[ALL, *Form.choices], required=False
    )
    theme = forms.ModelChoiceField(
        label=_("Only those who work with or for"),
        queryset=Topic.objects.none(),
        to_field_name="key",
        empty_label=_("All"),
        required=False,
    )
    audience = forms.ChoiceField(label=_("Only those who"), required=False)

    def __init__(
        self, *args: Any, ours: Constituency, audiences: Sequence[Audience], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        topics = Topic.objects.visible_to(ours.viewer).order_by("kind", "sort_key")
        self._offer("group", groups(ours))
        self._offer("roles", roles(ours))
        self._offer("place", [ALL, *place_choices()])
        self._offer("audience", [ALL, *((it.key, it.title) for it in audiences)])
        self.fields["theme"].queryset = topics  # type: ignore[attr-defined]
        if not audiences:
            del self.fields["audience"]

    def _offer(self, name: str, choices: Sequence[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def choice(self, before: Choice) -> Choice:
        """What the form says, with those that were added and left out by hand before."""
        said = self.cleaned_data
        return Choice(
            group=said["group"],
            on=said["on"].isoformat() if said["on"] and said["group"] == Group.MEMBERS else "",
            roles=said["roles"],
            place=said["place"],
            form=said["form"],
            theme=said["theme"].key if said["theme"] else "",
            audience=said.get("audience", ""),
            without=before.without,
            besides=before.besides,
        )


def groups(ours: Constituency) -> list[tuple[str, Any]]:
    """Where choosing may begin, for the mandate."""
    given = [Group.MEMBERS, Group.NOBODY]
    if ours.mandate.secretariat:
        given.insert(0, Group.LOOKED_AFTER)
    return [(it.value, it.label) for it in given]


def roles(ours: Constituency) -> list[tuple[str, Any]]:
    """The roles that contacts within reach have, with the two that are always asked for."""
    contacts = ours.contacts(ours.organisations())
    found = set(contacts.order_by().values_list("kind", flat=True).distinct()) | USUAL_ROLES
    return [(it.value, it.label) for it in RoleKind if it in found]


class SearchForm(forms.Form):
    """One contact person or organisation, to add by hand."""

    q = forms.CharField(
        label=_("Name of an organisation or a person, or an address"),
        max_length=100,
        required=False,
    )
