"""Who of those that one may write to can't be reached, and why."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Exists, OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.kit.access import open_to, viewer_of
from tillit.kit.changes import Actor
from tillit.kit.exports import Column
from tillit.kit.listing import Listing
from tillit.letters.constituency import Constituency
from tillit.letters.mending import of_contact, without_address
from tillit.letters.receivers import name_of
from tillit.letters.rules import may_write_letters
from tillit.letters.topics import OPTIONAL, title_for, topic_of
from tillit.letters.views.fetching import crumbs, ours_of
from tillit.post.decisions import lift
from tillit.post.models import OptOut, Suppression

MOST = 200
BOUNCES, OPTED_OUT = "bounces", "opted-out"


class UnreachedForm(forms.Form):
    why = forms.ChoiceField(
        label=gettext_lazy("Why"),
        choices=[
            ("", gettext_lazy("All")),
            (BOUNCES, gettext_lazy("Mail comes back")),
            (OPTED_OUT, gettext_lazy("Has said no")),
        ],
        required=False,
    )


def since(row: Any) -> Any:
    at = row.bounced_at or row.opted_out_at
    return timezone.localtime(at).date() if at else None


def listing_for(ours: Constituency) -> Listing:
    sender, viewer = ours.mandate.organisation, ours.viewer
    titles = {topic_of(kind, sender): title_for(kind, sender) for kind in OPTIONAL}

    def why(row: Any) -> str:
        said = [_("mail comes back")] if row.bounces else []
        if row.opted_out:
            said.append(_("has said no to: %(topic)s") % {"topic": titles[row.opted_out]})
        return ", ".join(said)

    columns = [
        Column(
            gettext_lazy("Organisation"),
            lambda row: row.organisation.name,
            link=lambda row: row.organisation.get_absolute_url(),
        ),
        Column(gettext_lazy("Contact person"), lambda row: name_of(row.person)),
        Column(gettext_lazy("E-mail"), lambda row: row.email),
        Column(gettext_lazy("Why"), why),
        Column(gettext_lazy("Since"), since),
        Column(
            gettext_lazy("What can be done"),
            lambda row: _("Enter another address") if row.bounces else "",
            link=lambda row: of_contact(row, viewer).url,
            template="letters/cells/mend.html",
        ),
    ]
    title, by = (
        gettext_lazy("Contact persons who can't be reached"),
        ("organisation__sort_key", "key"),
    )
    return Listing(title, "nas-inte", columns, "letters/unreached.html", by=by)


def stopped(ours: Constituency) -> Any:
    """The contacts that one sees, whose address bounces or that have said no to letters from one."""
    suppressed = Suppression.objects.filter(email=OuterRef("email"), lifted_at=None)
    topics = [topic_of(kind, ours.mandate.organisation) for kind in OPTIONAL]
    noes = OptOut.objects.filter(email=OuterRef("email"), topic__in=topics).order_by("at")
    rows: Any = ours.contacts(ours.organisations()).filter(ours.sees())
    return rows.annotate(
        bounces=Exists(suppressed),
        bounced_at=Subquery(suppressed.values("at")[:1]),
        opted_out=Subquery(noes.values("topic")[:1]),
        opted_out_at=Subquery(noes.values("at")[:1]),
    ).filter(Q(bounces=True) | Q(opted_out__isnull=False))


@open_to(may_write_letters)
def unreached(request: HttpRequest, as_: str = "page") -> HttpResponseBase:
    ours, form = ours_of(request), UnreachedForm(request.GET)
    rows = stopped(ours).select_related("organisation", "person")
    if form.is_valid() and form.cleaned_data["why"] == BOUNCES:
        rows = rows.filter(bounces=True)
    elif form.is_valid() and form.cleaned_data["why"] == OPTED_OUT:
        rows = rows.filter(opted_out__isnull=False)
    context = beside(ours) if as_ == "page" else {}
    return listing_for(ours).respond(request, rows, form, as_, **context)


def beside(ours: Constituency) -> dict[str, Any]:
    """The organisations that no letter reaches, since nobody takes letters for them."""
    within = ours.organisations()
    rows = within.exclude(pk__in=ours.contacts(within).values("organisation"))
    found = list(rows.order_by("sort_key", "key")[: MOST + 1])
    silent = [without_address(it, ours.viewer) for it in found[:MOST]]
    return {"silent": silent, "more": len(found) > MOST, "crumbs": crumbs()}


@open_to(may_write_letters, methods=("POST",))
def allowed_again(request: HttpRequest, key: str) -> HttpResponse:
    """Let mail go once more to an address that bounced: its mailbox was full, or the like."""
    contact = get_object_or_404(stopped(ours_of(request)), key=key)
    lift(contact.email, Actor.of(viewer_of(request)), timezone.now())
    messages.success(request, _("Mail goes to %(address)s again.") % {"address": contact.email})
    return redirect("letters:unreached")
