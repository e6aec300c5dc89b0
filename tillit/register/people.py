"""Who acts for an organisation, in words: names, addresses, who gave what."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from tillit.accounts.owners import own_addresses
from tillit.kit.contributions import ERASED
from tillit.post.outbox import Addressee
from tillit.register.models import Contact, Organisation, Person
from tillit.register.models.offered import Offered


def key_in(subject: str, noun: str) -> str:
    """The key in the subject of a row of the noun, or nothing."""
    found, _colon, key = subject.partition(":")
    return key if found == noun else ""


def person_behind(subject: str) -> Person | None:
    """The person whom a subject names."""
    key = key_in(subject, Person.noun)
    found: Person | None = Person.objects.filter(key=key).first() if key else None
    return found


def names_of(subjects: Iterable[str]) -> Mapping[str, str]:
    """What the persons among the subjects are called, for one question however many they are."""
    keys = {key_in(subject, Person.noun) for subject in subjects} - {""}
    rows = Person.objects.filter(key__in=keys).values_list("key", "name") if keys else []
    return {f"{Person.noun}:{key}": name for key, name in rows}


def giver_in_words(subject: str, names: Mapping[str, str]) -> str:
    """Who gave something: a name, or what it was if no person."""
    if subject in names:
        return names[subject]
    if subject == ERASED:
        return _("somebody who has been erased")
    return _("the set-up of the installation") if subject else ""


def giver_of(row: Offered) -> str:
    """Who gave it, and for whom if that is somebody else: “Karin Ek, NÄTVERKET”."""
    person = person_behind(row.given_by)
    key = key_in(row.given_for, Organisation.noun)
    if person and key in {"", row.organisation.key}:
        return person.name
    organisation = Organisation.objects.filter(key=key).first() or row.organisation
    return ", ".join(str(it) for it in (person, organisation) if it)


def addressee_of(person: Person, **more: Any) -> Addressee | None:
    """Where a mail reaches the person: the own address, or one at which the register reaches them."""
    account = person.account
    own = [*own_addresses(account), account.email] if account else []
    address = next(filter(None, own), "")
    contact = None if address else _contact_of(person)
    if not address and contact is None:
        return None
    language = (account.language if account else "") or (contact.language if contact else "")
    email = address or (contact.email if contact else "")
    return Addressee(email, person.name, language, person=person.subject, **more)


def _contact_of(person: Person) -> Contact | None:
    rows = Contact.objects.filter(person=person).exclude(email="")
    found: Contact | None = rows.order_by("-certain_until", "pk").first()
    return found
