"""One person, and the roles that sources tell of."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.kit.access import anyone, open_to, viewer_of
from tillit.kit.citations import citations_of
from tillit.kit.contributions import panels_on
from tillit.kit.days import asked_day
from tillit.register.models import Person


@open_to(anyone)
def person(request: HttpRequest, key: str) -> HttpResponse:
    viewer, day = viewer_of(request), asked_day(request)
    found = get_object_or_404(Person.objects.with_role(viewer), key=key)
    roles = list(
        found.roles.visible_to(viewer)
        .filter(organisation__circle__in=viewer.circles)
        .select_related("organisation", "unit__organisation", "represents")
        .order_by("certain_from", "pk")
    )
    context = {
        "person": found,
        "crumbs": [(_("Persons"), reverse("register:persons"))],
        "day": day,
        "roles": [role for role in roles if role.as_read.active_on(day)],
        "other_roles": [role for role in reversed(roles) if not role.as_read.active_on(day)],
        "has_assumed": any(role.is_assumed_on(day) for role in roles),
        "citations": citations_of((row.subject for row in [found, *roles]), viewer),
        "panels": panels_on(found.subject, viewer, day),
    }
    return render(request, "register/person.html", context)
