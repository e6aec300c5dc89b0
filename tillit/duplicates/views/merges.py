"""What has been merged, and making it two again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.duplicates.merging import part
from tillit.duplicates.models import Merge
from tillit.duplicates.pairing import key_of
from tillit.duplicates.reading import merges_for
from tillit.duplicates.rules import may_undo, sees_pairs
from tillit.duplicates.views.fetching import crumbs
from tillit.duplicates.views.pair import OFFICES
from tillit.kit.access import WRITING, insist, open_to, viewer_of
from tillit.kit.circles import Viewer
from tillit.kit.contributions import Link, links_to
from tillit.kit.exports import Column
from tillit.kit.forms import WritingForm, form_page, posted
from tillit.kit.listing import Listing
from tillit.kit.merging.steps import model_labelled
from tillit.register.people import giver_in_words, names_of


def preparing(viewer: Viewer) -> Any:
    def prepare(rows: Sequence[Any]) -> None:
        links = links_to([it.kept for it in rows], viewer)
        names = names_of({it.by for it in rows} | {it.undone_by for it in rows})
        for it in rows:
            it.stayed = links.get(it.kept, Link(key_of(it.kept), ""))
            it.who = giver_in_words(it.by, names)

    return prepare


def listing_for(viewer: Viewer) -> Listing:
    return Listing(
        gettext_lazy("Merges"),
        "sammanslagningar",
        [
            Column(
                gettext_lazy("What went"),
                lambda row: row.title,
                link=lambda row: row.get_absolute_url(),
            ),
            Column(
                gettext_lazy("What stayed"),
                lambda row: row.stayed.title,
                link=lambda row: row.stayed.url,
            ),
            Column(gettext_lazy("When"), lambda row: timezone.localtime(row.done_at).date()),
            Column(gettext_lazy("Who"), lambda row: row.who),
            Column(gettext_lazy("Undone"), undone_on),
        ],
        "duplicates/merges.html",
        by=("-done_at", "key"),
        more_in_files=[
            Column(gettext_lazy("Reason"), lambda row: row.why),
            Column(gettext_lazy("Key"), lambda row: key_of(row.gone)),
            Column(gettext_lazy("Key of what stayed"), lambda row: key_of(row.kept)),
        ],
        prepare=preparing(viewer),
    )


def undone_on(row: Any) -> Any:
    return timezone.localtime(row.undone_at).date() if row.undone_at else None


@open_to(sees_pairs)
def merges(request: HttpRequest, as_: str = "page") -> HttpResponseBase:
    viewer = viewer_of(request)
    rows = merges_for(viewer)
    form = forms.Form(request.GET)
    return listing_for(viewer).respond(request, rows, form, as_, crumbs=crumbs())


@dataclass(frozen=True)
class Moved:
    """How many rows of a noun were given on, and how many became one with another."""

    title: str
    given: int
    joined: int


@open_to(sees_pairs)
def merge(request: HttpRequest, key: str) -> HttpResponse:
    viewer = viewer_of(request)
    it = get_object_or_404(merges_for(viewer), key=key)
    preparing(viewer)([it])
    names = names_of([it.undone_by])
    context = {
        "merge": it,
        "moved": what_moved(it),
        "undone_by": giver_in_words(it.undone_by, names),
        "may_undo": not it.is_undone and may_undo(viewer, it),
        "crumbs": [*crumbs(), (_("Merges"), reverse("duplicates:merges"))],
    }
    return render(request, "duplicates/merge.html", context)


def what_moved(merge: Merge) -> list[Moved]:
    """By noun, what people know of: changes that were told last."""
    numbers: Any = merge.steps.values("model").annotate(
        given=Count("row", distinct=True, filter=~Q(column="")),
        joined=Count("pk", filter=Q(column="")),
        told=Count("activity", distinct=True),
        cited=Count("citation", distinct=True),
    )
    own = {merge.kept.partition(":")[0]}
    return [
        Moved(
            named_in_words(it["model"]),
            it["told"] or it["cited"] or it["given"],
            it["joined"],
        )
        for it in sorted(numbers, key=lambda it: (it["told"], it["model"]))
        if it["model"].rpartition(".")[2] not in own
    ]


def named_in_words(name: str) -> str:
    """What rows of a model are called; one that is no more by its name."""
    model = model_labelled(name)
    return str(model._meta.verbose_name_plural) if model else name  # noqa: SLF001


class UndoingForm(WritingForm):
    why = forms.CharField(label=gettext_lazy("Reason"), max_length=400, required=False)
    audience = {"why": OFFICES}


@open_to(sees_pairs, methods=WRITING)
def undoing(request: HttpRequest, key: str) -> HttpResponse:
    viewer = viewer_of(request)
    it = get_object_or_404(merges_for(viewer), key=key)
    insist(viewer, may_undo, it)
    if it.is_undone:
        return redirect(it)
    form = UndoingForm(posted(request))
    if form.is_valid():
        part(it, viewer, timezone.now(), form.cleaned_data["why"])
        messages.success(request, _("They are two again."))
        return redirect(it)
    text = _(
        "What was given to the one that stayed goes back to “%(name)s”, with its address here. What has "
        "been changed since stays as it is now, and what came since belongs to the one that stayed."
    )
    return form_page(
        request,
        form,
        title=_("Make them two again"),
        kicker=it.title,
        notice={"title": _("What happens"), "text": text % {"name": it.title}},
        submit=_("Make them two again"),
        cancel=it.get_absolute_url(),
        crumbs=[*crumbs(), (it.title, it.get_absolute_url())],
    )
