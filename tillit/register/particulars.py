"""Lists of organisations with what each row of a list tells, fetched once for the page."""

from datetime import date

from django.db.models import Prefetch

from tillit.kit.circles import Viewer
from tillit.register.models import Identifier, Name, Presence
from tillit.register.models.organisation import OrganisationQuerySet


def with_particulars(rows: OrganisationQuerySet, viewer: Viewer, day: date) -> OrganisationQuerySet:
    """The rows with their names, numbers and places on the day."""
    presences = Presence.objects.visible_to(viewer).on(day).select_related("place")
    return rows.prefetch_related(
        Prefetch("names", Name.objects.visible_to(viewer)),
        Prefetch("identifiers", Identifier.objects.visible_to(viewer)),
        Prefetch("presences", presences),
    )
