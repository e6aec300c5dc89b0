"""Where an address that is missing or doesn't work is put right, for whoever may do it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from tillit.kit.circles import Viewer
from tillit.letters.models import Recipient
from tillit.register.models import Contact, Organisation
from tillit.register.rules import may_correct_contact, may_keep_contacts


@dataclass(frozen=True)
class Mend:
    """What is to be mended, and the page for it: the organisation's own where one may not."""

    title: str
    url: str
    protected: bool = False


def without_address(organisation: Organisation, viewer: Viewer) -> Mend:
    may = may_keep_contacts(viewer, organisation) and not organisation.protected
    page = reverse("register:contact-addition", args=[organisation.key])
    url = page if may else organisation.get_absolute_url()
    return Mend(organisation.name, url, organisation.protected)


def of_contact(contact: Contact, viewer: Viewer) -> Mend:
    it = contact.organisation
    if not may_correct_contact(viewer, contact):
        return Mend(it.name, it.get_absolute_url())
    return Mend(it.name, reverse("register:contact-correction", args=[contact.key]))


def of_recipient(recipient: Recipient, viewer: Viewer) -> Iterator[Mend]:
    """The contacts that the letter went to, as far as the viewer sees them; else what they were for."""
    organisations = list(recipient.organisations.visible_to(viewer).order_by("sort_key"))
    rows = Contact.objects.visible_to(viewer).filter(organisation__in=organisations)
    contacts = rows.filter(email=recipient.email or None).select_related("organisation")
    found = {it.organisation_id: of_contact(it, viewer) for it in contacts}
    for it in organisations:
        yield found.get(it.pk) or Mend(it.name, it.get_absolute_url(), it.protected)
