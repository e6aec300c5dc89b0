"""One enquiry, for the office: how far it has come, and its words as long as it is a draft."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tillit.enquiries.answering import Answerer
from tillit.enquiries.drafting import rewrite, throw_away
from tillit.enquiries.forms.enquiry import EnquiryForm
from tillit.enquiries.models import Asked, Correction, Enquiry, Way
from tillit.enquiries.models.question import MOST_QUESTIONS
from tillit.enquiries.sending import looked_at
from tillit.enquiries.steps import Answer
from tillit.enquiries.views.answer import page
from tillit.enquiries.views.office import crumbs_to_enquiries, enquiry_of, form_context
from tillit.kit.access import WRITING, open_to, signed_in, viewer_of
from tillit.kit.changes import Actor
from tillit.kit.circles import Viewer
from tillit.kit.days import today
from tillit.kit.forms import form_page, posted, take_errors

NAMES = ("title", "year", "introduction", "closes")


@open_to(signed_in)
def enquiry(request: HttpRequest, key: str) -> HttpResponse:
    viewer, day = viewer_of(request), today()
    it = enquiry_of(viewer, key)
    context: dict[str, Any] = {
        "enquiry": it,
        "umbrella": it.umbrella,
        "crumbs": crumbs_to_enquiries(it.umbrella),
        "questions": it.questions.all(),
        "most_questions": MOST_QUESTIONS,
        "deeds": it.deeds.all(),
    }
    if it.is_prepared:
        context["member_count"] = it.memberships_on(day).values("member").distinct().count()
    else:
        context |= progress(it, viewer, day)
    return render(request, "enquiries/enquiry.html", context)


def progress(it: Enquiry, viewer: Viewer, day: date) -> dict[str, Any]:
    """How many have answered, how many have been written to, and what waits."""
    answered = Q(answered_at__isnull=False)
    waited_for = ~answered & Q(is_member=True)
    rows = Asked.objects.filter(enquiry=it).with_standing(day).with_reach()
    counts = rows.aggregate(
        asked=Count("pk"),
        answered=Count("pk", filter=answered),
        waited_for=Count("pk", filter=waited_for),
        left=Count("pk", filter=Q(is_member=False)),
        unreachable=Count("pk", filter=waited_for & Q(is_unreachable=True)),
    )
    members = it.memberships_on(day).exclude(member__in=it.asked.values("member"))
    return {
        "counts": counts,
        "new_members": members.values("member").distinct().count() if it.is_open else 0,
        "corrections": Correction.objects.visible_to(viewer)
        .waiting()
        .filter(asked__enquiry=it)
        .count(),
        "rounds": it.rounds.annotate(written=Count("sendings")),
    }


@open_to(signed_in, methods=WRITING)
def words(request: HttpRequest, key: str) -> HttpResponse:
    """Title, introduction and last day, as long as it is a draft."""
    viewer = viewer_of(request)
    it = enquiry_of(viewer, key)
    form = EnquiryForm(posted(request), standing=standing_of(it))
    if form.is_valid() and rewritten(it, form, Actor.of(viewer)):
        messages.success(request, _("Saved."))
        return redirect(it)
    return form_page(request, form, submit=_("Save"), **form_context(it, _("Words and days")))


def standing_of(it: Enquiry) -> dict[str, Any]:
    found = {name: getattr(it, name) for name in NAMES}
    return {**found, "closes": it.closes.isoformat() if it.closes else ""}


def rewritten(it: Enquiry, form: EnquiryForm, actor: Actor) -> bool:
    try:
        rewrite(it, form.cleaned_data, actor)
    except ValidationError as error:
        take_errors(form, error)
        return False
    return True


@open_to(signed_in, methods=("POST",))
def throwing_away(request: HttpRequest, key: str) -> HttpResponse:
    viewer = viewer_of(request)
    it = enquiry_of(viewer, key)
    throw_away(it, Actor.of(viewer))
    messages.success(request, _("The draft has been thrown away."))
    return redirect("enquiries:enquiries", key=it.umbrella.key)


@open_to(signed_in)
def mail_preview(request: HttpRequest, key: str) -> HttpResponse:
    """The mail as a member gets it."""
    it = enquiry_of(viewer_of(request), key)
    context = {
        **form_context(it, _("The mail")),
        "mail": looked_at(it, "", get_language() or settings.LANGUAGE_CODE, is_reminder=False),
    }
    return render(request, "enquiries/mail_preview.html", context)


@open_to(signed_in, methods=WRITING)
def preview(request: HttpRequest, key: str) -> HttpResponse:
    """The questions as a member meets them, with the umbrella's own details. Nothing is saved."""
    viewer = viewer_of(request)
    it = enquiry_of(viewer, key)
    asked = Asked(key="preview", enquiry=it, umbrella=it.umbrella, member=it.umbrella)
    step = request.POST.get("step") or request.GET.get("del", "")
    shown = Answer(Answerer(Way.OFFICE, asked, viewer), timezone.now(), step)
    if request.method == "POST":
        if later := shown.after(step):
            return redirect(f"{request.path}?del={later}#nu")
        messages.info(request, _("That was all of it. Nothing has been saved."))
        return redirect(it)
    return page(request, shown, preview=True)
