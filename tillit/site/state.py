"""How far an installation has come, asked in few questions for the guide and the checklist."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q

from tillit.kit.circles import Viewer
from tillit.kit.days import today
from tillit.post.server import current_post
from tillit.register.choices import Extent, Side
from tillit.register.models import Invitation, Mandate, Organisation, Secretariat
from tillit.site.models import BackupPlace, Installation, Postponement


@dataclass(frozen=True)
class State:
    """`kept` tells by which organisations the sides' secretariats are kept; `peopled` which of the
    sides have somebody there, or somebody who has been asked.
    """

    installation: Installation | None
    kept: Mapping[str, Organisation]
    peopled: frozenset[str]
    has_backups: bool
    postponed: frozenset[str]

    @classmethod
    def of(cls, viewer: Viewer) -> "State":
        """The one state of this request."""
        return viewer.once("site.state", lambda: cls.read(today()))

    @classmethod
    def read(cls, day: date) -> "State":
        installation = Installation.current()
        kept = secretariats(installation, day) if installation else []
        return cls(
            installation=installation,
            kept={it.side: it.organisation for it in kept},
            peopled=frozenset(it.side for it in kept if it.peopled),
            has_backups=BackupPlace.objects.exists(),
            postponed=frozenset(Postponement.objects.values_list("step", flat=True)),
        )

    def has_party(self, side: Side) -> bool:
        return bool(self.installation and self.installation.party(side) and side in self.kept)

    @cached_property
    def mail_is_set(self) -> bool:
        post = current_post()
        return post.server is not None and bool(post.sender.address)


def secretariats(installation: Installation, day: date) -> list[Any]:
    """Those of both sides that look after the place, each with whether there is anybody in it."""
    own = {"secretariat": OuterRef("pk")}
    working = Mandate.objects.standing(day).filter(extent=Extent.SECRETARIAT, **own)
    waiting = Invitation.objects.filter(
        Q(accepted_at=None, declined_at=None, withdrawn_at=None), **own
    )
    rows = Secretariat.objects.on(day).filter(place=installation.place)
    peopled = rows.annotate(peopled=Exists(working) | Exists(waiting))
    return list(peopled.select_related("organisation").order_by("pk"))
