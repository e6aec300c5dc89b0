"""What the agreement is called, and where it holds."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tillit.agreements.models import Agreement
from tillit.kit.changes import Actor, change, create
from tillit.kit.forms import Text
from tillit.register.choices import PlaceKind, Side
from tillit.register.looking_after import secretariat_for
from tillit.register.models import Place
from tillit.site.forms.base import Part, StepForm
from tillit.site.forms.picking import PlacePicked, Suggested, which_field
from tillit.site.models import Installation

KEY = "installation"


class AgreementForm(StepForm):
    parts = (Part(("title", "place", "which", "agreement", "kicker", "lede")),)

    title = forms.CharField(
        label=_("What is the agreement called?"),
        max_length=120,
        help_text=_("Such as Överenskommelsen Skåne. It stands on the start page."),
        error_messages={"required": _("Write what the agreement is called.")},
    )
    place = forms.CharField(
        label=_("Where does it hold?"),
        max_length=80,
        help_text=_("A county, a municipality, or Sverige for the whole country."),
        error_messages={"required": _("Write a county, a municipality or Sverige.")},
        widget=Suggested(attrs={"autocomplete": "off"}),
    )
    which = which_field(_("Which place?"))
    agreement = forms.ChoiceField(
        label=_("Which of the agreements entered here is it?"),
        required=False,
        help_text=_("The start page then shows what it says and how it goes."),
    )
    kicker = forms.CharField(
        label=_("A line above the name"),
        max_length=200,
        required=False,
        help_text=_("Such as: signed 29 June 2010."),
    )
    lede = forms.CharField(
        label=_("What the agreement wants, in a sentence"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def arrange(self) -> None:
        places = Place.objects.exclude(kind=PlaceKind.COUNTRY).order_by("kind", "sort_key")
        widget = self.fields["place"].widget
        widget.suggestions = list(places.values_list("official_name", flat=True))
        entered = Agreement.objects.visible_to(self.viewer).values_list("key", "title")
        if not entered:
            del self.fields["agreement"]
            return
        field: Any = self.fields["agreement"]
        field.choices = [("", _("None yet")), *entered]

    def known(self) -> dict[str, Any]:
        it = self.installation
        if it is None:
            return {}
        place = it.place.official_name if it.place else ""
        said = {name: getattr(it, name) for name in ("title", "kicker", "lede")}
        return {**said, "place": place, "agreement": it.agreement.key if it.agreement else ""}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.found = PlacePicked(self).clean()
        return cleaned

    def save(self, actor: Actor) -> list[Text]:
        words = {name: self.cleaned_data[name] for name in ("title", "kicker", "lede")}
        if "agreement" in self.cleaned_data:
            rows = Agreement.objects.visible_to(self.viewer)
            words["agreement"] = rows.filter(key=self.cleaned_data["agreement"]).first()
        if self.installation is None:
            create(Installation(key=KEY, place=self.found, **words), actor)
        else:
            self.move_secretariats(actor)
            change(self.installation, {**words, "place": self.found}, actor)
        return []

    def move_secretariats(self, actor: Actor) -> None:
        """Those that look after the place of the agreement go on with its new one."""
        before = self.installation.place if self.installation else None
        if before == self.found:
            return
        for side in Side:
            if kept := secretariat_for(side, before, timezone.localdate()):
                change(kept, {"place": self.found}, actor)
