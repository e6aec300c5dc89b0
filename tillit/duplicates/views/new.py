"""Looking by hand for the entry that is the same as another one."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.duplicates.kinds import KINDS
from tillit.duplicates.pairing import pair_of
from tillit.duplicates.rules import sees_pairs
from tillit.duplicates.views.fetching import crumbs
from tillit.kit.access import WRITING, open_to, viewer_of
from tillit.kit.days import today

MOST = 20


class LookingForm(forms.Form):
    q = forms.CharField(label=gettext_lazy("Name of the other one"), max_length=100, required=False)


class ChosenForm(forms.Form):
    other = forms.CharField(max_length=200)


@open_to(sees_pairs, methods=WRITING)
def new(request: HttpRequest, noun: str, row: str) -> HttpResponse:
    """Those that are called so; the one that is chosen is laid beside it."""
    viewer = viewer_of(request)
    kind = KINDS.get(noun)
    if kind is None:
        raise Http404
    it = get_object_or_404(kind.rows(viewer), key=row)
    if request.method == "POST":
        chosen = ChosenForm(request.POST)
        key = chosen.cleaned_data["other"] if chosen.is_valid() else ""
        other = get_object_or_404(kind.rows(viewer), key=key)
        return redirect(pair_of(kind, it, other, viewer, today()))
    form = LookingForm(request.GET or None)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    found = kind.known_by(text, viewer).exclude(pk=it.pk)[:MOST] if text else []
    context = {
        "it": it,
        "form": form,
        "text": text,
        "found": list(found),
        "most": MOST,
        "crumbs": [*crumbs(), (str(it), it.get_absolute_url())],
        "title": _("Which is the same as %(name)s?") % {"name": it},
    }
    return render(request, "duplicates/new.html", context)
