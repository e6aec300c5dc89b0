"""The documents that everything rests on, and what rests on each line of them."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tillit.kit.access import anyone, open_to, viewer_of
from tillit.kit.contributions import Link, links_to
from tillit.kit.lists import slice_of
from tillit.kit.models import Citation, Source
from tillit.register.emptiness import first_step
from tillit.register.rules import may_keep_sources
from tillit.site.documents import documents_of

# The values that citations name, in words.
FIELDS = {
    "name": _("name"),
    "value": _("number"),
    "period": _("period"),
    "seen": _("period"),
    "form": _("legal form"),
    "level": _("level"),
    "sector": _("sector"),
    "themes": _("themes"),
    "target_groups": _("target groups"),
    "description": _("description"),
    "web": _("website"),
    "parent": _("part of"),
    "place": _("place"),
    "title": _("title"),
    "kind": _("kind"),
    "unit": _("unit"),
    "organisation": _("organisation"),
    "represents": _("whom the person represents"),
    "share": _("share of full time"),
    "party": _("party"),
    "protected": _("protected"),
    "low": _("number"),
    "public_text": _("text"),
}
SIZE = 400  # most documents whole, so that a link to a line finds it


@dataclass(frozen=True)
class Rest:
    """A citation, and the page of the row that rests on it, as far as the viewer may read it."""

    citation: Citation
    link: Link

    @property
    def field(self) -> str:
        """Which value of the row, in words."""
        return str(FIELDS.get(self.citation.field, self.citation.field))


@open_to(anyone)
def source_list(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    seen = Q(citations__circle__in=viewer.circles)
    sources = Source.objects.visible_to(viewer).annotate(
        rests=Count("citations", filter=seen),
        against=Count("citations", filter=seen & Q(citations__contradicts=True)),
    )
    context = {"sources": sources.order_by("key"), **first_step(viewer)}
    return render(request, "site/sources.html", context)


@open_to(anyone)
def source(request: HttpRequest, key: str) -> HttpResponseBase:
    viewer = viewer_of(request)
    found = get_object_or_404(Source.objects.visible_to(viewer), key=key)
    citations = Citation.objects.visible_to(viewer).filter(source=found).select_related("source")
    shown = slice_of(citations, request.GET.get("after", ""), by=("line_order", "pk"), size=SIZE)
    links = links_to([citation.subject for citation in shown.rows], viewer)
    # A row that the viewer may not read is not told of by its key either.
    rests = [
        Rest(citation, links[citation.subject])
        for citation in shown.rows
        if citation.subject in links
    ]
    context = {
        "source": found,
        "documents": documents_of(found, viewer),
        "may_attach": found.is_document and may_keep_sources(viewer),
        "crumbs": [(gettext("Sources"), reverse("site:sources"))],
        "rests": rests,
        "slice": shown,
        "previous_query": urlencode({"after": shown.previous}) if shown.previous else "",
        "next_query": urlencode({"after": shown.next}) if shown.next else "",
    }
    return render(request, "site/source.html", context)
