"""Somebody takes a change back while a colleague writes: the colleague's work stands, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillWaiting

import pytest
from django.db import connection, transaction

from tillit.kit.changes import Actor, change, remove, undo
from tillit.kit.models import Activity
from tillit.kit.refusal import Refused
from tillit.register.models import Address
from tillit.register.tests.factories import AddressFactory

pytestmark = pytest.mark.django_db(transaction=True)
KARIN = Actor("person:karin", "organisation:paraplyet")
MINA = Actor("person:mina", "organisation:foreningen")


def taken_back(noted):
    try:
        return undo(Activity.objects.get(pk=noted.pk), KARIN)
    except Refused as refused:
        return refused.status
    finally:
        connection.close()


def undone_while(noted, row, deed):
    """What came of undoing, begun when the colleague had the organisation and before the deed."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            row.lock()
            undoing = pool.submit(taken_back, noted)
            with pytest.raises(StillWaiting):
                undoing.result(timeout=1)
            deed(row)
        return undoing.result(timeout=20)


def test_what_a_colleague_writes_meanwhile_is_not_taken_back():
    row = AddressFactory(town="Lund")
    noted = change(row, {"town": "Eslöv"}, KARIN)
    assert undone_while(noted, row, lambda it: change(it, {"town": "Hörby"}, MINA)) == 409
    assert Address.objects.get().town == "Hörby"


def test_what_a_colleague_removes_meanwhile_stays_removed():
    row = AddressFactory(town="Lund")
    noted = change(row, {"town": "Eslöv"}, KARIN)
    assert undone_while(noted, row, lambda it: remove(it, MINA)) == 409
    assert not Address.objects.exists()


def test_what_two_bring_back_at_once_is_there_once():
    row = AddressFactory(town="Lund")
    noted = remove(row, KARIN)
    assert undone_while(noted, row, lambda _it: undo(noted, MINA)) == 409
    assert Address.objects.get().town == "Lund"
