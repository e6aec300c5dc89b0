"""Lists of organisations with what each row of a list tells, fetched once for the page."""

from datetime import date

from django.db.models import Prefetch

from tillit.kit.circles import Viewer
from tillit.kit.models import DatedQuerySet
from tillit.register.models import Identifier, Name, Presence


def with_names_and_places(rows: DatedQuerySet, viewer: Viewer, day: date) -> DatedQuerySet:
    """The rows with their names, and their places on the day."""
    presences = Presence.objects.visible_to(viewer).on(day).select_related("place")
    return rows.prefetch_related(
        Prefetch("names", Name.objects.visible_to(viewer)), Prefetch("presences", presences)
    )


def with_particulars(rows: DatedQuerySet, viewer: Viewer, day: date) -> DatedQuerySet:
    """The same, with their numbers besides."""
    numbers = Prefetch("identifiers", Identifier.objects.visible_to(viewer))
    return with_names_and_places(rows, viewer, day).prefetch_related(numbers)
