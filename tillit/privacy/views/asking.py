"""Asking to be erased: signed in, or by a link to an address."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.accounts import limits
from tillit.accounts.views.pages import told
from tillit.kit.access import WRITING, anyone, open_to, signed_in, viewer_of
from tillit.kit.changes import Actor
from tillit.kit.forms import form_page, posted
from tillit.kit.refusal import Refused
from tillit.privacy import asking
from tillit.privacy.forms import AskByMailForm, AskForm
from tillit.privacy.models import ErasureRequest
from tillit.privacy.own import parts_of, titles_of
from tillit.privacy.views.own import crumbs, private
from tillit.register.models import Person


@open_to(signed_in, methods=WRITING)
def ask(request: HttpRequest) -> HttpResponse:
    """What would be erased and what would remain, and the request; or the one that stands."""
    viewer = viewer_of(request)
    standing = asking.standing_of(viewer)
    if standing and request.method != "POST":
        context = {"asked": standing, "wanted": titles_of(standing.parts), "crumbs": crumbs()}
        return private(render(request, "privacy/asked.html", context))
    parts = parts_of(viewer)
    form = AskForm(posted(request), parts=parts)
    if request.method == "POST" and form.is_valid():
        asking.ask(viewer, form.asked_parts, form.cleaned_data["reason"], timezone.now())
        messages.success(request, _("We have your request. You get an answer by mail."))
        return HttpResponseRedirect(reverse("privacy:ask"))
    return form_page(
        request,
        form,
        "privacy/ask.html",
        parts=parts,
        title=_("Ask to be erased"),
        submit=_("Ask to be erased"),
        cancel=reverse("privacy:own"),
        crumbs=crumbs(),
    )


@open_to(signed_in, methods=("POST",))
def withdrawal(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    standing = asking.standing_of(viewer)
    if standing is None:
        raise Refused(_("There is no request that waits. It may have been decided."), 409)
    asking.withdraw(standing, Actor.of(viewer), timezone.now())
    messages.success(request, _("The request is withdrawn. Nothing is erased."))
    return HttpResponseRedirect(reverse("privacy:own"))


@open_to(anyone, methods=WRITING)
def ask_by_mail(request: HttpRequest, key: str) -> HttpResponse:
    """For somebody who is named here by sources and has no account."""
    viewer = viewer_of(request)
    person = get_object_or_404(Person.objects.with_role(viewer), key=key)
    if viewer.identity.person == person.subject:
        return HttpResponseRedirect(reverse("privacy:ask"))
    form = AskByMailForm(posted(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            limits.take(request, "ask_erasure", said["email"])
        except limits.Limited as limited:
            form.add_error(None, told(limited))
        else:
            asking.ask_by_mail(person, **said, now=timezone.now())
            return HttpResponseRedirect(reverse("privacy:asked-by-mail"))
    return form_page(
        request,
        form,
        "privacy/ask_by_mail.html",
        person=person,
        title=_("Is this you?"),
        lede=_("Ask that what is kept here about %(name)s be erased.") % {"name": person.name},
        submit=_("Send me the link"),
        cancel=person.get_absolute_url(),
    )


@open_to(anyone)
def asked_by_mail(request: HttpRequest) -> HttpResponse:
    return render(request, "privacy/asked_by_mail.html")


@open_to(anyone, methods=WRITING)
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link shows the request; a button confirms or withdraws it."""
    found = ErasureRequest.by_token(token)
    if found is None or found.emptied_at:
        raise Http404
    if request.method == "POST":
        _answer(request, found)
        return HttpResponseRedirect(reverse("privacy:by-link", args=[token]))
    late = not found.confirmed_at and found.asked_at + asking.CONFIRM_WITHIN < timezone.now()
    context = {"asked": found, "late": late}
    return private(
        render(
            request,
            "privacy/by_link.html",
            context,
            status=HTTPStatus.GONE if late else HTTPStatus.OK,
        )
    )


def _answer(request: HttpRequest, found: ErasureRequest) -> None:
    if request.POST.get("do") == "withdraw":
        asking.withdraw(found, asking.by_link(found), timezone.now())
        messages.success(request, _("The request is withdrawn. Nothing is erased."))
    else:
        asking.confirm(found, timezone.now())
        messages.success(request, _("Thank you. The request is confirmed."))
