"""Who has joined an agreement: /overenskommelser/skane/anslutna/"""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.agreements.adherents import Adherents
from tillit.agreements.crumbs import crumbs_of
from tillit.agreements.forms_adherence import AdherentsForm
from tillit.agreements.models import Adherence, Agreement
from tillit.agreements.rules import is_party, may_draft, may_join
from tillit.agreements.views.fetching import agreement_of
from tillit.kit.access import anyone, open_to, viewer_of
from tillit.kit.circles import Viewer
from tillit.kit.days import format_period, today
from tillit.kit.exports import Column
from tillit.kit.listing import Listing
from tillit.register.choices import Form, Sector
from tillit.register.models import Organisation
from tillit.register.rules import speaks_for
from tillit.register.standing import chosen_mandate

SECTORS, FORMS = dict(Sector.choices), dict(Form.choices)


@open_to(anyone)
def adherents(request: HttpRequest, key: str, as_: str = "page") -> HttpResponseBase:
    viewer = viewer_of(request)
    agreement = agreement_of(viewer, key)
    form = AdherentsForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = Adherents(agreement, viewer, asked.get("on") or today())
    if as_ != "page":
        return listing_for(found).respond(request, found.narrowed(asked), form, as_)
    own = own_organisation(viewer)
    context = {
        "agreement": agreement,
        "crumbs": crumbs_of(agreement),
        "adherents": found,
        "day": found.day,
        **doors(agreement, own, found),
        "may_enter": may_draft(viewer, agreement),
        "cited": [figure.subject for figure in found.stated],
    }
    listing = listing_for(found, leaving(agreement, viewer))
    return listing.respond(request, found.narrowed(asked), form, as_, **context)


def doors(agreement: Agreement, own: Organisation | None, found: Adherents) -> dict[str, Any]:
    """The viewer's own organisation, if it may join or leave, and that it has joined."""
    joined = found.of(own) if own else None
    if own and joined is None and is_party(own, agreement, today()):
        own = None
    return {"own": own, "own_adherence": joined}


def own_organisation(viewer: Viewer) -> Organisation | None:
    """The one that the viewer speaks for by the chosen mandate."""
    mandate = chosen_mandate(viewer)
    own = mandate.organisation if mandate else None
    return own if own and speaks_for(viewer, own) else None


def listing_for(found: Adherents, more: Sequence[Column] = ()) -> Listing:
    """With each organisation by the name that it had on the day."""
    day = found.day

    def standing(row: Adherence) -> str:
        return _("assumed") if row.is_assumed_on(day) else _("known")

    columns = [
        Column(
            gettext_lazy("Organisation"),
            lambda row: row.organisation.name_on(day),
            link=lambda row: row.organisation.get_absolute_url(),
        ),
        Column(gettext_lazy("Sector"), lambda row: str(SECTORS[row.organisation.sector])),
        Column(gettext_lazy("Legal form"), lambda row: str(FORMS.get(row.organisation.form, ""))),
        Column(
            gettext_lazy("Period"),
            lambda row: format_period(row.as_read),
            name="period",
        ),
        Column(gettext_lazy("On the day"), standing, template="register/cells/standing.html"),
    ]
    return Listing(
        gettext_lazy("Have joined"),
        f"anslutna-{found.agreement.key}-{day}",
        [*columns, *more],
        "agreements/adherents.html",
        by=("organisation__sort_key", "key"),
        size=100,
        more_in_files=[
            Column(gettext_lazy("Day"), lambda _row: day),
            Column(gettext_lazy("Key"), lambda row: row.organisation.key),
        ],
    )


def leaving(agreement: Agreement, viewer: Viewer) -> list[Column]:
    """For those who may: the way to say that one has left."""
    if not may_draft(viewer, agreement):
        return []

    def may(row: Adherence) -> bool:
        return row.goes_on and may_join(viewer, agreement, row.organisation)

    def page(row: Adherence) -> str:
        row.agreement = agreement
        arguments = [agreement.key, row.local_key]
        return reverse("agreements:leaving", args=arguments) if may(row) else ""

    return [Column(gettext_lazy("Leaving"), lambda row: _("Leave") if may(row) else "", link=page)]
