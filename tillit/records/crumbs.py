"""The way to the pages of records."""

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.records.models import Record
from tillit.register.crumbs import Crumbs


def crumbs() -> Crumbs:
    return [(_("Records"), reverse("records:records"))]


def crumbs_of(record: Record) -> Crumbs:
    """To what belongs to a record."""
    return [*crumbs(), (record.title, record.get_absolute_url())]
