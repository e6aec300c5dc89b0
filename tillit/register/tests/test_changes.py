"""What people change is noted in the same breath, and the last change can be taken back."""

import pytest
from django.core.exceptions import ValidationError

from tillit.kit.changes import Actor, change, create, remove, undo, values_of
from tillit.kit.models import Activity, Verb
from tillit.kit.refusal import Refused
from tillit.register.models import Address, Organisation
from tillit.register.tests.factories import AddressFactory, OrganisationFactory, TopicFactory

pytestmark = pytest.mark.django_db
KARIN = Actor("person:karin", "organisation:paraplyet")


def test_a_new_row_is_noted_with_what_it_says_and_who_wrote_it():
    it = OrganisationFactory(key="foreningen")
    row = create(Address(organisation=it, kind="postal", town="Lund"), KARIN, "kontoret sade det")
    noted = Activity.objects.get(subject=row.subject)
    assert (noted.verb, noted.actor, noted.behalf) == (Verb.CREATED, KARIN.person, KARIN.behalf)
    assert noted.about == "organisation:foreningen"
    assert noted.changes["town"] == [None, "Lund"]
    assert noted.changes["organisation"] == [None, "foreningen"]
    assert noted.reason == "kontoret sade det"


def test_a_change_notes_only_what_differs():
    row = AddressFactory(town="Lund")
    noted = change(row, {"town": "Eslöv", "street": row.street}, KARIN)
    assert noted.changes == {"town": ["Lund", "Eslöv"]}
    row.refresh_from_db()
    assert row.town == "Eslöv"


def test_a_change_of_nothing_is_not_noted():
    row = AddressFactory(town="Lund")
    assert change(row, {"town": "Lund"}, KARIN) is None
    assert not Activity.objects.exists()


def test_a_change_that_breaks_a_rule_leaves_everything_as_it_was():
    row = AddressFactory()
    with pytest.raises(ValidationError):
        change(row, {"start": "2020", "end": "2010"}, KARIN)
    assert not Activity.objects.exists()
    assert Address.objects.get().start == ""


def test_sets_are_noted_and_brought_back():
    it, topic = OrganisationFactory(), TopicFactory(key="kultur")
    noted = change(it, {"topics": [topic]}, KARIN)
    assert noted.changes == {"topics": [[], ["kultur"]]}
    undo(noted, KARIN)
    assert not it.topics.exists()


def test_undoing_a_change_brings_back_what_was():
    row = AddressFactory(town="Lund")
    before = values_of(row)
    undone = undo(change(row, {"town": "Eslöv", "start": "2020"}, KARIN), KARIN)
    row.refresh_from_db()
    assert values_of(row) == before
    assert undone.undoes.undone_by == undone


def test_undoing_a_creation_takes_the_row_away_and_undoing_that_brings_it_back():
    row = create(Address(organisation=OrganisationFactory(), kind="postal", town="Lund"), KARIN)
    before = values_of(row)
    gone = undo(Activity.objects.get(), KARIN)
    assert not Address.objects.exists()
    undo(gone, KARIN)
    assert values_of(Address.objects.get(key=row.key)) == before


def test_undoing_a_removal_brings_the_row_back_with_its_key():
    row = AddressFactory(town="Lund")
    before, key = values_of(row), row.key
    undo(remove(row, KARIN), KARIN)
    assert values_of(Address.objects.get(key=key)) == before


def test_only_the_last_change_can_be_undone():
    row = AddressFactory(town="Lund")
    first = change(row, {"town": "Eslöv"}, KARIN)
    change(row, {"town": "Hörby"}, KARIN)
    with pytest.raises(Refused):
        undo(first, KARIN)
    assert Address.objects.get().town == "Hörby"


def test_what_was_changed_past_the_log_is_not_undone():
    row = AddressFactory(town="Lund")
    noted = change(row, {"town": "Eslöv"}, KARIN)
    Address.objects.update(town="Hörby")
    with pytest.raises(Refused):
        undo(noted, KARIN)


def test_what_its_owner_no_longer_has_is_not_brought_back():
    row = AddressFactory()
    noted = remove(row, KARIN)
    Organisation.objects.all().delete()
    with pytest.raises(Refused):
        undo(noted, KARIN)
    assert not Address.objects.exists()
