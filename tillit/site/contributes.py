"""What the site gives to the whole: the sections, and a timeline on the pages of others."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from tillit.kit.circles import Viewer
from tillit.kit.contributions import Contributions, Panel, Section, timeline_of
from tillit.site.loading import Installations


def panels(subject: str, viewer: Viewer, day: date) -> Iterator[Panel]:
    """The timeline of the subject, put together from what all contexts tell of it."""
    moments = timeline_of(subject, viewer)
    if moments:
        yield Panel(_("Timeline"), "site/panels/timeline.html", {"moments": moments}, order=90)


contributions = Contributions(
    panels=panels,
    sections=[
        Section(_("Overview"), "site:start", 0),
        Section(_("Timeline"), "site:timeline", 75),
        Section(_("Sources"), "site:sources", 90),
    ],
    footer=[
        Section(_("Open data"), "api-page", 10),
        Section(_("Components"), "site:components", 90),
    ],
    tables=[Installations()],
)
