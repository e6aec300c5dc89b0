"""Several at once, each with a connection of its own: one wins, and the others are told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from tillit.agreements.models import Adherence
from tillit.agreements.tests.factories import AdherenceFactory, AgreementFactory
from tillit.kit.changes import Actor, create
from tillit.kit.models import Activity
from tillit.kit.refusal import Refused
from tillit.register.tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db(transaction=True)
KARIN = Actor("person:karin", "organisation:paraplyet")
AT_ONCE = 4


def at_once(work):
    """What came of the same work, begun by several at the same moment."""
    barrier = Barrier(AT_ONCE)

    def one(number):
        barrier.wait()
        try:
            work(number)
        except (Refused, ValidationError) as refused:
            return type(refused).__name__
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sorted(pool.map(one, range(AT_ONCE)))


def test_an_organisation_joins_once():
    agreement, it = AgreementFactory(), OrganisationFactory()

    def join(number):
        row = Adherence(key=f"a{number}", agreement=agreement, organisation=it, start="2015-01-01")
        create(row, KARIN)

    assert at_once(join) == ["ValidationError"] * (AT_ONCE - 1) + ["done"]
    assert Adherence.objects.count() == 1


def test_it_leaves_once():
    row = AdherenceFactory()
    found = at_once(lambda number: row.leave(f"2026-06-0{number + 1}", KARIN, ""))
    assert found == ["Refused"] * (AT_ONCE - 1) + ["done"]
    assert Activity.objects.filter(subject=row.subject).count() == 1
