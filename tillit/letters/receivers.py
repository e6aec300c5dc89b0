"""Who a choice gives on a day: addresses, each once, and the organisations that it doesn't reach."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from django.db.models import Exists, OuterRef, Q, QuerySet

from tillit.kit.contributions import audiences_for
from tillit.kit.swedish import sort_key
from tillit.letters.choice import Choice
from tillit.letters.choices import Group
from tillit.letters.constituency import Constituency
from tillit.post.holding import comparable
from tillit.register.models import Contact, Organisation, Person, Presence, Role

AND = ", "


def name_of(person: Person | None) -> str:
    """What a contact person is called; of a protected one nothing, in a mail either."""
    return str(person.name) if person and not person.protected else ""


@dataclass(frozen=True)
class Receiver:
    """One address, with all contacts that it stands for. Not `seen`: its sender may not know it."""

    email: str
    contacts: tuple[Contact, ...]
    seen: bool

    @property
    def person(self) -> Person | None:
        return next((it.person for it in self.contacts if it.person), None)

    @property
    def name(self) -> str:
        return name_of(self.person)

    @property
    def wished_language(self) -> str:
        return str(self.contacts[0].language)

    @property
    def organisations(self) -> list[Organisation]:
        return list(dict.fromkeys(it.organisation for it in self.contacts))

    @property
    def title(self) -> str:
        """The names of its organisations."""
        return AND.join(it.name for it in self.organisations)

    @property
    def subjects(self) -> list[str]:
        """How it is left out by hand: by its contacts, or by organisations if they are not seen."""
        rows = self.contacts if self.seen else self.organisations
        return [row.subject for row in rows]


@dataclass(frozen=True)
class Chosen:
    """What a choice gives: who gets the letter, and whom it doesn't reach."""

    receivers: list[Receiver]
    unreachable: list[Organisation]  # without an address that takes letters
    left_out: list[Receiver]

    @property
    def count(self) -> int:
        return len(self.receivers)

    @property
    def stamp(self) -> str:
        """The same as long as the same addresses get it."""
        emails = "\n".join(sorted(it.email for it in self.receivers))
        return sha256(emails.encode()).hexdigest()[:20]


def chosen(choice: Choice, ours: Constituency) -> Chosen:
    """Work out the choice: a few questions to the database, however many they are."""
    organisations = organisations_of(choice, ours)
    found = in_roles(ours.contacts(organisations), choice.roles, ours)
    contacts = ordered(union(found, by_hand(choice, ours)))
    receivers = joined(contacts, ours)
    out = set(choice.without)
    kept = [it for it in receivers if not out.intersection(it.subjects)]
    reached = {it.organisation_id for it in contacts}
    unreached = organisations.exclude(pk__in=found.values("organisation_id"))
    return Chosen(
        receivers=kept,
        unreachable=[it for it in unreached.order_by("sort_key", "key") if it.pk not in reached],
        left_out=[it for it in receivers if out.intersection(it.subjects)],
    )


def organisations_of(choice: Choice, ours: Constituency) -> QuerySet[Organisation]:
    """Those of the group, narrowed."""
    match choice.group:
        case Group.LOOKED_AFTER:
            rows = ours.looked_after()
        case Group.MEMBERS:
            rows = ours.members(choice.day)
        case _:
            return ours.organisations().none()
    if choice.form:
        rows = rows.filter(form=choice.form)
    if choice.theme:
        rows = rows.filter(topics__key=choice.theme)
    if choice.place:
        presences = Presence.objects.visible_to(ours.viewer).on(ours.day).within(choice.place)
        rows = rows.filter(pk__in=presences.values("organisation_id"))
    if choice.audience:
        rows = rows.filter(key__in=of_audience(choice.audience, ours))
    return rows


def of_audience(key: str, ours: Constituency) -> list[str]:
    """The organisations of a group that a context names; of one that is gone, none."""
    found = [it for it in audiences_for(ours.viewer) if it.key == key]
    return [organisation for it in found for organisation in it.receivers(ours.viewer)]


def in_roles(
    contacts: QuerySet[Contact], roles: Iterable[str], ours: Constituency
) -> QuerySet[Contact]:
    """Those whose address is for one of the roles, or whose person holds one there today."""
    kinds = list(roles)
    if not kinds:
        return contacts
    held = Role.objects.visible_to(ours.viewer).on(ours.day).filter(kind__in=kinds)
    of_person = held.filter(person=OuterRef("person"), organisation=OuterRef("organisation"))
    return contacts.filter(Q(kind__in=kinds) | Exists(of_person))


def by_hand(choice: Choice, ours: Constituency) -> QuerySet[Contact]:
    """The contacts that were added one by one, as far as they are still within reach."""
    keys = dict[str, list[str]](contact=[], organisation=[])
    for noun, _colon, key in (it.partition(":") for it in choice.besides):
        keys.setdefault(noun, []).append(key)
    if not choice.besides:
        return Contact.objects.none()
    added = Q(key__in=keys["contact"]) | Q(organisation__key__in=keys["organisation"])
    return ours.contacts(ours.organisations()).filter(added)


def union(found: QuerySet[Contact], added: QuerySet[Contact]) -> list[Contact]:
    related = ("organisation", "person")
    rows = [*found.select_related(*related), *added.select_related(*related)]
    return list({it.pk: it for it in rows}.values())


def ordered(contacts: Iterable[Contact]) -> list[Contact]:
    return sorted(contacts, key=lambda it: (it.organisation.sort_key, sort_key(it.email), it.pk))


def joined(contacts: Iterable[Contact], ours: Constituency) -> list[Receiver]:
    """One receiver for each address. It is seen only if every contact that it stands for is."""
    by_email: dict[str, list[Contact]] = {}
    for contact in contacts:
        by_email.setdefault(comparable(contact.email), []).append(contact)
    return [
        Receiver(email, tuple(rows), seen=all(ours.seen(it) for it in rows))
        for email, rows in by_email.items()
    ]
