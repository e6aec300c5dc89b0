"""Somebody leaves an organisation: all that they hold, who takes it over, and a note."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.kit.access import WRITING, open_to, signed_in, viewer_of
from tillit.kit.changes import Actor
from tillit.kit.circles import Viewer
from tillit.kit.contributions import Fate, Holding, holdings_of, links_to
from tillit.kit.days import today
from tillit.kit.forms import form_page
from tillit.kit.refusal import Refused
from tillit.register.actions.handing import Departure, hand_all_over
from tillit.register.actions.mandates import WouldBeEmpty
from tillit.register.forms.hand_over import WORDS, LeavingForm
from tillit.register.models import Handover, Invitation, Organisation, Person
from tillit.register.people import names_of
from tillit.register.rules import may_hand_over
from tillit.register.standing import person_of
from tillit.register.views.mandates.shared import acting, crumbs_to_people, organisation_for

MEANT = gettext_lazy("Meant for the successor")


@open_to(signed_in, methods=WRITING)
def leaving(request: HttpRequest, key: str, person: str) -> HttpResponse:
    """First the choices, then a page that says what will be done, then it is done."""
    organisation, viewer = organisation_for(request, key, may_hand_over)
    leaver = get_object_or_404(Person.objects.known_to(viewer), key=person)
    held = holdings_of(leaver.subject, organisation.subject, viewer)
    if all(it.fixed for it in held):
        return nothing_to_decide(request, organisation, leaver, held)
    form = LeavingForm(
        request.POST or None,
        persons=acting(viewer, organisation, today(), without=leaver),
        holdings=held,
        today=today(),
    )
    context = frame(organisation, leaver)
    if request.method == "POST" and "change" not in request.POST and form.is_valid():
        if "confirm" not in request.POST:
            return look(request, form, context)
        return done(request, form, context, viewer)
    return form_page(request, form, "register/mandates/leaving.html", **context)


def frame(organisation: Organisation, leaver: Person) -> dict[str, Any]:
    words = {"name": leaver.name, "organisation": organisation.name}
    return {
        "organisation": organisation,
        "leaver": leaver,
        "title": _("%(name)s leaves %(organisation)s") % words,
        "crumbs": crumbs_to_people(organisation),
        "submit": _("See what will be done"),
        "cancel": reverse("register:people", args=[organisation.key]),
    }


def nothing_to_decide(
    request: HttpRequest, organisation: Organisation, leaver: Person, fixed: list[Holding]
) -> HttpResponse:
    """Nothing is held any more, or nothing that the viewer may decide about."""
    handovers = Handover.objects.filter(leaver=leaver, organisation=organisation)
    context = {**frame(organisation, leaver), "handover": handovers.first(), "fixed": fixed}
    return render(request, "register/mandates/leaving_nothing.html", context)


def look(
    request: HttpRequest, form: LeavingForm, context: dict[str, Any], **more: Any
) -> HttpResponse:
    """What will be done. Nothing has been done yet."""
    hidden = [it for it in request.POST.lists() if it[0] in form.fields]
    status = 409 if more.get("refused") else 200
    content = {**context, "form": form, "hidden": hidden, **more}
    return render(request, "register/mandates/leaving_confirm.html", content, status=status)


def done(
    request: HttpRequest, form: LeavingForm, context: dict[str, Any], viewer: Viewer
) -> HttpResponse:
    knowing = "knowing" in request.POST
    departure = form.departure(context["organisation"], context["leaver"], knowing=knowing)
    try:
        handover = hand_all_over(departure, Actor.of(viewer))
    except WouldBeEmpty as empty:
        return look(request, form, context, refused=str(empty), ask_knowing=True)
    except Refused as refused:
        return look(request, form, context, refused=str(refused))
    except ValidationError as error:
        return look(request, form, context, refused=" ".join(error.messages))
    messages.success(request, done_in_words(departure))
    return redirect("register:handover", key=handover.key)


def done_in_words(departure: Departure) -> str:
    if departure.new_email:
        said = _("%(name)s has been invited to take over, and has not answered yet.")
        return said % {"name": departure.new_name}
    return _("It has been handed over.")


@open_to(signed_in)
def handover(request: HttpRequest, key: str) -> HttpResponse:
    """What was done, and the note: for who took over, who did it, and those concerned."""
    viewer = viewer_of(request)
    person = person_of(viewer)
    rows = Handover.objects.readable_by(person, viewer.circles)
    if person:
        rows |= Handover.objects.filter(done_by=person.subject)
    related = rows.select_related("organisation", "leaver", "successor")
    found: Handover = get_object_or_404(related, key=key)
    links = links_to([subject for subject, _fate in found.fates], viewer)
    asked = invitation_to_successor(found)
    words = {**WORDS, Fate.HAND_ON: MEANT} if asked else WORDS
    told = [(links.get(subject), words[Fate(fate)]) for subject, fate in found.fates]
    context = {
        "handover": found,
        "organisation": found.organisation,
        "told": told,
        "by": names_of([found.done_by]).get(found.done_by, ""),
        "first_day": found.last_day + timedelta(days=1),
        "is_successor": person is not None and found.successor == person,
        "asked": asked,
        "answer": asked.answer(timezone.now()) if asked else "",
    }
    return render(request, "register/mandates/handover.html", context)


def invitation_to_successor(found: Handover) -> Invitation | None:
    """The one that went with the hand-over, as long as the successor has not said yes."""
    successor = found.successor
    if successor is None or successor.account_id:
        return None
    rows = Invitation.objects.filter(person=successor, organisation=found.organisation)
    asked: Invitation | None = rows.filter(sent_at__gte=found.done_at).order_by("sent_at").first()
    return asked
