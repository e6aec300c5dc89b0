"""The list of persons who hold, or held, a role in public."""

from typing import Any

from django import forms
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from tillit.kit.access import anyone, open_to, viewer_of
from tillit.kit.exports import Column
from tillit.kit.listing import Listing
from tillit.kit.swedish import fold
from tillit.register.emptiness import first_step
from tillit.register.models import Person, Role


class PersonsForm(forms.Form):
    q = forms.CharField(label=_("Name"), max_length=100, required=False)


def roles_in_words(person: Any) -> str:
    """What the person is or was, the last first: “ordförande, NÄTVERKET; ledamot, …”."""
    roles = [f"{role}, {role.organisation}" for role in person.roles.all()]
    return "; ".join(dict.fromkeys(roles))


LISTING = Listing(
    _("Persons"),
    "personer",
    [
        Column(_("Name"), lambda row: row.name, link=lambda row: row.get_absolute_url()),
        Column(_("Roles"), roles_in_words),
    ],
    "register/persons.html",
)


@open_to(anyone)
def person_list(request: HttpRequest, as_: str = "page") -> HttpResponseBase:
    """Persons, each with the roles that the viewer may read."""
    viewer = viewer_of(request)
    roles = Role.objects.visible_to(viewer).filter(organisation__circle__in=viewer.circles)
    form = PersonsForm(request.GET)
    rows = Person.objects.with_role(viewer)
    if form.is_valid() and form.cleaned_data["q"]:
        folded = fold(form.cleaned_data["q"])
        rows = rows.filter(folded__contains=folded) if folded else rows.none()
    more = first_step(viewer) if as_ == "page" else {}
    shown = roles.select_related("organisation").order_by("-certain_from", "pk")
    return LISTING.respond(
        request, rows.prefetch_related(Prefetch("roles", shown)), form, as_, **more
    )
