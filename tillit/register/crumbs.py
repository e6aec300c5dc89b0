"""The way to the pages of the register."""

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.register.choices import PlaceKind
from tillit.register.models import Organisation, Place

Crumbs = list[tuple[str, str]]


def crumbs_of(organisation: Organisation) -> Crumbs:
    """To what belongs to an organisation."""
    return [
        (_("Organisations"), reverse("register:organisations")),
        (organisation.name, organisation.get_absolute_url()),
    ]


def crumbs_to(place: Place) -> Crumbs:
    """To a place, by the county that it lies in."""
    crumbs = [(_("Places"), reverse("register:places"))]
    if place.kind == PlaceKind.MUNICIPALITY and place.parent:
        crumbs.append((place.parent.name, place.parent.get_absolute_url()))
    return crumbs
