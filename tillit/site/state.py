"""How far an installation has come, asked in few questions for the guide and the checklist."""

from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from tillit.kit.circles import Viewer
from tillit.kit.days import today
from tillit.post.server import is_set
from tillit.post.trial import works
from tillit.register.choices import Extent, Side
from tillit.register.models import Invitation, Mandate, Secretariat
from tillit.site.models import BackupPlace, Installation, Postponement


class State:
    """What there is on a day, each part asked for when it is needed."""

    def __init__(self, day: date) -> None:
        self.day = day

    @classmethod
    def of(cls, viewer: Viewer) -> "State":
        """The one state of this request."""
        return viewer.once("site.state", lambda: cls(today()))

    @cached_property
    def installation(self) -> Installation | None:
        """With whom each side's secretariat is kept by, and whether there is anybody in it."""
        rows = Installation.objects.select_related("civil", "public", "place", "host")
        for side in Side:
            kept = secretariats(side, self.day)
            peopled = kept.filter(is_peopled(self.day))
            rows = rows.annotate(
                **{
                    f"{side}_keeper": Subquery(kept.values("organisation__key")[:1]),
                    f"{side}_peopled": Exists(peopled),
                }
            )
        found: Installation | None = (
            rows.annotate(backups=Exists(BackupPlace.objects.exclude(recipient="")))
            .order_by("pk")
            .first()
        )
        return found

    def keeper(self, side: Side) -> str:
        """The key of the organisation that keeps the side's secretariat."""
        return getattr(self.installation, f"{side}_keeper", None) or ""

    def is_peopled(self, side: Side) -> bool:
        """Whether there is somebody in the side's secretariat."""
        return bool(getattr(self.installation, f"{side}_peopled", False))

    def asked(self, side: Side) -> Invitation | None:
        """The invitation to the side's secretariat that was sent last and that nobody has answered."""
        return self.invitations.get(side)

    @cached_property
    def invitations(self) -> dict[str, Invitation]:
        """Those of each side that came last."""
        rows = Invitation.objects.unanswered().with_mail().order_by("sent_at")
        kept = rows.filter(secretariat__in=Secretariat.objects.on(self.day))
        return {it.side: it for it in kept.annotate(side=F("secretariat__side"))}

    def has_party(self, side: Side) -> bool:
        return bool(self.installation and self.installation.party(side) and self.keeper(side))

    @property
    def has_backups(self) -> bool:
        return bool(getattr(self.installation, "backups", False))

    @cached_property
    def postponed(self) -> frozenset[str]:
        return frozenset(Postponement.objects.values_list("step", flat=True))

    @cached_property
    def mail_is_set(self) -> bool:
        return is_set()

    @cached_property
    def mail_works(self) -> bool:
        return self.mail_is_set and works()


def secretariats(side: Side, day: date) -> QuerySet[Any]:
    """Those of the side that look after the place of the installation outside."""
    here = Q(place=OuterRef("place")) | Q(place=None)
    return Secretariat.objects.on(day).filter(here, side=side).order_by("-pk")


def is_peopled(day: date) -> Exists:
    standing = Mandate.objects.standing(day).filter(extent=Extent.SECRETARIAT)
    return Exists(standing.filter(secretariat=OuterRef("pk")))
