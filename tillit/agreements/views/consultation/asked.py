"""Those who are asked: who has answered and who has not; asking more, and reminding."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tillit.agreements.consulting import preparing, sending, turning
from tillit.agreements.consulting.rules import may_follow, may_invite, may_prepare, may_renew_link
from tillit.agreements.forms_consultation import AskedForm, InviteForm
from tillit.agreements.models import Consultation, Consulted
from tillit.agreements.views.consultation.fetching import (
    consultation_of,
    crumbs_of,
    form_context,
    kept_by,
)
from tillit.kit.access import WRITING, insist, open_to, signed_in, viewer_of
from tillit.kit.changes import Actor
from tillit.kit.circles import PUBLIC, Viewer
from tillit.kit.days import today
from tillit.kit.exports import Column
from tillit.kit.forms import form_page, posted
from tillit.kit.listing import Listing
from tillit.register.models import Membership, Name, Organisation

MOST_FOUND = 60


def state_of(row: Any) -> str:
    if row.has_answered:
        return _("answered")
    return _("begun") if row.has_begun else _("not answered")


def day_of(moment: Any) -> Any:
    return timezone.localdate(moment) if moment else ""


LISTING = Listing(
    gettext_lazy("Those who are asked"),
    "tillfragade",
    [
        Column(gettext_lazy("Organisation"), lambda row: row.called),
        Column(
            gettext_lazy("State"), state_of, template="agreements/consultation/cells/answered.html"
        ),
        Column(gettext_lazy("Written to"), lambda row: day_of(row.asked_at)),
        Column(gettext_lazy("Reminded"), lambda row: day_of(row.reminded_at)),
        Column(gettext_lazy("Addresses"), lambda row: row.addresses if row.asked_at else ""),
        Column(gettext_lazy("Asked how"), lambda row: row.get_came_display()),
    ],
    "agreements/consultation/consulted.html",
    more_in_files=[Column(gettext_lazy("Key"), lambda row: row.key)],
)


@open_to(signed_in)
def consulted_list(request: HttpRequest, key: str, as_: str = "page") -> HttpResponseBase:
    viewer = viewer_of(request)
    it = kept_by(viewer, key, may_follow)
    form = AskedForm(request.GET)
    rows: Any = Consulted.objects.visible_to(viewer).filter(consultation=it)
    rows = rows.counted_in().standing().select_related("organisation")
    if form.is_valid():
        rows = narrowed(rows, form.cleaned_data["state"])
    context = {
        "consultation": it,
        "crumbs": crumbs_of(it),
        "may_invite": may_invite(viewer, it),
        "may_prepare": may_prepare(viewer, it),
    }
    return LISTING.respond(request, rows, form, as_, **context)


def narrowed(rows: Any, state: str) -> Any:
    match state:
        case AskedForm.ANSWERED:
            return rows.filter(has_answered=True)
        case AskedForm.NOT:
            return rows.filter(has_answered=False)
        case AskedForm.BEGUN:
            return rows.filter(has_answered=False, has_begun=True)
    return rows


@open_to(signed_in, methods=WRITING)
def invite(request: HttpRequest, key: str) -> HttpResponse:
    """Find organisations by name, or the members of one, and ask those that are chosen."""
    viewer = viewer_of(request)
    it = kept_by(viewer, key, may_invite)
    asked = request.GET.get("q", "").replace("\0", "").strip()[:100]
    of = request.GET.get("medlemmar", "").replace("\0", "").strip()[:200]
    found = found_for(it, viewer, asked, of)
    chosen = [row.key for row in found] if of else []
    form = InviteForm(posted(request), found=found, initial={"who": chosen})
    if form.is_valid():
        count = preparing.invite(it, form.cleaned_data["who"], Actor.of(viewer))
        said = ngettext("%(number)s is asked.", "%(number)s are asked.", count)
        messages.success(request, said % {"number": count})
        return redirect("agreements:consulted", it.key)
    context = form_context(it, _("Ask more organisations"))
    context |= {"found": found, "query": asked, "of": of, "most": MOST_FOUND}
    context |= {"umbrellas": umbrellas(it, viewer)}
    return form_page(request, form, "agreements/consultation/invite.html", **context)


def found_for(it: Consultation, viewer: Viewer, asked: str, of: str) -> list[Organisation]:
    """Public organisations that have not been asked: by a name, or members of one."""
    known = it.consulted.exclude(organisation=None).values("organisation")
    rows = Organisation.objects.visible_to(viewer).filter(circle=PUBLIC).on(today())
    rows = rows.exclude(pk__in=known)
    if asked:
        names = Name.objects.visible_to(viewer).containing(asked).values("organisation")
        rows = rows.filter(pk__in=names)
    elif of:
        members = Membership.objects.visible_to(viewer).on(today()).filter(umbrella__key=of)
        rows = rows.filter(pk__in=members.values("member"))
    else:
        return []
    return list(rows.order_by("sort_key", "key")[: MOST_FOUND if asked else 2000])


def umbrellas(it: Consultation, viewer: Viewer) -> list[Organisation]:
    """The parties, whose members can be asked all at once."""
    parties = it.agreement.parties.values("organisation")
    return list(Organisation.objects.visible_to(viewer).filter(pk__in=parties))


@open_to(signed_in, methods=WRITING)
def uninvite(request: HttpRequest, key: str, consulted: str) -> HttpResponse:
    """Take one off the list, before it is sent out."""
    viewer = viewer_of(request)
    it = kept_by(viewer, key, may_prepare)
    rows = Consulted.objects.visible_to(viewer).filter(consultation=it)
    found = get_object_or_404(rows.select_related("organisation"), key=consulted)
    found.consultation = it
    if request.method == "POST":
        preparing.uninvite(found, Actor.of(viewer))
        messages.success(request, _("It is not asked any more."))
        return redirect("agreements:consulted", it.key)
    context = form_context(it, _("Do not ask %(name)s?") % {"name": found.called})
    return form_page(request, forms.Form(), submit=_("Take it off the list"), **context)


@open_to(signed_in, methods=WRITING)
def new_link(request: HttpRequest, key: str, consulted: str) -> HttpResponse:
    """Cut the link that an organisation got, and send it another."""
    viewer = viewer_of(request)
    it = consultation_of(viewer, key)
    rows = Consulted.objects.visible_to(viewer).filter(consultation=it)
    found = get_object_or_404(rows.select_related("organisation"), key=consulted)
    found.consultation = it
    insist(viewer, may_renew_link, found)
    may_see_all = may_follow(viewer, it)
    back = reverse("agreements:consulted", args=[it.key]) if may_see_all else it.get_absolute_url()
    now = timezone.now()
    if request.method == "POST":
        messages.success(request, link_words(sending.renew_link(found, Actor.of(viewer), now)))
        return redirect(back)
    context = form_context(it, _("A new link for %(name)s?") % {"name": found.called})
    context |= {"count": len(sending.receivers_of(found, now)), "cancel": back}
    template = "agreements/consultation/new_link.html"
    submit = _("Cut the old link and send a new one")
    return form_page(request, forms.Form(), template, submit=submit, **context)


def link_words(count: int) -> str:
    if not count:
        return _("The old link is cut. There is no address to send a new one to.")
    return ngettext(
        "The old link is cut, and a new one is on its way to %(number)s address.",
        "The old link is cut, and a new one is on its way to %(number)s addresses.",
        count,
    ) % {"number": count}


@open_to(signed_in, methods=WRITING)
def remind(request: HttpRequest, key: str) -> HttpResponse:
    """Write to all that have not answered."""
    viewer = viewer_of(request)
    it = kept_by(viewer, key, may_follow)
    if request.method == "POST":
        turning.remind(it, Actor.of(viewer), timezone.now())
        messages.success(request, _("Those who have not answered are being reminded."))
        return redirect(it)
    context = form_context(it, _("Remind those who have not answered"))
    rows: Any = Consulted.objects.visible_to(viewer).filter(consultation=it)
    waited = rows.counted_in().unanswered()
    context |= {"waited": waited.select_related("organisation")[:200], "count": waited.count()}
    template = "agreements/consultation/remind.html"
    return form_page(request, forms.Form(), template, submit=_("Remind"), **context)
