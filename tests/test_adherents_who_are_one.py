"""Two organisations that are one have joined an agreement once."""

import pytest
from django.utils import timezone

from tillit.agreements.models import Adherence
from tillit.agreements.tests.factories import AdherenceFactory, AgreementFactory
from tillit.duplicates.merging import merge, part
from tillit.duplicates.tests.twins import organisation, viewer

pytestmark = pytest.mark.django_db


def test_two_that_are_one_have_joined_once_and_apart_again_each_has_its_own(cast):
    skane = AgreementFactory(key="skane")
    kept, gone = organisation("tallen"), organisation("tallen-2")
    AdherenceFactory(agreement=skane, organisation=kept, start="2015-01-01")
    AdherenceFactory(agreement=skane, organisation=gone, start="2014-01-01", end="2016-12-31")
    done = merge(kept, gone, viewer("karin"), timezone.now(), chosen={})
    row = Adherence.objects.get()
    assert (row.organisation_id, row.start) == (kept.pk, "2014-01-01")
    part(done, viewer("karin"), timezone.now())
    assert sorted(Adherence.objects.values_list("organisation__key", "start")) == [
        ("tallen", "2015-01-01"),
        ("tallen-2", "2014-01-01"),
    ]
