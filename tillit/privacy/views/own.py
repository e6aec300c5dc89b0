"""What is kept about oneself: to read, to print, to take away and to put right."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.accounts.models import User
from tillit.kit.access import WRITING, open_to, signed_in, viewer_of
from tillit.kit.changes import Actor, change
from tillit.kit.circles import Viewer
from tillit.kit.days import today
from tillit.kit.forms import form_page, posted
from tillit.privacy import own as data
from tillit.privacy.asking import standing_of
from tillit.privacy.forms import CorrectionForm
from tillit.register.standing import person_of

LATEST = 100


@open_to(signed_in)
def own(request: HttpRequest) -> HttpResponse:
    """All parts of what is kept, with why and for how long; each opens its rows."""
    viewer = viewer_of(request)
    context = {
        "parts": data.parts_of(viewer),
        "person": person_of(viewer),
        "asked": standing_of(viewer),
    }
    return private(render(request, "privacy/own.html", context))


@open_to(signed_in)
def part(request: HttpRequest, key: str) -> HttpResponse:
    """One part with its rows; of many, the latest."""
    found = data.named(data.parts_of(viewer_of(request)), key)
    if found is None:
        raise Http404
    context = {"crumbs": crumbs(), "opened": data.opened(found, LATEST), "part": found}
    return private(render(request, "privacy/part.html", context))


@open_to(signed_in)
def printed(request: HttpRequest) -> HttpResponse:
    """All of it on one page, to be printed."""
    opened = [data.opened(it) for it in data.parts_of(viewer_of(request))]
    context = {"crumbs": crumbs(), "all": opened, "day": today()}
    return private(render(request, "privacy/print.html", context))


@open_to(signed_in)
def file(request: HttpRequest) -> HttpResponse:
    """All of it as JSON, to be taken away."""
    viewer = viewer_of(request)
    said = data.as_file(data.parts_of(viewer), viewer.identity.person, today())
    answer = JsonResponse(said, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = 'attachment; filename="mina-uppgifter.json"'
    return private(answer)


@open_to(signed_in, methods=WRITING)
def correction(request: HttpRequest) -> HttpResponse:
    """One's name, and the language of mails. The rest is put right where it stands."""
    viewer = viewer_of(request)
    person, user = person_of(viewer), User.objects.get(pk=cast("int", viewer.account))
    stands = {"language": user.language or request.LANGUAGE_CODE}
    if person:
        stands["name"] = person.name
    form = CorrectionForm(posted(request), initial=stands, has_name=person is not None)
    if request.method == "POST" and form.is_valid():
        correct(viewer, user, form)
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("privacy:own"))
    words = {"title": _("Put your name and language right"), "submit": _("Save")}
    return private(
        form_page(request, form, cancel=reverse("privacy:own"), crumbs=crumbs(), **words)
    )


def correct(viewer: Viewer, user: User, form: CorrectionForm) -> None:
    person = person_of(viewer)
    if person:
        change(person, {"name": form.cleaned_data["name"]}, Actor.of(viewer), _("by oneself"))
    User.objects.filter(pk=user.pk).update(language=form.cleaned_data["language"])


def crumbs() -> list[tuple[str, str]]:
    return [(_("My data"), reverse("privacy:own"))]


def private(answer: HttpResponse) -> HttpResponse:
    """Kept by nobody on the way, and not by a browser that others use."""
    answer["Cache-Control"] = "no-store"
    return answer
