"""In what a viewer may act: the mandates that stand today, fetched once a request."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from tillit.kit.circles import NOBODY, Capacity, Identity, Viewer
from tillit.kit.contributions import counts_on
from tillit.kit.days import today
from tillit.register.choices import ADMINISTRATORS, Extent
from tillit.register.models import Contact, Mandate, Organisation, Person

# The secretariat's first; keeping the installation running is chosen when it is to be done.
ORDER = (Extent.SECRETARIAT, Extent.LEAD, Extent.EDIT, Extent.READ, Extent.ADMINISTER)


def mandates_of(viewer: Viewer) -> list[Mandate]:
    """The viewer's standing mandates: those that open most before others, then the latest."""
    if viewer.account is None:
        return []
    return viewer.once("register.mandates", lambda: _mandates(viewer))


def _mandates(viewer: Viewer) -> list[Mandate]:
    rows = Mandate.objects.standing(today()).filter(person__account=viewer.account)
    rows = rows.annotate(**counts_on(Mandate.noun, viewer))
    found = rows.select_related("person", "unit", "secretariat", "organisation__secretariat")
    return sorted(found, key=lambda it: ORDER.index(Extent(it.extent)))


def person_of(viewer: Viewer) -> Person | None:
    """The person that the viewer's account is, if any."""
    if viewer.account is None:
        return None
    return viewer.once("register.person", lambda: _person(viewer))


def _person(viewer: Viewer) -> Person | None:
    mandates = mandates_of(viewer)
    if mandates:
        return mandates[0].person
    found: Person | None = Person.objects.filter(account=viewer.account).first()
    return found


def chosen_mandate(viewer: Viewer) -> Mandate | None:
    """The mandate by which the viewer writes."""
    chosen = viewer.chosen
    if chosen is None:
        return None
    return next((it for it in mandates_of(viewer) if it.key == chosen.key), None)


def capacity_for(viewer: Viewer, rule: Callable[..., bool], *things: Any) -> str:
    """The key of a mandate by which the viewer may: the chosen one or another; empty if none is."""
    keys = [it.key for it in viewer.identity.capacities]
    chosen = viewer.chosen
    for key in [*([chosen.key] if chosen else []), *keys]:
        if rule(replace(viewer, asked=key), *things):
            return key
    return ""


def identity(viewer: Viewer) -> Identity:
    person = person_of(viewer)
    if person is None:
        return NOBODY
    capacities = tuple(capacity(mandate) for mandate in mandates_of(viewer))
    return Identity(person.subject, person.name, capacities)


def capacity(mandate: Mandate) -> Capacity:
    it: Organisation = mandate.organisation
    title = f"{it.name}, {mandate.unit.name}" if mandate.unit else it.name
    return Capacity(mandate.key, title, mandate.kind_in_words, it.side, it.subject)


def account_of(address: str) -> Any:
    """The account that the address of a function leads to today."""
    rows = Contact.objects.opening(address, today()).select_related("person__account")
    contact = rows.first()
    return contact.person.account if contact and contact.person else None


def circles(viewer: Viewer) -> Iterator[str]:
    """Oneself, and what one's mandates open. A mandate for a unit opens the unit alone."""
    person = person_of(viewer)
    if person is None:
        return
    yield person.own_circle
    for mandate in mandates_of(viewer):
        if mandate.extent == Extent.ADMINISTER:
            yield ADMINISTRATORS
        elif mandate.unit:
            yield mandate.unit.subject
        else:
            yield mandate.organisation.own_circle
        if mandate.secretariat:
            yield mandate.secretariat.own_circle
