"""One fact: what has happened to it, and the form for that."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tillit.kit.access import WRITING, open_to, signed_in
from tillit.kit.days import format_period
from tillit.kit.editing.choices import DEEDS, Deed
from tillit.kit.editing.words import CHOICES
from tillit.register.forms.fact import FactForm
from tillit.register.forms.person import PersonForm
from tillit.register.views.editing.overview import words_of
from tillit.register.views.editing.sitting import asked_deed, deed_url, form_of
from tillit.register.views.editing.writing import Page, crumbs_to_editing


@open_to(signed_in)
def fact(request: HttpRequest, key: str, noun: str, row: str) -> HttpResponse:
    """What has happened to it? One way for each answer."""
    form = form_of(noun, Deed.CORRECT)
    if form.is_edited_in_place():
        return redirect(asked_url(request, key, form, row))
    sitting = asked_deed(request, key, noun, Deed.CORRECT, row)
    it, found = sitting.organisation, sitting.row
    has_ended = found.as_read.end.latest < sitting.day
    context = {
        "title": form.title_of(found),
        "kicker": it.name,
        "text": words_of(found),
        "period": format_period(found.as_read),
        "crumbs": crumbs_to_editing(it),
        "cards": [
            {"title": title, "text": text, "url": deed_url(it, form, deed, row)}
            for deed, (title, text) in CHOICES.items()
            if deed in form.all_deeds and not (has_ended and deed in {Deed.CHANGE, Deed.END})
        ],
        "may_edit": sitting.may_edit,
        "name_url": deed_url(it, PersonForm, Deed.CORRECT, found.person.key)
        if found.noun == "role"
        else "",
    }
    return render(request, "register/editing/fact.html", context)


def asked_url(request: HttpRequest, key: str, form: type[FactForm], row: str) -> str:
    """What is no row of its own is edited where it stands."""
    sitting = asked_deed(request, key, form.slug, Deed.CORRECT, row)
    return deed_url(sitting.organisation, form, Deed.CORRECT, row)


@open_to(signed_in, methods=WRITING)
def fact_new(request: HttpRequest, key: str, noun: str) -> HttpResponse:
    return deed(request, key, noun, "", "ny")


@open_to(signed_in, methods=WRITING)
def fact_deed(request: HttpRequest, key: str, noun: str, row: str, word: str) -> HttpResponse:
    if DEEDS.get(word, Deed.ADD) is Deed.ADD:
        raise Http404
    return deed(request, key, noun, row, word)


def deed(request: HttpRequest, key: str, noun: str, row: str, word: str) -> HttpResponse:
    """The form of a deed, and what comes of it."""
    return Page(request, key, form_of(noun, DEEDS[word]), DEEDS[word], row).answer()
