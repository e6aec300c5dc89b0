"""An invented proposal, so that answering one can be tried in a demo."""

from django.utils import timezone

from tillit.register.choices import AddressKind, Deed
from tillit.register.models import Address, Organisation, Proposal

KEY = "demo-forslag"
OF, BY = "foreningen-furuboda", "person:demo-utomstaende"


def populate() -> None:
    """Does nothing twice, nor where the organisation is not there."""
    organisation = Organisation.objects.filter(key=OF).first()
    if organisation is None:
        return
    values = {
        "kind": AddressKind.VISITING,
        "street": "Påhittade vägen 1",
        "postcode": "",
        "town": "Yngsjö",
        "place": "",
        "start": "2025",
        "end": "",
    }
    Proposal.objects.get_or_create(
        key=KEY,
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
