"""Invented proposals, one to each side, so that answering one can be tried in a demo."""

from django.utils import timezone

from tillit.kit.editing.choices import Deed
from tillit.register.choices import AddressKind
from tillit.register.models import Address, Organisation, Proposal

BY = "person:demo-utomstaende"
TOWNS = {"foreningen-furuboda": "Yngsjö", "malmo-stad": "Malmö"}


def populate() -> None:
    """Does nothing twice, nor where an organisation is not there."""
    for key, town in TOWNS.items():
        organisation = Organisation.objects.filter(key=key).first()
        if organisation:
            propose(organisation, town)


def propose(organisation: Organisation, town: str) -> None:
    values = {
        "kind": AddressKind.VISITING,
        "street": "Påhittade vägen 1",
        "postcode": "",
        "town": town,
        "place": "",
        "start": "2025",
        "end": "",
    }
    Proposal.objects.get_or_create(
        key=f"demo-forslag-{organisation.key}",
        defaults={
            "organisation": organisation,
            "about_noun": Address.noun,
            "deed": Deed.ADD,
            "values": values,
            "reason": "Påhittat förslag",
            "proposer": BY,
            "proposed_at": timezone.now(),
        },
    )
