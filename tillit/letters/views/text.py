"""Writing a letter. Saved when one asks for it and, with script, when one pauses."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.kit.access import WRITING, open_to, viewer_of
from tillit.kit.changes import Actor, values_of
from tillit.kit.forms import SEEN, changed_meanwhile, seal, unseal
from tillit.letters import drafting
from tillit.letters.forms import TextForm
from tillit.letters.models import Letter
from tillit.letters.placeholders import PLACEHOLDERS
from tillit.letters.rules import may_change, may_write_letters
from tillit.letters.views.fetching import crumbs, letter_for, steps

TO_PREVIEW = "preview"
TO_CHOOSING = "choosing"


@open_to(may_write_letters, methods=WRITING)
def text(request: HttpRequest, key: str) -> HttpResponse:
    letter = letter_for(request, key, may_change)
    if request.method != "POST":
        return page(request, letter, TextForm(initial=initial_of(letter)))
    form = TextForm(request.POST)
    if not form.is_valid():
        return by_itself(request, letter, form) or page(request, letter, form, 422)
    if others := written_by_others(request, letter):
        return by_itself(request, letter, form, others) or page(request, letter, form, 409, others)
    drafting.write(letter, form.cleaned_data, Actor.of(viewer_of(request)), timezone.now())
    letter.refresh_from_db()
    return by_itself(request, letter, form) or saved(request, letter)


def saved(request: HttpRequest, letter: Letter) -> HttpResponse:
    """On to where the button leads."""
    then = request.POST.get("then", "")
    if then in {TO_CHOOSING, TO_PREVIEW}:
        return redirect(f"letters:{then}", letter.key)
    messages.success(request, _("The draft is saved."))
    return redirect("letters:text", letter.key)


def initial_of(letter: Letter) -> dict[str, Any]:
    values = {name: getattr(letter, name) for name in drafting.WRITTEN}
    return {**values, "on_web": letter.is_on_web}


def sealed(letter: Letter) -> str:
    """What the words were, so that nobody overwrites another's without seeing them."""
    values = values_of(letter)
    return seal({name: values[name] for name in drafting.WRITTEN})


def written_by_others(request: HttpRequest, letter: Letter) -> list[tuple[str, str]]:
    """What a colleague wrote since the form was opened: (field, what stands there now)."""
    found = changed_meanwhile(unseal(request.POST.get(SEEN, "")), values_of(letter))
    labels = TextForm.base_fields
    return [(str(labels[name].label), str(now)) for name, (_then, now) in found.items()]


def page(
    request: HttpRequest,
    letter: Letter,
    form: TextForm,
    status: int = 200,
    others: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    context = {
        "letter": letter,
        "form": form,
        "others": others,
        "seen": sealed(letter),
        "steps": steps(letter, "text"),
        "crumbs": crumbs(),
        "placeholders": [(it.word("sv"), it.title) for it in PLACEHOLDERS],
        "save_url": reverse("letters:text", args=[letter.key]),
    }
    return render(request, "letters/text.html", context, status=status)


def by_itself(
    request: HttpRequest, letter: Letter, form: TextForm, others: Any = None
) -> HttpResponse | None:
    """The few words that answer a form which saved itself; None when a person pressed the button."""
    if request.headers.get("HX-Request") != "true":
        return None
    context = {"form": form, "others": others, "seen": sealed(letter), "at": timezone.now()}
    return render(request, "letters/parts/saved.html", context)
