"""Finding what somebody means by a name, without script: what fits is offered to choose from."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tillit.kit.changes import Actor, change
from tillit.kit.circles import Viewer
from tillit.kit.forms import Text
from tillit.kit.swedish import fold
from tillit.register.entering import alike, correct_name, is_called, number_of, set_number
from tillit.register.founding import enter
from tillit.register.identifiers import check_orgnr
from tillit.register.models import Organisation, Place
from tillit.site.forms.base import Which

NEW, MENDED = "new", "mended"
MOST = 8
WHICH_ORGANISATION = _("The register has something like it. Say which one you mean.")
RENAMED = _("It was called something else before. Say whether the name was wrong.")
WHICH_PLACE = _("Several places are called so. Say which one you mean.")


class Suggested(forms.TextInput):
    """A text with suggestions, as the browser shows them; anything may be written."""

    template_name = "site/widgets/suggested.html"

    def __init__(self, attrs: Any = None) -> None:
        super().__init__(attrs)
        self.suggestions: Sequence[str] = ()

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        suggestions = {"list": f"{(attrs or {}).get('id', name)}_list"} if self.suggestions else {}
        context = super().get_context(name, value, {**(attrs or {}), **suggestions})
        return {**context, "suggestions": self.suggestions}


def which_field(label: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=Which(), max_length=200)


def ask(form: forms.Form, name: str, choices: Sequence[tuple[str, Text]], why: Text) -> None:
    """Let the question be there, and wait for its answer."""
    field: Any = form.fields[name]
    field.is_optional, field.widget.choices = False, choices
    form.add_error(name, ValidationError(str(why)))


def organisation_fields(
    prefix: str = "", *, required: bool = True, kinds: Sequence[tuple[str, Any]] = ()
) -> dict[str, forms.Field]:
    """The fields that tell which organisation is meant. `kinds` are the legal forms to choose from."""
    return {
        f"{prefix}name": forms.CharField(
            label=_("Name of the organisation"),
            max_length=200,
            required=required,
            error_messages={"required": _("Write the name of the organisation.")},
        ),
        f"{prefix}which": which_field(_("Which one?")),
        f"{prefix}number": forms.CharField(
            label=_("Organisation number"),
            max_length=60,
            required=False,
            help_text=_("If it has one: ten figures. It is kept as you write it."),
        ),
        f"{prefix}form": forms.ChoiceField(
            label=_("Legal form"),
            required=False,
            choices=[("", _("Not said")), *kinds],
        ),
    }


def told_of(organisation: Organisation, prefix: str = "") -> dict[str, str]:
    """What the fields begin with for an organisation that is known."""
    number = number_of(organisation)
    said = {"name": organisation.name, "form": organisation.form}
    said["number"] = number.value if number else ""
    return {f"{prefix}{name}": value for name, value in said.items()}


class OrganisationPicked:
    """Which organisation the fields of a form mean: one that the register has, or a new one."""

    def __init__(self, form: forms.Form, viewer: Viewer, sector: str, prefix: str = "") -> None:
        self.form, self.viewer, self.sector, self.prefix = form, viewer, sector, prefix
        self.found: Organisation | None = None
        self.known: Organisation | None = None

    def said(self, name: str) -> str:
        return str(self.form.cleaned_data.get(f"{self.prefix}{name}", "") or "")

    def clean(self, known: Organisation | None = None) -> None:
        """Settle which, or ask. `known` is the one that the form began with."""
        name, self.known = self.said("name"), known
        if not name:
            return
        if known is not None and known.sector == self.sector and is_called(known, name):
            self.found = known
            return
        fitting = alike(name, self.said("number"), self.sector, self.viewer)
        self.choose([it for it in fitting if it != known])

    def choose(self, fitting: list[Organisation]) -> None:
        which = self.said("which")
        same = [it for it in fitting if is_called(it, self.said("name"))]
        self.found = next((it for it in fitting if it.key == which), None)
        if self.known and which == MENDED:
            self.found = self.known
        if self.found is None and len(same) == 1 and which != NEW:
            self.found = same[0]
        if (fitting or self.known) and self.found is None and which != NEW:
            self.ask(fitting)

    def ask(self, fitting: list[Organisation]) -> None:
        words = {"name": self.said("name"), "before": self.known.name if self.known else ""}
        mended = _now("The same as before: correct the name “%(before)s” to “%(name)s”") % words
        new = _now("None of them: a new organisation called “%(name)s”") % words
        if self.known and not fitting:
            new = _now("Another, new organisation called “%(name)s”") % words
        choices = [
            *([(MENDED, mended)] if self.known else []),
            *((it.key, it.name) for it in fitting),
            (NEW, new),
        ]
        why = RENAMED if self.known else WHICH_ORGANISATION
        ask(self.form, f"{self.prefix}which", choices, why)

    def save(self, actor: Actor, day: date) -> Organisation:
        """The organisation, entered if it is new; what is said of one that is known is mended."""
        name, number, form = self.said("name"), self.said("number"), self.said("form")
        if self.found is None:
            return enter(name, self.sector, actor, day, form=form, number=number)
        if self.found == self.known and self.found.name != name:
            correct_name(self.found, name, actor)
        if form:
            change(self.found, {"form": form}, actor)
        set_number(self.found, number, actor, day)
        return self.found

    def warnings(self) -> list[Text]:
        """A number that can't be right is kept, and told of."""
        number = self.said("number")
        verdict = check_orgnr(number)
        if not number or verdict.holds:
            return []
        said = _("The number %(number)s is kept as you wrote it, but look at it again: %(reason)s")
        return [said % {"number": number, "reason": verdict.reason}]


class PlacePicked:
    """Which place is meant by its name or its code."""

    def __init__(self, form: forms.Form, name: str = "place", which: str = "which") -> None:
        self.form, self.name, self.which = form, name, which

    def clean(self) -> Place | None:
        """The place; nothing when none was named, or when it must be asked which."""
        typed = str(self.form.cleaned_data.get(self.name, "") or "")
        if not typed:
            return None
        fitting = places_like(typed)
        chosen = self.form.cleaned_data.get(self.which, "")
        found = next((place for place in fitting if place.code == chosen), None)
        if found is None and len(fitting) == 1:
            found = fitting[0]
        if found is None:
            self.ask(fitting)
        return found

    def ask(self, fitting: list[Place]) -> None:
        if not fitting:
            self.form.add_error(self.name, _("There is no such county or municipality in Sweden."))
            return
        choices = [(place.code, place.official_name) for place in fitting]
        ask(self.form, self.which, choices, WHICH_PLACE)


def places_like(typed: str) -> list[Place]:
    """The one whose official name or code it is; else those whose names begin so, or hold it."""
    folded = fold(typed)
    rows = list(
        Place.objects.filter(Q(folded__contains=folded.split(" ")[0]) | Q(code=typed.upper()))
    )
    exact = [row for row in rows if typed.upper() == row.code or folded == fold(row.official_name)]
    beginning = [row for row in rows if row.folded.startswith(folded)]
    holding = [row for row in rows if folded in row.folded]
    return (exact or beginning or holding)[:MOST] if folded else []
