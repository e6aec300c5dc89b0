"""The yearly questions of an umbrella, and a new one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.enquiries.drafting import begin
from tillit.enquiries.forms.enquiry import NewEnquiryForm
from tillit.enquiries.models import Enquiry
from tillit.enquiries.views.office import crumbs_to_enquiries, umbrella_of
from tillit.kit.access import WRITING, open_to, signed_in, viewer_of
from tillit.kit.changes import Actor
from tillit.kit.circles import Viewer
from tillit.kit.days import today
from tillit.kit.forms import form_page, posted, take_errors
from tillit.register.crumbs import crumbs_of
from tillit.register.models import Organisation

MOST = 60


@open_to(signed_in)
def enquiry_list(request: HttpRequest, key: str) -> HttpResponse:
    viewer = viewer_of(request)
    umbrella = umbrella_of(viewer, key)
    rows = (
        Enquiry.objects.visible_to(viewer)
        .filter(umbrella=umbrella)
        .counted()
        .order_by("-year", "-pk")
    )
    context = {"umbrella": umbrella, "crumbs": crumbs_of(umbrella), "enquiries": rows[:MOST]}
    return render(request, "enquiries/enquiries.html", context)


@open_to(signed_in, methods=WRITING)
def new_enquiry(request: HttpRequest, key: str) -> HttpResponse:
    """A new draft; with last year's questions, unless one wants to begin anew."""
    viewer = viewer_of(request)
    umbrella = umbrella_of(viewer, key)
    earlier = list(Enquiry.objects.visible_to(viewer).filter(umbrella=umbrella)[:MOST])
    form = NewEnquiryForm(posted(request), earlier=earlier, initial=initial_of(earlier))
    if form.is_valid() and (made := made_from(umbrella, form, viewer)):
        messages.success(request, _("The draft is there. Look through the questions."))
        return redirect(made)
    context: dict[str, Any] = {
        "title": _("A new yearly question"),
        "crumbs": crumbs_to_enquiries(umbrella),
        "cancel": reverse("enquiries:enquiries", args=[key]),
    }
    return form_page(request, form, submit=_("Begin the draft"), **context)


def initial_of(earlier: list[Enquiry]) -> dict[str, Any]:
    """Like last year's, for the year after."""
    year = today().year
    if not earlier:
        return {"title": _("Are our details of you right?"), "year": year}
    last = earlier[0]
    title = last.title.replace(str(last.year), str(last.year + 1))
    return {
        "title": title,
        "year": max(year, last.year + 1),
        "introduction": last.introduction,
        "copied_from": last.key,
    }


def made_from(umbrella: Organisation, form: NewEnquiryForm, viewer: Viewer) -> Enquiry | None:
    try:
        return begin(umbrella, form.cleaned_data, Actor.of(viewer))
    except ValidationError as error:
        take_errors(form, error)
        return None
