"""Two who merge at once, and somebody who writes meanwhile: nothing is lost, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillWaiting

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tillit.duplicates.merging import merge, part
from tillit.duplicates.models import Merge
from tillit.duplicates.tests.twins import organisation, viewer
from tillit.kit.changes import Actor, create
from tillit.kit.refusal import Refused
from tillit.register.models import Address, Organisation
from tillit.register.tests.factories import (
    MandateFactory,
    OrganisationFactory,
    PersonFactory,
    SecretariatFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)
MINA = Actor("person:mina", "organisation:tallens")


@pytest.fixture
def two(transactional_db, django_user_model):
    office = OrganisationFactory(key="paraplyet")
    kept_by = SecretariatFactory(key="civil", side="civil", organisation=office)
    Organisation.objects.update(secretariat=kept_by)
    karin = PersonFactory(
        key="karin", account=django_user_model.objects.create_user("k@example.org")
    )
    MandateFactory(
        person=karin, organisation=office, secretariat=kept_by, extent="secretariat", end=".."
    )
    return organisation("tallen"), organisation("tallens")


def done(act):
    try:
        return act()
    except Refused as refused:
        return refused.status
    finally:
        connection.close()


def test_of_two_who_merge_the_same_pair_the_other_way_round_one_does(two):
    one, other = two
    who, now = viewer("karin"), timezone.now()
    with ThreadPoolExecutor(2) as pool:
        acts = [
            pool.submit(done, lambda: merge(one, other, who, now, chosen={})),
            pool.submit(done, lambda: merge(other, one, who, now, chosen={})),
        ]
        outcomes = [it.result(timeout=60) for it in acts]
    assert 409 in outcomes
    assert Merge.objects.count() == 1
    assert Organisation.objects.filter(key__in=["tallen", "tallens"]).count() == 1


def test_what_somebody_writes_of_the_one_that_goes_is_moved_or_refused_with_words(two):
    kept, gone = two
    address = Address(organisation=gone, kind="postal", street="Gatan 1", town="Lund", key="ny")
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Organisation.objects.select_for_update().get(pk=gone.pk).parts.count()
            Organisation.objects.filter(pk=gone.pk).update(web="https://x.se")
            merging = pool.submit(
                done, lambda: merge(kept, gone, viewer("karin"), timezone.now(), chosen={})
            )
            with pytest.raises(StillWaiting):
                merging.result(timeout=1)
            create(address, MINA)
        merging.result(timeout=60)
    assert Address.objects.get().organisation == kept


def test_a_merge_is_undone_once_by_two(two):
    kept, gone = two
    it = merge(kept, gone, viewer("karin"), timezone.now(), chosen={})
    with ThreadPoolExecutor(2) as pool:
        acts = [
            pool.submit(done, lambda: part(it, viewer("karin"), timezone.now())) for _n in range(2)
        ]
        outcomes = [act.result(timeout=60) for act in acts]
    assert [o for o in outcomes if o == 409] == [409]
    assert Organisation.objects.filter(key="tallens").count() == 1
