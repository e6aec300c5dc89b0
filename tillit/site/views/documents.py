"""A document is attached to a source, replaced, given other readers, and taken away."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.kit.access import WRITING, open_to, viewer_of
from tillit.kit.changes import Actor
from tillit.kit.files import keeping
from tillit.kit.forms import form_page, posted
from tillit.kit.models import Source, StoredFile
from tillit.register.rules import may_keep_sources
from tillit.site.documents import readers_of
from tillit.site.forms.document import DocumentForm


@open_to(may_keep_sources, methods=WRITING)
def new_document(request: HttpRequest, key: str) -> HttpResponse:
    source = the_source(request, key)
    form = form_of(request)
    if form.is_valid() and form.upload:
        circle = form.cleaned_data["circle"]
        keeping.keep(form.upload, source.subject, circle, actor(request), timezone.now())
        messages.success(request, _("The document is there."))
        return back_to(source)
    return form_page(
        request,
        form,
        title=_("Attach the document"),
        lede=source.title,
        submit=_("Attach it"),
        **around(source),
    )


@open_to(may_keep_sources, methods=WRITING)
def document(request: HttpRequest, key: str, file: str) -> HttpResponse:
    source = the_source(request, key)
    row = the_file(request, source, file)
    form = form_of(request, row)
    if form.is_valid():
        circle = form.cleaned_data["circle"]
        done = keeping.replace(row, form.upload, circle, actor(request), timezone.now())
        messages.success(request, _("Saved.") if done else _("Nothing was changed."))
        return back_to(source)
    return form_page(
        request,
        form,
        title=_("Replace the document"),
        lede=row.name,
        submit=_("Save"),
        **around(source),
    )


@open_to(may_keep_sources, methods=WRITING)
def document_removal(request: HttpRequest, key: str, file: str) -> HttpResponse:
    """Asks first: the content is gone for good then."""
    source = the_source(request, key)
    row = the_file(request, source, file)
    if request.method == "POST":
        keeping.take_away(row, actor(request))
        messages.success(request, _("The document is gone."))
        return back_to(source)
    context = {"source": source, "file": row, "seen_by": readers_of(row.circle), **around(source)}
    return render(request, "site/document_removal.html", context)


def form_of(request: HttpRequest, row: StoredFile | None = None) -> DocumentForm:
    return DocumentForm(posted(request), request.FILES or None, viewer=viewer_of(request), row=row)


def the_source(request: HttpRequest, key: str) -> Source:
    """A judgement is a source too, and has no document."""
    rows = Source.objects.visible_to(viewer_of(request)).filter(is_document=True)
    found: Source = get_object_or_404(rows, key=key)
    return found


def the_file(request: HttpRequest, source: Source, key: str) -> StoredFile:
    rows = StoredFile.objects.visible_to(viewer_of(request)).of(source.subject)
    found: StoredFile = get_object_or_404(rows, key=key)
    return found


def actor(request: HttpRequest) -> Actor:
    return Actor.of(viewer_of(request))


def around(source: Source) -> dict[str, Any]:
    """The way here and back."""
    page = reverse("site:source", args=[source.key])
    crumbs = [(_("Sources"), reverse("site:sources")), (source.title, page)]
    return {"crumbs": crumbs, "cancel": page}


def back_to(source: Source) -> HttpResponse:
    return HttpResponseRedirect(reverse("site:source", args=[source.key]))
