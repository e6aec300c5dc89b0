"""What the register tells of a member, as the member is asked to look it through."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from tillit.enquiries.models import Asked, Correction, What
from tillit.kit.circles import Viewer
from tillit.register.choices import AddressKind
from tillit.register.models import Address, Contact, Organisation

ADDRESS = ("street", "postcode", "town")
REACHED = ("email", "phone")
NEW = ("name", "email", "phone")


def viewer_for_link(member: Organisation) -> Viewer:
    """Whoever has the link sees what the member itself sees of its own, and nothing of others'."""
    return Viewer.with_circles([member.own_circle])


@dataclass(frozen=True)
class Said:
    """One value that may be right or wrong: of which row, what stands, and what the member says."""

    what: What
    row_key: str
    before: dict[str, Any]
    after: dict[str, Any]
    is_function: bool = False
    title: str = ""

    @property
    def is_corrected(self) -> bool:
        return self.after != self.before


class Details:
    """The details of a member as a viewer may see them, with the corrections that wait."""

    def __init__(self, asked: Asked, viewer: Viewer, day: date) -> None:
        self.asked, self.member, self.viewer, self.day = asked, asked.member, viewer, day
        rows = Correction.objects.visible_to(viewer).waiting()
        self.waiting: list[Correction] = list(rows.filter(asked=asked)) if asked.pk else []

    def correction_of(self, what: What, row_key: str) -> Correction | None:
        return next((it for it in self.waiting if it.what == what and it.row_key == row_key), None)

    def said(self, what: What, row_key: str, before: dict[str, Any], **more: Any) -> Said:
        correction = self.correction_of(what, row_key)
        return Said(what, row_key, before, correction.after if correction else before, **more)

    @cached_property
    def facts(self) -> list[Said]:
        """Name, website and postal address."""
        it = self.member
        address = self.address
        written = {name: getattr(address, name) if address else "" for name in ADDRESS}
        return [
            self.said(What.NAME, it.key, {"name": it.name}),
            self.said(What.WEB, it.key, {"web": it.web}),
            self.said(What.ADDRESS, address.key if address else it.key, written),
        ]

    @cached_property
    def address(self) -> Address | None:
        """The postal address, or the visiting one if there is no other."""
        rows = Address.objects.visible_to(self.viewer).on(self.day)
        own = rows.filter(organisation=self.member).exclude(kind=AddressKind.INVOICE)
        found: Address | None = own.order_by("kind", "-certain_from").first()
        return found

    @cached_property
    def contacts(self) -> list[Said]:
        """Those by whom the member is reached, as far as the viewer may see them."""
        rows = Contact.objects.visible_to(self.viewer).on(self.day)
        own = rows.filter(organisation=self.member).select_related("person")
        return [self.of_contact(contact) for contact in own]

    def of_contact(self, contact: Contact) -> Said:
        before = {name: getattr(contact, name) for name in REACHED}
        title = contact.person.name if contact.person else str(contact.get_kind_display())
        more: dict[str, Any] = {"is_function": contact.is_function, "title": title}
        if self.correction_of(What.CONTACT_ENDED, contact.key):
            return Said(What.CONTACT_ENDED, contact.key, before, {}, **more)
        return self.said(What.CONTACT, contact.key, before, **more)

    @property
    def new_contacts(self) -> list[Correction]:
        """Those that the member has told of, and that nobody has taken over yet."""
        return [it for it in self.waiting if it.what == What.CONTACT_NEW]
