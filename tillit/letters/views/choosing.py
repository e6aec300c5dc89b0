"""Choosing who gets a letter: a group, what narrows it, and single ones by hand."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tillit.kit.access import WRITING, open_to, viewer_of
from tillit.kit.changes import Actor
from tillit.kit.contributions import audiences_for
from tillit.kit.exports import Column, csv_file, xlsx_file
from tillit.kit.lines import clean
from tillit.letters import drafting
from tillit.letters.choice import Choice
from tillit.letters.choosing import ChoiceForm, SearchForm
from tillit.letters.mending import without_address
from tillit.letters.models import Letter
from tillit.letters.receivers import Chosen, Receiver, chosen
from tillit.letters.rules import may_change, may_write_letters
from tillit.letters.searching import search
from tillit.letters.views.fetching import crumbs, letter_for, ours_of, steps

A_PAGE = 100
MOST_UNREACHABLE = 200
BY_HAND = {
    "add": Choice.with_added,
    "leave": Choice.with_left_out,
    "back": Choice.with_taken_back,
}


@open_to(may_write_letters, methods=WRITING)
def choosing(request: HttpRequest, key: str) -> HttpResponse:
    letter = letter_for(request, key, may_change)
    choice = Choice.read(letter.choice)
    if request.method != "POST":
        return page(request, letter, choice, form_for(request, initial_of(choice)))
    new = by_hand(request, choice)
    if new is None:
        form = form_for(request)
        if not form.is_valid():
            return page(request, letter, choice, form, 422)
        new = form.choice(choice)
    drafting.choose(letter, new, Actor.of(viewer_of(request)), timezone.now())
    return redirect(f"{request.path}{same_search(request)}")


def by_hand(request: HttpRequest, choice: Choice) -> Choice | None:
    """The choice with one added, left out or taken back, if one of those buttons was pressed."""
    for name, with_it in BY_HAND.items():
        if subject := clean(request.POST.get(name, "")):
            return with_it(choice, subject[:240])
    return None


def same_search(request: HttpRequest) -> str:
    words = request.POST.get("q", "")
    return f"?{urlencode({'q': words})}#by-hand" if words else ""


def form_for(request: HttpRequest, initial: dict[str, Any] | None = None) -> ChoiceForm:
    data = None if initial is not None else request.POST
    audiences = audiences_for(viewer_of(request))
    return ChoiceForm(data, initial=initial, ours=ours_of(request), audiences=audiences)


def initial_of(choice: Choice) -> dict[str, Any]:
    return choice.kept()


def page(
    request: HttpRequest, letter: Letter, choice: Choice, form: ChoiceForm, status: int = 200
) -> HttpResponse:
    ours = ours_of(request)
    found = chosen(choice, ours)
    asked = SearchForm(request.GET)
    words = asked.cleaned_data["q"] if asked.is_valid() else ""
    shown = Paginator(found.receivers, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "letter": letter,
        "form": form,
        "chosen": found,
        "shown": shown,
        **neighbours(shown),
        "unreachable": [
            without_address(it, ours.viewer) for it in found.unreachable[:MOST_UNREACHABLE]
        ],
        "more_unreachable": max(0, len(found.unreachable) - MOST_UNREACHABLE),
        "left_out": list(left_out(found, choice)),
        "words": words,
        "found": search(words, ours) if words else [],
        "by_hand": set(choice.besides),
        "audience_gone": gone(choice, form),
        "steps": steps(letter, "choosing"),
        "crumbs": crumbs(),
    }
    return render(request, "letters/choosing.html", context, status=status)


def neighbours(shown: Page[Receiver]) -> dict[str, str]:
    before = f"page={shown.previous_page_number()}" if shown.has_previous() else ""
    after = f"page={shown.next_page_number()}" if shown.has_next() else ""
    return {"previous_query": before, "next_query": after}


def left_out(found: Chosen, choice: Choice) -> Iterator[tuple[str, Receiver]]:
    """Each that was left out by hand, with what takes it back."""
    for receiver in found.left_out:
        yield next(it for it in choice.without if it in receiver.subjects), receiver


def gone(choice: Choice, form: ChoiceForm) -> bool:
    """Whether the draft asks for a group that no context names any more."""
    offered = form.fields["audience"].choices if "audience" in form.fields else []  # type: ignore[attr-defined]
    return bool(choice.audience) and choice.audience not in dict(offered)


COLUMNS = [
    Column(_("Organisation"), lambda row: row.title),
    Column(_("Contact person"), lambda row: row.name if row.seen else ""),
    Column(_("E-mail"), lambda row: row.email if row.seen else ""),
    Column(_("Language"), lambda row: row.wished_language),
]


@open_to(may_write_letters)
def chosen_file(request: HttpRequest, key: str, as_: str) -> HttpResponseBase:
    """Who would get the letter, as a file."""
    letter = letter_for(request, key, may_change)
    found = chosen(Choice.read(letter.choice), ours_of(request))
    name = f"mottagare-{letter.key}"
    if as_ == "xlsx":
        return xlsx_file(name, COLUMNS, found.receivers, len(found.receivers))
    return csv_file(name, COLUMNS, found.receivers)
