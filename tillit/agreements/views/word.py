"""A draft's text from Word: chosen, looked through, and only then written."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.agreements import taking_in
from tillit.agreements.crumbs import crumbs_of
from tillit.agreements.forms_word import TakingForm, WordForm
from tillit.agreements.models import Version
from tillit.agreements.reading import version_of
from tillit.agreements.rules import may_edit_version
from tillit.agreements.taking_in import Meanwhile, Taken
from tillit.kit.access import WRITING, insist, open_to, signed_in, viewer_of
from tillit.kit.changes import Actor
from tillit.kit.forms import CHANGED, form_page, take_errors


def draft_of(request: HttpRequest, key: str, version: str) -> Version:
    """The version, if the viewer writes in it."""
    viewer = viewer_of(request)
    found = version_of(key, version, viewer)
    insist(viewer, may_edit_version, found)
    return found


def crumbs(version: Version) -> list[tuple[str, str]]:
    return [*crumbs_of(version.agreement), (version.label, version.get_absolute_url())]


@open_to(signed_in, methods=WRITING)
def upload(request: HttpRequest, key: str, version: str) -> HttpResponse:
    """Choose the document. What is recognised is shown at once, and kept nowhere but on that page."""
    found = draft_of(request, key, version)
    posted = request.method == "POST"
    form = WordForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        return shown(request, found, taking_in.recognised(form.cleaned_data["file"], found))
    return form_page(
        request,
        form,
        title=_("Take in the text from Word"),
        lede=_("You see how it was understood, section by section, before anything is written."),
        submit=_("Read the document"),
        cancel=found.get_absolute_url(),
        crumbs=crumbs(found),
    )


@open_to(signed_in, methods=WRITING)
def preview(request: HttpRequest, key: str, version: str) -> HttpResponse:
    """Confirm it. Who comes here in another way is asked for the document."""
    found = draft_of(request, key, version)
    if request.method != "POST":
        return redirect("agreements:word", key, version)
    form = TakingForm(request.POST)
    taken = taking_in.unsealed(request.POST.get("taken", ""), found)
    if form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            count = taking_in.write(taken, found, Actor.of(viewer_of(request)), reason)
            return written(request, found, count)
        except Meanwhile:
            taken = Taken(taken.title, taken.parts, taken.remarks, taking_in.standing(found))
            form.add_error(None, str(CHANGED))
        except ValidationError as error:
            take_errors(form, error)
    return shown(request, found, taken, form)


def written(request: HttpRequest, version: Version, count: int) -> HttpResponse:
    said = ngettext(
        "%(count)s section was taken in.", "%(count)s sections were taken in.", count
    ) % {"count": count}
    messages.success(request, said)
    return redirect(version.get_absolute_url())


def shown(
    request: HttpRequest, version: Version, taken: Taken, former: TakingForm | None = None
) -> HttpResponse:
    """What was recognised; after a meeting with somebody else, against what stands now."""
    data: Any = None
    seal = taking_in.sealed(taken, version)
    if former is not None:
        data = former.data.copy()  # type: ignore[attr-defined]
        data["taken"] = seal
    form = TakingForm(data, initial={"taken": seal})
    for error in former.non_field_errors() if former else ():
        form.add_error(None, error)
    context = {"version": version, "taken": taken, "form": form, "crumbs": crumbs(version)}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "agreements/word_preview.html", context, status=status)
