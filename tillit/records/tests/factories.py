"""Records for tests, each with what it can't be without."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from tillit.records.models import (
    CaseNumber,
    Record,
    RecordStep,
    RetentionRule,
    Signatory,
    Signature,
    SignedCopy,
)
from tillit.register.tests.factories import OrganisationFactory


class RecordFactory(DjangoModelFactory):
    class Meta:
        model = Record

    key = factory.Sequence(lambda number: f"record-{number}")
    title = factory.LazyAttribute(lambda it: it.key.capitalize())
    kind = "agreement"
    keeper = factory.SubFactory(OrganisationFactory)
    dated = "2010-06-29"


class OfRecordFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    key = factory.Sequence(lambda number: f"part-{number}")
    record = factory.SubFactory(RecordFactory)
    organisation = factory.SubFactory(OrganisationFactory)


class CaseNumberFactory(OfRecordFactory):
    class Meta:
        model = CaseNumber

    number = "Ks1216/2018"


class RecordStepFactory(OfRecordFactory):
    class Meta:
        model = RecordStep

    kind = "established"
    organisation = factory.LazyAttribute(lambda it: it.record.keeper)
    dated = "2010-06-29"


class SignatoryFactory(OfRecordFactory):
    class Meta:
        model = Signatory

    side = factory.LazyAttribute(lambda it: it.organisation.side)


class SignatureFactory(OfRecordFactory):
    class Meta:
        model = Signature

    name = "Inga Ek"
    side = factory.LazyAttribute(lambda it: it.organisation.side)
    dated = "2010-06-29"
    way = "paper_or_own_service"
    sha256 = factory.LazyAttribute(lambda it: it.record.sha256)


class SignedCopyFactory(OfRecordFactory):
    class Meta:
        model = SignedCopy

    sha256 = "b" * 64
    sent_in_at = datetime(2025, 5, 16, 12, tzinfo=UTC)


class RetentionRuleFactory(DjangoModelFactory):
    class Meta:
        model = RetentionRule

    key = factory.Sequence(lambda number: f"rule-{number}")
    keeper = factory.SubFactory(OrganisationFactory)
    keeping = "preserve"
    basis = "Styrelsens beslut"
