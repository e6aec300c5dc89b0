"""The whole register as a file: asked for, waited for, fetched by whoever asked, and taken away."""

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.kit.access import WRITING, open_to, viewer_of
from tillit.kit.changes import Actor
from tillit.kit.files import storage
from tillit.register.rules import administers
from tillit.site.exporting import DAYS, ask, take_away
from tillit.site.forms.export import ExportForm
from tillit.site.models import Export
from tillit.site.tasks import make_export
from tillit.site.views.guide import private, status_of


@open_to(administers, methods=WRITING)
def exports(request: HttpRequest) -> HttpResponseBase:
    form = ExportForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        begin(request, form.cleaned_data["reason"])
        return HttpResponseRedirect(reverse("site:exports"))
    rows = list(Export.objects.visible_to(viewer_of(request)))
    context = {
        "form": form,
        "exports": rows,
        "under_way": next((it for it in rows if it.is_under_way), None),
        "late": any(it.is_late(timezone.now()) for it in rows),
        "days": DAYS,
        "crumbs": [(_("Settings"), reverse("site:settings"))],
    }
    return private(render(request, "site/settings/exports.html", context, status=status_of(form)))


def begin(request: HttpRequest, reason: str) -> None:
    with transaction.atomic():
        row = ask(viewer_of(request), reason, timezone.now())
        transaction.on_commit(lambda: make_export.enqueue(row.pk))
    messages.success(request, _("The export is being made. Come back here for the file."))


@open_to(administers)
def export_file(request: HttpRequest, key: str) -> FileResponse:
    row = get_object_or_404(Export.objects.visible_to(viewer_of(request)), key=key)
    try:
        file = storage.opened(row.path)
    except FileNotFoundError:
        raise Http404
    Export.objects.filter(pk=row.pk, fetched_at=None).update(fetched_at=timezone.now())
    name = f"tillit-{timezone.localdate(row.asked_at)}.zip"
    response = FileResponse(file, as_attachment=True, filename=name)
    response["Cache-Control"] = "no-store"
    return response


@open_to(administers, methods=("POST",))
def export_removal(request: HttpRequest, key: str) -> HttpResponseBase:
    row = get_object_or_404(Export.objects.visible_to(viewer_of(request)), key=key)
    take_away(row, Actor.of(viewer_of(request)))
    messages.success(request, _("The file is gone."))
    return HttpResponseRedirect(reverse("site:exports"))
