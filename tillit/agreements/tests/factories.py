"""Agreements for tests, each row with what it can't be without."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from tillit.agreements.models import (
    Adherence,
    Adoption,
    AdoptionWithdrawal,
    Agreement,
    Aim,
    Commitment,
    CommitmentFollowUp,
    Definition,
    Effort,
    FocusArea,
    ImpactCheck,
    Measure,
    MeasureFollowUp,
    MeasureStatus,
    Orientation,
    Party,
    Plan,
    Principle,
    Reprioritisation,
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


class AimFactory(OfVersionFactory):
    class Meta:
        model = Aim

    kind = "goal"
    number = factory.Sequence(lambda number: number % 900 + 1)
    text = "Att synliggöra den idéburna sektorns roll."


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


class AdherenceFactory(DjangoModelFactory):
    class Meta:
        model = Adherence

    key = factory.LazyAttributeSequence(lambda it, number: f"{it.agreement.key}.a{number}")
    agreement = factory.SubFactory(AgreementFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    start = "2015-01-01"


class PlanFactory(DjangoModelFactory):
    class Meta:
        model = Plan

    key = factory.LazyAttributeSequence(lambda it, number: f"{it.agreement.key}.plan{number}")
    agreement = factory.SubFactory(AgreementFactory)
    title = "Flerårig utvecklingsplan"
    start = "2015"
    end = "2018"
    stage = "adopted"


class FocusAreaFactory(DjangoModelFactory):
    class Meta:
        model = FocusArea

    key = factory.LazyAttribute(lambda it: f"{it.plan.key}.{it.year}")
    plan = factory.SubFactory(PlanFactory)
    year = 2016
    title = "Integration"


class OrientationFactory(DjangoModelFactory):
    class Meta:
        model = Orientation

    key = factory.LazyAttribute(lambda it: f"{it.agreement.key}.{it.year}")
    agreement = factory.SubFactory(AgreementFactory)
    year = 2016
    title = "Verksamhetsinriktning"
    stage = "adopted"


class EffortFactory(DjangoModelFactory):
    class Meta:
        model = Effort

    key = factory.LazyAttribute(lambda it: f"{it.orientation.key}.{it.number}")
    orientation = factory.SubFactory(OrientationFactory)
    number = factory.Sequence(lambda number: number % 900 + 1)
    title = "Regionalt forum"


class ReprioritisationFactory(DjangoModelFactory):
    class Meta:
        model = Reprioritisation

    key = factory.LazyAttribute(lambda it: f"{it.before.key}.omprioritering")
    before = factory.SubFactory(EffortFactory)
    reason = "Det gick inte att samlas."
    dated = "2016-03-20"


class ImpactCheckFactory(DjangoModelFactory):
    class Meta:
        model = ImpactCheck

    key = factory.LazyAttributeSequence(lambda it, number: f"{it.agreement.key}.check{number}")
    agreement = factory.SubFactory(AgreementFactory)
    organisation = factory.SubFactory(OrganisationFactory, sector="public")
    title = "Färre mottagningar"
    opened_on = date(2026, 1, 15)
