"""One's own mandates: for whom, how far, since when; and what one can do first with a new one."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render, resolve_url
from django.utils.translation import gettext as _

from tillit.kit.access import open_to, signed_in, viewer_of
from tillit.kit.days import today
from tillit.register.models import Handover, Mandate
from tillit.register.people import giver_in_words, names_of
from tillit.register.rules import may_edit, may_hand_over, may_invite_to
from tillit.register.standing import person_of


@open_to(signed_in)
def mandates(request: HttpRequest) -> HttpResponse:
    """Those that stand, that come and that have ended; reading uses all, writing the chosen one."""
    viewer, day = viewer_of(request), today()
    person = person_of(viewer)
    rows = Mandate.objects.filter(person=person).select_related("organisation", "unit", "through")
    found = list(rows) if person else []
    names = names_of(it.given_by for it in found)
    told = [(it, giver_in_words(it.given_by, names)) for it in found]
    context = {
        "standing": [pair for pair in told if pair[0].stands(day)],
        "coming": [pair for pair in told if pair[0].lasts(day) and pair[0].certain_from > day],
        "ended": [pair for pair in told if not pair[0].lasts(day)],
        "chosen": viewer.chosen.key if viewer.chosen else "",
        "handovers": Handover.objects.filter(successor=person).select_related("organisation"),
    }
    return render(request, "register/mandates/mine.html", context)


@open_to(signed_in)
def welcome(request: HttpRequest, key: str) -> HttpResponse:
    """What somebody can do who has just said yes."""
    viewer = viewer_of(request)
    rows = Mandate.objects.filter(person=person_of(viewer), person__isnull=False)
    related = rows.select_related("organisation__secretariat", "unit", "through", "secretariat")
    mandate = get_object_or_404(related, key=key)
    organisation = mandate.organisation
    context = {
        "mandate": mandate,
        "organisation": organisation,
        "day": today(),
        "stands": mandate.stands(today()),
        "may_edit": may_edit(viewer, organisation),
        "may_invite": may_invite_to(viewer, organisation),
        "may_hand_over": may_hand_over(viewer, organisation),
        "desk": resolve_url(settings.LOGIN_REDIRECT_URL),
        "title": _("Welcome, %(name)s") % {"name": mandate.person.name},
    }
    return render(request, "register/mandates/welcome.html", context)
