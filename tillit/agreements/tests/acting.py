"""People of the cast who act for a party to an agreement."""

from typing import Any

from tillit.accounts.models import User
from tillit.kit.access import viewer_of
from tillit.kit.circles import Viewer
from tillit.register.models import Mandate, Organisation


def acts_for(organisation: str, person: str = "mina", extent: str = "edit") -> Mandate:
    """Somebody of the cast has one mandate, and it is for the organisation."""
    row: Mandate = Mandate.objects.filter(person__key=person).first()
    Mandate.objects.filter(person__key=person).exclude(pk=row.pk).delete()
    row.organisation = Organisation.objects.get(key=organisation)
    row.extent, row.unit = extent, None
    if extent != "secretariat":
        row.secretariat = None
    row.save()
    return row


def viewer(rf: Any, person: str = "mina") -> Viewer:
    """As whom somebody of the cast reads."""
    request = rf.get("/")
    request.user = User.objects.get(email=f"{person}@example.org")
    request.session = {}
    return viewer_of(request)


def both_lead() -> None:
    """Mina leads the civil party of the agreement, and Omar the public one."""
    acts_for("natverket", extent="lead")
    acts_for("region-skane", person="omar", extent="lead")
