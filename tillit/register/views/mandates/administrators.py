"""Who keeps the installation running."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tillit.kit.access import open_to, viewer_of
from tillit.kit.days import today
from tillit.register.choices import Extent
from tillit.register.models import Mandate, Organisation, Secretariat
from tillit.register.people import giver_in_words, names_of
from tillit.register.rules import administers
from tillit.register.views.mandates.shared import unanswered


@open_to(administers)
def administrators(request: HttpRequest) -> HttpResponse:
    """Those of today and to come, and who has been asked; each of some organisation."""
    viewer, day = viewer_of(request), today()
    rows = Mandate.objects.visible_to(viewer).administrators().lasting(day)
    mandates = list(rows.select_related("person", "organisation").order_by("person__sort_key"))
    invitations = unanswered(viewer, extent=Extent.ADMINISTER)
    names = names_of(it.given_by for it in [*mandates, *invitations])
    keepers = Secretariat.objects.on(day).values("organisation")
    own = [it.organisation_id for it in mandates]
    context = {
        "administrators": [(it, giver_in_words(it.given_by, names)) for it in mandates],
        "invitations": [(it, giver_in_words(it.given_by, names)) for it in invitations],
        "organisations": Organisation.objects.visible_to(viewer)
        .filter(pk__in=keepers)
        .union(Organisation.objects.visible_to(viewer).filter(pk__in=own))
        .order_by("sort_key"),
        "day": day,
        "now": timezone.now(),
    }
    return render(request, "register/mandates/administrators.html", context)
