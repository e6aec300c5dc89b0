"""All letters of the offices that one works for."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tillit.kit.access import open_to, viewer_of
from tillit.kit.exports import Column
from tillit.kit.listing import Listing
from tillit.kit.swedish import fold
from tillit.letters import drafting
from tillit.letters.choices import Kind, Stage
from tillit.letters.models import Letter
from tillit.letters.rules import may_write_letters
from tillit.letters.views.fetching import letter_for

KINDS = dict(Kind.choices)


class LettersForm(forms.Form):
    stage = forms.ChoiceField(
        label=_("State"), choices=[("", _("All")), *Stage.choices], required=False
    )
    q = forms.CharField(label=_("Words in the subject"), max_length=100, required=False)


def name_of(person: Any) -> str:
    return str(person.name) if person else ""


LISTING = Listing(
    _("Letters"),
    "utskick",
    [
        Column(_("Subject"), lambda row: row.title, link=lambda row: row.get_absolute_url()),
        Column(_("State"), lambda row: row.stage_in_words, template="letters/cells/stage.html"),
        Column(_("Kind"), lambda row: KINDS[row.kind]),
        Column(_("Sender"), lambda row: row.organisation.name),
        Column(_("Written by"), lambda row: name_of(row.writer)),
        Column(_("Receivers"), lambda row: row.number_of_recipients or None),
        Column(_("Last changed"), lambda row: timezone.localtime(row.touched_at).date()),
    ],
    "letters/letters.html",
    by=("-touched_at", "key"),
    more_in_files=[
        Column(_("Key"), lambda row: row.key),
    ],
)


@open_to(may_write_letters)
def letter_list(request: HttpRequest, as_: str = "page") -> HttpResponseBase:
    rows = Letter.objects.visible_to(viewer_of(request)).with_stage()
    form = LettersForm(request.GET)
    if form.is_valid() and (stage := form.cleaned_data["stage"]):
        rows = rows.filter(stage=stage)
    if form.is_valid() and (words := form.cleaned_data["q"]):
        rows = rows.filter(folded__contains=fold(words))
    shown = rows.with_number_of_recipients().select_related("organisation", "writer")
    return LISTING.respond(request, shown.defer("text", "text_en"), form, as_)


@open_to(may_write_letters, methods=("POST",))
def new(request: HttpRequest) -> HttpResponse:
    """Begin a draft; it is there at once, so nothing that is written in it gets lost."""
    draft = drafting.begin(viewer_of(request), timezone.now())
    return redirect("letters:text", draft.key)


@open_to(may_write_letters, methods=("POST",))
def copy(request: HttpRequest, key: str) -> HttpResponse:
    """A new draft with the words and the choice of another letter."""
    like = letter_for(request, key)
    draft = drafting.begin(viewer_of(request), timezone.now(), like)
    return redirect("letters:text", draft.key)
