"""Opening, closing, reminding, publishing: each with a page that says what its button does."""

from datetime import date

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tillit.enquiries import turning
from tillit.enquiries.forms.enquiry import LATER, LastDayForm, OpenForm, RemindForm
from tillit.enquiries.models import Asked, Enquiry
from tillit.enquiries.sending import looked_at
from tillit.enquiries.views.office import enquiry_of, form_context
from tillit.kit.access import WRITING, open_to, signed_in, viewer_of
from tillit.kit.changes import Actor
from tillit.kit.days import format_day, today
from tillit.kit.forms import form_page, posted
from tillit.register.models import Contact


@open_to(signed_in, methods=WRITING)
def opening(request: HttpRequest, key: str) -> HttpResponse:
    """Open it now or on a day to come; or make one that waits a draft again."""
    viewer = viewer_of(request)
    it, actor, now = enquiry_of(viewer, key), Actor.of(viewer), timezone.now()
    if request.POST.get("do") == "draft":
        turning.unplan(it, actor, now)
        messages.success(request, _("It is a draft again."))
        return redirect(it)
    form = OpenForm(posted(request), initial={"today": today(), "opens": it.opens})
    if form.is_valid():
        said = form.cleaned_data
        if said["when"] == LATER:
            turning.plan(it, said["opens"], actor, now)
            day = {"day": format_day(said["opens"])}
            messages.success(request, _("It opens by itself on %(day)s.") % day)
        else:
            turning.open_to_members(it, actor, now)
            messages.success(request, _("It is open. The members are being written to."))
        return redirect(it)
    context = {**form_context(it, _("Open the questions to the members")), **reach_of(it, today())}
    return form_page(request, form, "enquiries/opening.html", submit=_("Open"), **context)


def reach_of(it: Enquiry, day: date) -> dict[str, int]:
    """How many members there are to ask, and how many of them no mail reaches."""
    members = it.memberships_on(day).values("member").distinct()
    contacts = Contact.objects.reached(day)
    reached = members.filter(member__in=contacts.values("organisation"))
    count = members.count()
    return {"member_count": count, "unreachable": count - reached.count()}


@open_to(signed_in, methods=WRITING)
def closing(request: HttpRequest, key: str) -> HttpResponse:
    """Close it now, or give it another last day; one that is closed opens again by that."""
    viewer = viewer_of(request)
    it, actor, now = enquiry_of(viewer, key), Actor.of(viewer), timezone.now()
    if request.POST.get("do") == "close":
        turning.close(it, actor, now)
        messages.success(request, _("It is closed. Nobody can answer any more."))
        return redirect(it)
    form = LastDayForm(posted(request), initial={"closes": it.closes})
    if form.is_valid():
        turning.reopen(it, form.cleaned_data["closes"], actor, now)
        messages.success(request, _("The members can answer until the new day."))
        return redirect(it)
    context = form_context(it, _("Last day"))
    return form_page(request, form, "enquiries/closing.html", submit=_("Save the day"), **context)


@open_to(signed_in, methods=WRITING)
def reminding(request: HttpRequest, key: str) -> HttpResponse:
    """Look at the reminder, and send it to all that have not answered."""
    viewer = viewer_of(request)
    it, now = enquiry_of(viewer, key), timezone.now()
    form = RemindForm(posted(request))
    if form.is_valid():
        said = form.cleaned_data["words"]
        if request.POST.get("do") == "send":
            turning.remind(it, said, Actor.of(viewer), now)
            messages.success(request, _("Those who have not answered are being reminded."))
            return redirect(it)
    words = form.cleaned_data.get("words", "") if form.is_bound else ""
    waited = Asked.objects.filter(enquiry=it).waited_for(timezone.localdate(now))
    context = {
        **form_context(it, _("Remind those who have not answered")),
        "count": waited.count(),
        "mail": looked_at(it, words, get_language() or settings.LANGUAGE_CODE, is_reminder=True),
    }
    return form_page(request, form, "enquiries/reminding.html", **context)


@open_to(signed_in, methods=("POST",))
def new_members(request: HttpRequest, key: str) -> HttpResponse:
    """Ask those that have become members since it was opened."""
    viewer = viewer_of(request)
    it = enquiry_of(viewer, key)
    count = turning.ask_new_members(it, Actor.of(viewer), timezone.now())
    words = ngettext("%(number)s new member is asked.", "%(number)s new members are asked.", count)
    messages.success(request, words % {"number": count})
    return redirect(it)


@open_to(signed_in, methods=WRITING)
def publishing(request: HttpRequest, key: str) -> HttpResponse:
    """Let everybody see the figures, or no longer."""
    viewer = viewer_of(request)
    it = enquiry_of(viewer, key)
    if request.method == "POST":
        public = request.POST.get("do") == "publish"
        turning.publish(it, Actor.of(viewer), timezone.now(), public=public)
        done, undone = _("Everybody can see the figures now."), _("The figures are yours alone.")
        messages.success(request, done if public else undone)
        return redirect(it)
    context = form_context(it, _("Publish the figures"))
    return render(request, "enquiries/publishing.html", context)
