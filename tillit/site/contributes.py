"""What the site gives to the whole: the sections, and a timeline on the pages of others."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tillit.agreements.models import Agreement
from tillit.kit.circles import Viewer
from tillit.kit.contributions import (
    Act,
    Asked,
    Contributions,
    Link,
    Panel,
    Responsible,
    Section,
    timeline_of,
)
from tillit.register.rules import administers, may_keep_sources
from tillit.site import api, backups, demo, exporting
from tillit.site.beginning import starting
from tillit.site.frontage import frontage
from tillit.site.loading import Installations
from tillit.site.models import FirstRun, Installation
from tillit.site.searching import SOURCES


def panels(subject: str, viewer: Viewer, day: date) -> Iterator[Panel]:
    """The timeline of the subject, put together from what all contexts tell of it.

    What has very much on its page has the timeline on a page of its own.
    """
    if subject.partition(":")[0] == Agreement.noun:
        yield Panel(_("Timeline"), "site/panels/timeline_link.html", {"of": subject}, order=90)
        return
    moments = timeline_of(subject, viewer)
    if moments:
        yield Panel(_("Timeline"), "site/panels/timeline.html", {"moments": moments}, order=90)


def links(subjects: Sequence[str], viewer: Viewer) -> Mapping[str, Link]:
    """An installation is shown by its start page."""
    keys = [
        key
        for noun, _colon, key in (it.partition(":") for it in subjects)
        if noun == "installation"
    ]
    rows = Installation.objects.visible_to(viewer).filter(key__in=keys) if keys else []
    return {row.subject: Link(row.title, reverse("site:start")) for row in rows}


def responsible() -> Responsible | None:
    """Who answers for the personal data, as the guide was told."""
    it = Installation.current()
    if it is None or not it.contact:
        return None
    return Responsible(
        host=Link(it.host.name, it.host.get_absolute_url()) if it.host else None,
        controllers=[
            Link(of.name, of.get_absolute_url()) for of in it.controllers.order_by("sort_key")
        ],
        arrangement=it.arrangement,
        contact=it.contact,
        officer=it.officer,
        settings=reverse("site:setting", args=["personuppgifter"]),
    )


def asked(viewer: Viewer, day: date) -> Iterator[Asked]:
    """Copies that are not made as they should be."""
    if administers(viewer):
        why = backups.standing(timezone.now()).trouble
        if why:
            yield Asked(_("Backups"), reverse("site:background"), _("See why"), why)


def carried_in() -> None:
    """Whoever loads an installation needs no guide before its pages are shown."""
    if Installation.objects.exists():
        FirstRun.finish(timezone.now())


def ways(viewer: Viewer) -> Iterator[Link]:
    if administers(viewer):
        yield Link(gettext("Settings"), reverse("site:settings"))
        yield Link(gettext("Background work"), reverse("site:background"))


contributions = Contributions(
    asked=asked,
    ways=ways,
    panels=panels,
    links=links,
    brand=lambda: frontage().brand,
    responsible=responsible,
    populate=demo.populate,
    starting=starting,
    carried_in=carried_in,
    sections=[
        Section(_("Overview"), "site:start", 0),
        Section(_("Timeline"), "site:timeline", 86, further=True),
    ],
    footer=[
        Section(_("Sources"), "site:sources", 5),
        Section(_("Open data"), "api-page", 10),
    ],
    tables=[Installations()],
    searchables=[SOURCES],
    routers={"": api.router},
    retentions=[exporting.RETENTION, backups.RETENTION],
    acts=[
        Act(_("Export the whole register"), administers, _("The installation"), 70),
        Act(_("Attach documents to sources"), may_keep_sources, _("The installation"), 72),
    ],
)
