"""The way to the pages of agreements."""

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.agreements.models import Agreement
from tillit.register.crumbs import Crumbs


def crumbs() -> Crumbs:
    return [(_("Agreements"), reverse("agreements:agreements"))]


def crumbs_of(agreement: Agreement) -> Crumbs:
    """To what belongs to an agreement."""
    return [*crumbs(), (agreement.title, agreement.get_absolute_url())]
