"""Writing a letter. Saved when one asks for it and, with script, when one pauses."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.kit.access import WRITING, open_to, viewer_of
from tillit.kit.changes import Actor
from tillit.kit.forms import form_page, posted
from tillit.letters import drafting
from tillit.letters.forms import TextForm
from tillit.letters.models import Letter
from tillit.letters.placeholders import PLACEHOLDERS
from tillit.letters.rules import may_change, may_write_letters
from tillit.letters.views.fetching import crumbs, letter_for, steps

LEADS_TO = {"choosing", "preview"}


@open_to(may_write_letters, methods=WRITING)
def text(request: HttpRequest, key: str) -> HttpResponse:
    letter = letter_for(request, key, may_change)
    form = TextForm(posted(request), standing=standing(letter))
    if request.method == "POST" and form.is_valid():
        drafting.write(letter, form.cleaned_data, Actor.of(viewer_of(request)), timezone.now())
        letter.refresh_from_db()
        return by_itself(request, letter, form) if saves_itself(request) else saved(request, letter)
    if saves_itself(request):
        return by_itself(request, letter, form)
    return form_page(request, form, "letters/text.html", **around(letter))


def standing(letter: Letter) -> dict[str, Any]:
    """What the form is about, as it stands."""
    values = {name: getattr(letter, name) for name in drafting.WRITTEN}
    return {**values, "on_web": letter.is_on_web}


def saved(request: HttpRequest, letter: Letter) -> HttpResponse:
    """On to where the button leads."""
    then = request.POST.get("then", "")
    if then in LEADS_TO:
        return redirect(f"letters:{then}", letter.key)
    messages.success(request, _("The draft is saved."))
    return redirect("letters:text", letter.key)


def around(letter: Letter) -> dict[str, Any]:
    return {
        "letter": letter,
        "steps": steps(letter, "text"),
        "crumbs": crumbs(),
        "placeholders": [(it.word("sv"), it.title) for it in PLACEHOLDERS],
        "save_url": reverse("letters:text", args=[letter.key]),
    }


def saves_itself(request: HttpRequest) -> bool:
    """Whether the form was sent by script, while somebody writes."""
    return request.headers.get("HX-Request") == "true"


def by_itself(request: HttpRequest, letter: Letter, form: TextForm) -> HttpResponse:
    """A few words for the line below the form, and what the form is about from now on."""
    form.standing = standing(letter)
    context = {"form": form, "at": timezone.now()}
    return render(request, "letters/parts/saved.html", context)
