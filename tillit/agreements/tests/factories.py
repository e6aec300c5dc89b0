"""Agreements for tests, each row with what it can't be without."""

import factory
from factory.django import DjangoModelFactory

from tillit.agreements.models import (
    Adoption,
    AdoptionWithdrawal,
    Agreement,
    Commitment,
    CommitmentFollowUp,
    Definition,
    Measure,
    MeasureFollowUp,
    MeasureStatus,
    Party,
    Principle,
    Section,
    Version,
)
from tillit.register.tests.factories import OrganisationFactory


class AgreementFactory(DjangoModelFactory):
    class Meta:
        model = Agreement

    key = factory.Sequence(lambda number: f"agreement-{number}")
    title = factory.LazyAttribute(lambda it: it.key.capitalize())
    level = "regional"
    start = "2010-06-29"


class PartyFactory(DjangoModelFactory):
    class Meta:
        model = Party

    key = factory.Sequence(lambda number: f"party-{number}")
    agreement = factory.SubFactory(AgreementFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    side = "civil"
    start = "2010-06-29"


class VersionFactory(DjangoModelFactory):
    class Meta:
        model = Version

    agreement = factory.SubFactory(AgreementFactory)
    key = factory.LazyAttributeSequence(lambda it, number: f"{it.agreement.key}.v{number}")
    label = factory.LazyAttribute(lambda it: it.start[:4] or "Utkast")
    start = "2010-06-29"


class OfVersionFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    key = factory.LazyAttributeSequence(lambda it, number: f"{it.version.key}.{number}")
    version = factory.SubFactory(VersionFactory)


class SectionFactory(OfVersionFactory):
    class Meta:
        model = Section

    number = factory.Sequence(lambda number: str(number % 900 + 1))
    heading = "Bakgrund"
    text = "En process har inletts."


class DefinitionFactory(OfVersionFactory):
    class Meta:
        model = Definition

    term = "Den idéburna sektorn"
    text = "Ideella föreningar, kooperativ, trossamfund eller stiftelser."


class PrincipleFactory(OfVersionFactory):
    class Meta:
        model = Principle

    number = factory.Sequence(lambda number: number % 900 + 1)
    heading = "Dialog"


class CommitmentFactory(OfVersionFactory):
    class Meta:
        model = Commitment

    side = "civil"
    number = factory.Sequence(lambda number: number % 900 + 1)
    text = "Sprida innehållet."


class MeasureFactory(OfVersionFactory):
    class Meta:
        model = Measure

    number = factory.Sequence(lambda number: number % 900 + 1)
    key = factory.LazyAttribute(lambda it: f"{it.version.agreement.key}.{it.number}")
    title = "Tidigt samråd"
    text = "Utveckla modell för tidigt samråd."
    start = "2010"


class MeasureFollowUpFactory(DjangoModelFactory):
    class Meta:
        model = MeasureFollowUp

    measure = factory.SubFactory(MeasureFactory)
    key = factory.LazyAttribute(lambda it: f"{it.measure.key}.{it.year}.{it.side}")
    year = 2012
    side = "civil"
    text = "Styrelsen har utsett fem ledamöter."


class AdoptionFactory(OfVersionFactory):
    class Meta:
        model = Adoption

    kind = "signed"
    organisation = factory.SubFactory(OrganisationFactory)
    dated = "2010-06-29"


class CommitmentFollowUpFactory(DjangoModelFactory):
    class Meta:
        model = CommitmentFollowUp

    commitment = factory.SubFactory(CommitmentFactory)
    key = factory.LazyAttribute(lambda it: f"{it.commitment.key}.{it.year}")
    year = 2012
    text = "Innehållet har spritts."


class MeasureStatusFactory(DjangoModelFactory):
    class Meta:
        model = MeasureStatus

    measure = factory.SubFactory(MeasureFactory)
    key = factory.LazyAttributeSequence(lambda it, number: f"{it.measure.key}.lage.{number}")
    side = "civil"
    status = "under_way"
    dated = "2012-01-01"
    reason = ""


class AdoptionWithdrawalFactory(DjangoModelFactory):
    class Meta:
        model = AdoptionWithdrawal

    adoption = factory.SubFactory(AdoptionFactory)
    key = factory.LazyAttribute(lambda it: f"{it.adoption.key}.aterkallad")
    dated = "2012-01-01"
    reason = "Ett fel i texten."
