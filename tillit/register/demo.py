"""Invented persons to try a demo as: one on each side, and those between. Never in a real register."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tillit.accounts.actions import account_for
from tillit.kit.circles import PUBLIC
from tillit.kit.contributions import DemoSignIn
from tillit.kit.days import today
from tillit.register.choices import Extent
from tillit.register.models import Contact, Mandate, Membership, Organisation, Person, Secretariat

GIVEN_BY = "command:demo"
SINCE = "2025-01-01"
UMBRELLA = "natverket"


@dataclass(frozen=True)
class Player:
    """One invented person, and the mandate: for which organisation, how far."""

    address: str
    name: str
    title: Promise
    text: Promise
    organisation: str = ""
    extent: str = ""

    @property
    def email(self) -> str:
        return f"{self.address}@example.org"

    @property
    def key(self) -> str:
        return f"demo-{self.address}"


PLAYERS = (
    Player(
        "samordnare",
        "Kim Sand (påhittad)",
        _("Coordinator"),
        _("in the secretariat of civil society"),
        UMBRELLA,
        Extent.SECRETARIAT,
    ),
    Player(
        "tjansteperson",
        "Robin Ek (påhittad)",
        _("Official"),
        _("in the secretariat of the public sector"),
        "region-skane",
        Extent.SECRETARIAT,
    ),
    Player(
        "kontaktperson",
        "Alex Lind (påhittad)",
        _("Contact person"),
        _("of a small association"),
        "foreningen-furuboda",
        Extent.EDIT,
    ),
    Player(
        "styrelseledamot",
        "Charlie Berg (påhittad)",
        _("Board member"),
        _("of the umbrella"),
        UMBRELLA,
        Extent.READ,
    ),
    Player(
        "drift",
        "Love Ström (påhittad)",
        _("Administrator"),
        _("who keeps the installation running"),
        UMBRELLA,
        Extent.ADMINISTER,
    ),
    Player(
        "utomstaende",
        "Billie Rask (påhittad)",
        _("Outsider"),
        _("with an account and no mandate"),
    ),
)


def sign_ins() -> Iterator[DemoSignIn]:
    for player in PLAYERS:
        yield DemoSignIn(player.email, player.title, player.text)


@transaction.atomic
def populate() -> None:
    """Bring in the invented persons, and an invented address to each member. Does nothing twice."""
    for player in PLAYERS:
        bring_in(player)
    members = Membership.objects.of(UMBRELLA).on(today()).filter(circle=PUBLIC)
    for membership in members.select_related("member__secretariat"):
        reach(membership.member)


def bring_in(player: Player) -> None:
    person, _made = Person.objects.get_or_create(
        key=player.key, defaults={"name": player.name, "account": account_for(player.email)}
    )
    organisation = Organisation.objects.filter(key=player.organisation).first()
    if organisation is None:
        return
    Mandate.objects.get_or_create(
        key=player.key,
        defaults={
            "person": person,
            "organisation": organisation,
            "extent": player.extent,
            "secretariat": secretariat_of(organisation, player.extent),
            "start": SINCE,
            "end": "..",
            "given_by": GIVEN_BY,
            "accepted_at": timezone.now(),
        },
    )


def secretariat_of(organisation: Organisation, extent: str) -> Secretariat | None:
    return organisation.secretariats.first() if extent == Extent.SECRETARIAT else None


def reach(organisation: Organisation) -> None:
    """An address that leads nowhere, so that letters can be tried."""
    Contact.objects.get_or_create(
        key=f"demo-{organisation.key}",
        defaults={
            "organisation": organisation,
            "email": f"kontakt@{organisation.key}.example.org",
            "start": SINCE,
            "end": "..",
        },
    )
