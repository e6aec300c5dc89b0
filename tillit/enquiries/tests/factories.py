"""Rows for tests, each with what it can't be without."""

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from tillit.enquiries.models import Asked, Correction, Enquiry, Question
from tillit.register.tests.factories import OrganisationFactory


def today() -> Any:
    return timezone.localdate()


class EnquiryFactory(DjangoModelFactory):
    class Meta:
        model = Enquiry

    key = factory.Sequence(lambda number: f"fragan-{number}")
    umbrella = factory.SubFactory(OrganisationFactory)
    title = "Årets frågor"
    year = 2026
    introduction = "Hjälp oss att ha rätt uppgifter."
    state = "open"
    opens = factory.LazyFunction(today)
    closes = factory.LazyFunction(lambda: today() + timedelta(days=14))


class QuestionFactory(DjangoModelFactory):
    class Meta:
        model = Question

    key = factory.Sequence(lambda number: f"question-{number}")
    enquiry = factory.SubFactory(EnquiryFactory)
    kind = "text"
    text = factory.Sequence(lambda number: f"Fråga {number}?")
    place = factory.Sequence(lambda number: number)


class AskedFactory(DjangoModelFactory):
    class Meta:
        model = Asked
        skip_postgeneration_save = True

    key = factory.Sequence(lambda number: f"asked-{number}")
    enquiry = factory.SubFactory(EnquiryFactory)
    umbrella = factory.LazyAttribute(lambda it: it.enquiry.umbrella)
    member = factory.SubFactory(OrganisationFactory)
    way = factory.LazyAttribute(lambda it: "link" if it.answered_at else "")
    answered_at = None

    @factory.post_generation
    def linked(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create:
            self.make_link()
            self.save()


class CorrectionFactory(DjangoModelFactory):
    class Meta:
        model = Correction

    key = factory.Sequence(lambda number: f"correction-{number}")
    asked = factory.SubFactory(AskedFactory)
    organisation = factory.LazyAttribute(lambda it: it.asked.member)
    what = "web"
    row_key = factory.LazyAttribute(lambda it: it.organisation.key)
    before = factory.LazyAttribute(lambda it: {"web": it.organisation.web})
    after = factory.LazyFunction(lambda: {"web": "https://ny.example.org"})
    said_at = factory.LazyFunction(timezone.now)
