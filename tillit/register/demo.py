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
from tillit.kit.search.index import follow
from tillit.register import editing_demo, membership_demo
from tillit.register.choices import Extent, RoleKind, Side
from tillit.register.models import Contact, Mandate, Membership, Organisation, Person, Secretariat

GIVEN_BY = "command:demo"
SINCE = "2025-01-01"
UMBRELLA = "natverket"
CHAIR = "styrelseledamot"


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
        _("of the umbrella, who decides who acts for it"),
        UMBRELLA,
        Extent.LEAD,
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
    """Bring in the invented persons, and an invented address to those whom each side writes to.

    Does nothing twice.
    """
    for player in PLAYERS:
        bring_in(player)
    hold_office()
    members = Membership.objects.of(UMBRELLA).on(today()).filter(circle=PUBLIC)
    for membership in members.select_related("member__secretariat"):
        reach(membership.member)
    public = Organisation.objects.filter(secretariat__side=Side.PUBLIC, sector=Side.PUBLIC)
    for organisation in public.filter(circle=PUBLIC).select_related("secretariat"):
        reach(organisation)
    membership_demo.populate()
    editing_demo.populate()
    follow(Contact.objects.all())


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


def hold_office() -> None:
    """The board member chairs the umbrella, by an address that passes on to a successor."""
    player = next(it for it in PLAYERS if it.address == CHAIR)
    organisation = Organisation.objects.filter(key=player.organisation).first()
    if organisation is None:
        return
    Contact.objects.get_or_create(
        key=player.key,
        defaults={
            "organisation": organisation,
            "person": Person.objects.get(key=player.key),
            "kind": RoleKind.CHAIR,
            "email": f"ordforande@{organisation.key}.example.org",
            "is_function": True,
            "confirmed_at": timezone.now(),
            "start": SINCE,
            "end": "..",
        },
    )


def secretariat_of(organisation: Organisation, extent: str) -> Secretariat | None:
    return organisation.secretariats.first() if extent == Extent.SECRETARIAT else None


def reach(organisation: Organisation) -> None:
    """An address that leads nowhere, so that letters can be tried."""
    acting = Mandate.objects.filter(organisation=organisation, given_by=GIVEN_BY).first()
    Contact.objects.get_or_create(
        key=f"demo-{organisation.key}",
        defaults={
            "organisation": organisation,
            "person": acting.person if acting else None,
            "email": f"kontakt@{organisation.key}.example.org",
            "is_function": True,
            "start": SINCE,
            "end": "..",
        },
    )
