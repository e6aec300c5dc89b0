"""What an organisation says of itself: description, website, legal form, level, topics, founding."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.kit.editing.choices import Deed
from tillit.kit.forms import ProseField, Text
from tillit.register.choices import Form, Level
from tillit.register.forms.fact import FactForm
from tillit.register.models import Organisation, Topic

NOT_KNOWN = ("", _("Not known"))


class OrganisationForm(FactForm):
    slug, one, several = "uppgifter", _("Description and facts"), _("Description and facts")
    model = Organisation
    own = ("description", "web", "form", "level", "topics")
    all_deeds = (Deed.CORRECT, Deed.END)
    reasons = {Deed.CORRECT: _("A few words, if you like: a decision of the annual meeting.")}
    hints = {
        Deed.END: _("For an organisation that is no more. What is known of it stays."),
    }

    description = ProseField(
        label=_("Description"),
        max_length=4000,
        required=False,
        help_text=_("One or two sentences: who you are, what you do, for whom."),
    )
    web = forms.URLField(
        label=_("Website"),
        required=False,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url"}),
    )
    form = forms.ChoiceField(
        label=_("Legal form"), choices=[NOT_KNOWN, *Form.choices], required=False
    )
    level = forms.ChoiceField(label=_("Level"), choices=[NOT_KNOWN, *Level.choices], required=False)
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.none(),
        label=_("Themes and target groups"),
        required=False,
        to_field_name="key",
        widget=forms.CheckboxSelectMultiple,
    )

    def fit(self) -> None:
        if "topics" in self.fields:
            topics: Any = self.fields["topics"]
            topics.queryset = Topic.objects.visible_to(self.sitting.viewer)

    @property
    def must_be_explained(self) -> set[Deed]:
        """What one says of oneself is written anew without a reason."""
        return set()

    def bounds(self) -> list[tuple[str, Text, bool]]:
        if self.sitting.deed is Deed.CORRECT:
            return [("start", _("Founded"), False)]
        return super().bounds()
