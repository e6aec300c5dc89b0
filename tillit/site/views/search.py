"""One field for everything: what is found of it, by kind, or all of one kind."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.kit.access import anyone, open_to, viewer_of
from tillit.kit.days import DayField, today
from tillit.kit.search.asking import read
from tillit.kit.search.correcting import find_or_correct
from tillit.kit.search.documents import searchables
from tillit.kit.search.finding import CAP, Found, Group, Reader
from tillit.site.paging import place_of, query

FIRST, PAGE = 5, 25  # of each kind, where all are shown, and of one kind


class SearchForm(forms.Form):
    """Whatever is typed is searched for; only a day can be wrong."""

    q = forms.Field(
        label=gettext_lazy("Name, place, theme, role or number"),
        widget=forms.SearchInput(attrs={"autocomplete": "off", "enterkeyhint": "search"}),
        required=False,
    )
    on = DayField(
        label=gettext_lazy("Only what there was on a day"),
        help_text=gettext_lazy("Year-month-day. Left empty: at any time."),
        required=False,
    )
    kind = forms.Field(widget=forms.HiddenInput, required=False)


@open_to(anyone)
def search(request: HttpRequest) -> HttpResponse:
    form, asked = SearchForm(request.GET), read(request.GET.get("q", ""))
    context: dict[str, Any] = {"form": form, "asked": asked}
    if not form.is_valid():
        return render(request, "site/search/search.html", context)
    reader = Reader(viewer_of(request), today(), form.cleaned_data["on"])
    nouns = [it.noun for it in searchables() if it.noun == form.cleaned_data["kind"]]
    found = find_or_correct(asked, reader, nouns)
    otherwise = [(it, address(request, q=it, after="")) for it in found.otherwise]
    context |= {"found": found, "most": CAP, "otherwise": otherwise}
    if nouns and found:
        return render(request, "site/search/kind.html", context | of_kind(request, found))
    return render(request, "site/search/search.html", context | {"groups": parts(request, found)})


def parts(request: HttpRequest, found: Found) -> list[dict[str, Any]]:
    """The first of each kind, fetched by one query, and the way to the others."""
    shown = {it.kind.noun: it.ranked[:FIRST] for it in found.groups}
    hits = {it.entry.pk: it for it in found.hits([it for some in shown.values() for it in some])}
    return [
        {
            "group": group,
            "hits": [hits[it.pk] for it in shown[group.kind.noun] if it.pk in hits],
            "all_url": address(request, kind=group.kind.noun) if group.count > FIRST else "",
        }
        for group in found.groups
    ]


def of_kind(request: HttpRequest, found: Found) -> dict[str, Any]:
    """One page of one kind."""
    group = found.groups[0]
    first = place_of(request.GET.get("after", ""), group.count)
    return {
        "group": group,
        "first": first + 1,
        "hits": found.hits(group.ranked[first : first + PAGE]),
        "crumbs": [(_("Search"), address(request, kind="", after=""))],
        **ways(request, group, first),
    }


def ways(request: HttpRequest, group: Group, first: int) -> dict[str, str]:
    """The queries of the pages before and after."""
    before, after = max(0, first - PAGE), first + PAGE
    return {
        "previous_query": query(request, after=str(before or "")) if first else "",
        "next_query": query(request, after=str(after)) if after < group.count else "",
    }


def address(request: HttpRequest, **changed: str) -> str:
    return f"{reverse('site:search')}?{query(request, **changed)}"
