"""Rows for tests, each with what it can't be without."""

from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from tillit.register.models import (
    Address,
    Admissions,
    Application,
    Contact,
    Identifier,
    Mandate,
    Membership,
    Name,
    Organisation,
    Person,
    Place,
    Presence,
    Proposal,
    Role,
    Secretariat,
    Topic,
    Unit,
)


class PlaceFactory(DjangoModelFactory):
    class Meta:
        model = Place
        django_get_or_create = ("code",)

    code = "1280"
    kind = "municipality"
    name = "Malmö"
    official_name = factory.LazyAttribute(lambda place: place.name)
    parent = factory.Maybe(
        "is_country",
        yes_declaration=None,
        no_declaration=factory.SubFactory(
            "tillit.register.tests.factories.PlaceFactory",
            code="12",
            kind="county",
            name="Skåne län",
            parent=factory.LazyFunction(
                lambda: PlaceFactory(code="SE", kind="country", name="Sverige")
            ),
        ),
    )

    class Params:
        is_country = factory.LazyAttribute(lambda place: place.kind == "country")


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation
        skip_postgeneration_save = True

    key = factory.Sequence(lambda number: f"organisation-{number}")
    name = factory.LazyAttribute(lambda it: it.key.replace("-", " ").capitalize())
    sector = "civil"

    @factory.post_generation
    def named(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create and not extracted:
            NameFactory(organisation=self, name=self.name)


class ParticularFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    key = factory.Sequence(lambda number: f"particular-{number}")
    organisation = factory.SubFactory(OrganisationFactory)


class NameFactory(ParticularFactory):
    class Meta:
        model = Name

    kind = "official"
    name = "Föreningen"


class IdentifierFactory(ParticularFactory):
    class Meta:
        model = Identifier

    scheme = "orgnr"
    value = "802435-6498"


class AddressFactory(ParticularFactory):
    class Meta:
        model = Address

    kind = "postal"
    street = "Ledebursgatan 5"
    postcode = "211 55"
    town = "Malmö"


class PresenceFactory(ParticularFactory):
    class Meta:
        model = Presence

    kind = "seat"
    place = factory.SubFactory(PlaceFactory)


class UnitFactory(ParticularFactory):
    class Meta:
        model = Unit

    key = factory.LazyAttributeSequence(lambda it, number: f"{it.organisation.key}.unit-{number}")
    kind = "board"
    name = "Styrelsen"


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    key = factory.Sequence(lambda number: f"person-{number}")
    name = "Maria Leiner"


class RoleFactory(ParticularFactory):
    class Meta:
        model = Role

    person = factory.SubFactory(PersonFactory)
    kind = "member"


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    key = factory.Sequence(lambda number: f"membership-{number}")
    umbrella = factory.SubFactory(OrganisationFactory)
    member = factory.SubFactory(OrganisationFactory)


class TopicFactory(DjangoModelFactory):
    class Meta:
        model = Topic

    key = factory.Sequence(lambda number: f"topic-{number}")
    kind = "theme"
    name = "Kultur och fritid"


class SecretariatFactory(DjangoModelFactory):
    class Meta:
        model = Secretariat

    key = factory.Sequence(lambda number: f"secretariat-{number}")
    organisation = factory.SubFactory(OrganisationFactory)
    side = factory.LazyAttribute(lambda it: it.organisation.sector)
    start = "2010-01-01"


class ContactFactory(ParticularFactory):
    class Meta:
        model = Contact

    email = factory.Sequence(lambda number: f"kontakt-{number}@example.org")
    start = "2010-01-01"
    end = ".."


class MandateFactory(ParticularFactory):
    class Meta:
        model = Mandate

    person = factory.SubFactory(PersonFactory)
    extent = "edit"
    given_by = "command:setup"
    start = "2010-01-01"
    end = ".."


class ProposalFactory(DjangoModelFactory):
    class Meta:
        model = Proposal

    key = factory.Sequence(lambda number: f"proposal-{number}")
    organisation = factory.SubFactory(OrganisationFactory)
    about_noun = "address"
    deed = "add"
    values = factory.LazyFunction(
        lambda: {"kind": "visiting", "street": "Nya gatan 2", "town": "Lund", "start": "2024-05"}
    )
    proposer = "person:ulf"
    proposed_at = factory.LazyFunction(timezone.now)


class AdmissionsFactory(DjangoModelFactory):
    class Meta:
        model = Admissions

    key = factory.LazyAttribute(lambda it: f"{it.umbrella.key}.admissions")
    is_open = True
    welcome = "Alla idéburna organisationer i Skåne."
    terms = "Vi delar stadgarnas värdegrund."


class ApplicationFactory(DjangoModelFactory):
    class Meta:
        model = Application
        skip_postgeneration_save = True

    key = factory.Sequence(lambda number: f"application-{number}")
    name = "Nya föreningen"
    contact_name = "Nina Ny"
    contact_email = "nina@example.org"
    state = "waiting"
    applied_at = factory.LazyFunction(timezone.now)
    confirmed_at = factory.LazyAttribute(
        lambda it: None if it.state == "unconfirmed" else it.applied_at
    )
    settled_at = factory.LazyAttribute(
        lambda it: it.applied_at if it.state in {"admitted", "declined", "withdrawn"} else None
    )

    @factory.post_generation
    def linked(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create:
            self.make_link()
            self.save()
