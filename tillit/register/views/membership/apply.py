"""Applying for membership: find the organisation or write it down, and say why. No account needed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tillit.accounts.limits import Limited, take
from tillit.kit.access import WRITING, anyone, open_to, viewer_of
from tillit.kit.changes import Actor
from tillit.kit.circles import Viewer
from tillit.kit.days import today
from tillit.kit.forms import form_page, posted
from tillit.register.applying import CONFIRM_WITHIN, apply
from tillit.register.crumbs import crumbs_of
from tillit.register.finding import matching
from tillit.register.forms.membership import ContactForm, NewOrganisationForm
from tillit.register.models import (
    Admissions,
    Application,
    Membership,
    Organisation,
)
from tillit.register.rules import may_decide_membership, may_resign
from tillit.register.standing import chosen_mandate

NEW = "ny"
SENT_TO = "register.application_sent_to"


@open_to(anyone, methods=WRITING)
def application_form(request: HttpRequest, key: str) -> HttpResponse:
    viewer = viewer_of(request)
    umbrella = get_object_or_404(Organisation.objects.visible_to(viewer), key=key)
    admissions = Admissions.objects.visible_to(viewer).filter(umbrella=umbrella).first()
    context: dict[str, Any] = {
        "umbrella": umbrella,
        "admissions": admissions,
        "crumbs": [*crumbs_of(umbrella), (_("Members"), reverse("register:members", args=[key]))],
    }
    if not (admissions and admissions.is_open) and not may_decide_membership(viewer, umbrella):
        return closed(request, context)
    chosen = request.GET.get("som", "")
    if not chosen:
        return choose(request, viewer, context)
    found = None
    if chosen != NEW:
        visible = Organisation.objects.visible_to(viewer).exclude(pk=umbrella.pk)
        found = get_object_or_404(visible, key=chosen)
        if standing := membership_of(umbrella, found, viewer):
            context |= {"found": found, "membership": standing}
            return render(request, "register/membership/already.html", context)
    return fill_in(request, viewer, found, context)


def closed(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    status = 409 if request.method == "POST" else 200
    return render(request, "register/membership/closed.html", context, status=status)


def membership_of(
    umbrella: Organisation, member: Organisation, viewer: Viewer
) -> Membership | None:
    """The membership that the organisation has already, also one that begins later."""
    rows = Membership.objects.visible_to(viewer).between(umbrella, member)
    found: Membership | None = rows.filter(possible_until__gte=today()).first()
    return found


def choose(request: HttpRequest, viewer: Viewer, context: dict[str, Any]) -> HttpResponse:
    """The first step: which organisation applies."""
    asked = request.GET.get("q", "").replace("\0", "").strip()[:100]
    context |= {
        "asked": asked,
        "hits": matching(asked, viewer, but=context["umbrella"]) if asked else [],
        "own": own_organisation(viewer, context["umbrella"]),
        "new": NEW,
    }
    return render(request, "register/membership/choose.html", context)


def own_organisation(viewer: Viewer, umbrella: Organisation) -> Organisation | None:
    """The one that the viewer speaks for, by the mandate that is chosen."""
    mandate = chosen_mandate(viewer)
    own = mandate.organisation if mandate else None
    return own if own and own != umbrella and may_resign(viewer, own) else None


def fill_in(
    request: HttpRequest, viewer: Viewer, found: Organisation | None, context: dict[str, Any]
) -> HttpResponse:
    """The second step. Who acts for the organisation or the umbrella needs not confirm an address."""
    umbrella, admissions = context["umbrella"], context["admissions"]
    terms = admissions.terms if admissions else ""
    by_office = may_decide_membership(viewer, umbrella)
    own = found is not None and may_resign(viewer, found)
    form = form_for(request, viewer, found, terms, own=own and not by_office)
    if form.is_valid():
        try:
            limit(request, form, trusted=own or by_office)
        except Limited:
            form.add_error(None, _("That was as often as one may apply for now. Try tomorrow."))
        else:
            row = Application(
                umbrella=umbrella,
                member=found,
                agreed_to=terms,
                language=get_language() or "sv",
                by_office=by_office,
                applicant=viewer.identity.person if own else "",
                **({"name": found.name} if found else {}),
                **form.said,
            )
            actor = Actor.of(viewer) if own or by_office else None
            return received(request, apply(row, actor, timezone.now()), viewer)
    context |= {
        "found": found,
        "own": own,
        "by_office": by_office,
        "submit": _("Send the application"),
        "cancel": request.path,
    }
    return form_page(request, form, "register/membership/apply.html", **context)


def form_for(
    request: HttpRequest, viewer: Viewer, found: Organisation | None, terms: str, *, own: bool
) -> ContactForm:
    initial: dict[str, Any] = {"name": request.GET.get("namn", "")[:200]}
    if own:
        initial |= {"contact_name": viewer.identity.name}
        initial |= {"contact_email": getattr(request.user, "email", "")}
    kind = ContactForm if found else NewOrganisationForm
    return kind(posted(request), initial=initial, terms=terms)


def limit(request: HttpRequest, form: ContactForm, *, trusted: bool) -> None:
    """Nobody has many mails sent to somebody else's address. Raises Limited."""
    if not trusted:
        take(request, "apply", form.cleaned_data["contact_email"])


def received(request: HttpRequest, application: Application, viewer: Viewer) -> HttpResponse:
    umbrella = application.umbrella
    if application.by_office and may_decide_membership(viewer, umbrella):
        messages.success(request, _("The application has been written in."))
        return redirect(application)
    request.session[SENT_TO] = application.contact_email
    step = "register:application-sent" if application.confirmed_at else "register:application-link"
    return redirect(step, key=umbrella.key)


@open_to(anyone)
def application_sent(request: HttpRequest, key: str, *, counts: bool) -> HttpResponse:
    """What comes next: the link to press, or the decision. Names the address to who gave it."""
    umbrella = get_object_or_404(Organisation.objects.visible_to(viewer_of(request)), key=key)
    context = {
        "umbrella": umbrella,
        "address": request.session.get(SENT_TO, ""),
        "counts": counts,
        "days": CONFIRM_WITHIN.days,
        "crumbs": [*crumbs_of(umbrella), (_("Members"), reverse("register:members", args=[key]))],
    }
    return render(request, "register/membership/sent.html", context)
