"""Erasing a person who was two, and what the journal of others' merges says of a person."""

import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from tillit.duplicates import keeping
from tillit.duplicates.merging import merge, part
from tillit.duplicates.models import Merge, MergeStep
from tillit.duplicates.tests.twins import organisation, person, viewer
from tillit.kit.contributions import known_as
from tillit.kit.days import today
from tillit.privacy.erasing import Erasure, erase
from tillit.register.models import Person
from tillit.register.tests.factories import RoleFactory

pytestmark = pytest.mark.django_db


def said() -> str:
    """All that stands in any table, but the index of the search."""
    rows = [
        [str(value) for row in it._default_manager.values_list() for value in row]
        for it in apps.get_models()
        if it._meta.app_label not in {"contenttypes", "auth", "sessions"}
    ]
    return json.dumps(rows, ensure_ascii=False)


def test_nothing_is_left_of_a_person_who_was_two(cast):
    at = organisation("tallen")
    one = person("monika-ekegren", at, name="Monika Ekegren")
    other = person("monica-ekegren", at, name="Monica Ekegren")
    merge(one, other, viewer("karin"), timezone.now(), chosen={})
    one.refresh_from_db()
    erased = erase(Erasure(one, None))
    assert "ekegren" not in said().lower()
    assert {"person:monika-ekegren", "person:monica-ekegren"} <= erased.subjects
    assert Merge.objects.count() == 0


def test_the_rows_that_went_with_a_merge_may_not_come_back_either(cast):
    at = organisation("tallen")
    one, other = person("monika", at, name="Monika Ek"), person("monica", at, name="Monica Ek")
    role = other.roles.get()  # the same as the other's, so it goes
    merge(one, other, viewer("karin"), timezone.now(), chosen={})
    assert known_as("person:monika") == {"person:monica", role.subject}


def test_the_journal_of_an_organisation_loses_an_erased_person(cast):
    kept, gone = organisation("tallen"), organisation("tallens")
    someone = person("monika-ekegren", gone, name="Monika Ekegren")
    RoleFactory(person=someone, organisation=kept, kind="chair", start="2020-01-01", end="..")
    done = merge(kept, gone, viewer("karin"), timezone.now(), chosen={})
    assert "monika-ekegren" in said()
    erase(Erasure(Person.objects.get(key="monika-ekegren"), None))
    assert "ekegren" not in said().lower()
    part(done, viewer("karin"), timezone.now())  # the rest can still be undone
    assert Merge.objects.get().is_undone


def test_the_journal_is_forgotten_a_year_after_it_was_undone(cast):
    kept, gone = organisation("tallen"), organisation("tallens")
    done = merge(kept, gone, viewer("karin"), timezone.now(), chosen={})
    part(done, viewer("karin"), timezone.now())
    keeping.purge(today())
    assert MergeStep.objects.exists()
    Merge.objects.update(undone_at=timezone.now() - timedelta(days=400))
    keeping.purge(today())
    assert not MergeStep.objects.exists()


def test_one_is_told_that_two_entries_were_made_one(cast):
    at = organisation("tallen")
    one, other = person("monika", at, name="Monika Ek"), person("monica", at, name="Monica Ek")
    merge(one, other, viewer("karin"), timezone.now(), chosen={}, why="Samma person.")
    rows = keeping.own_rows("person:monika")
    assert [(it["what"], it["why"]) for it in rows] == [("Monica Ek", "Samma person.")]
