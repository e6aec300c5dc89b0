"""Two who do it at once: the database settles it, on both databases."""

import pytest
from django.utils import timezone

from tillit.kit.refusal import Refused
from tillit.records import certificate
from tillit.records.actions import sign, take_step
from tillit.records.models import Record, RecordStep, Seal, Signatory, Signature
from tillit.records.sealing import seal
from tillit.records.tests.factories import RecordFactory
from tillit.records.tests.paper import KARIN, frozen
from tillit.records.tests.test_sealing import sign_both
from tillit.register.tests.factories import OrganisationFactory, PersonFactory
from tillit.register.tests.test_acting_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 6


class Two:
    def __init__(self):
        self.civil = OrganisationFactory(key="foreningen", sector="civil")
        self.public = OrganisationFactory(key="regionen", sector="public")


def test_several_who_sign_for_one_organisation_at_once_sign_once():
    it = Two()
    record = frozen(it.civil, timezone.now(), it.civil, it.public)
    people = [PersonFactory(key=f"p{number}", name=f"Person {number}") for number in range(MANY)]

    def signing(person):
        row = Signature(
            record=Record.objects.get(pk=record.pk),
            organisation=it.civil,
            person=person,
            name=person.name,
        )
        return sign(row, record.sha256, KARIN, timezone.now())

    outcomes = at_once(*[lambda person=person: signing(person) for person in people])
    assert sum(isinstance(it, Signature) for it in outcomes) == 1
    assert Signature.objects.count() == 1
    assert Signatory.objects.count() == 2


def test_a_step_is_taken_once():
    record = RecordFactory()

    def step():
        return take_step(Record.objects.get(pk=record.pk), RecordStep(kind="established"), KARIN)

    outcomes = at_once(*[step] * MANY)
    assert sum(isinstance(it, RecordStep) for it in outcomes) == 1
    assert sum(isinstance(it, Refused) for it in outcomes) == MANY - 1
    assert RecordStep.objects.count() == 1


def test_one_key_is_made_and_one_seal():
    it = Two()
    record = frozen(it.civil, timezone.now(), it.civil, it.public)
    sign_both(record, it)
    keys = at_once(*[certificate.content] * 3)
    assert len({*keys}) == 1
    at_once(*[lambda: seal(Record.objects.get(pk=record.pk), timezone.now())] * 3)
    assert Seal.objects.count() == 1
