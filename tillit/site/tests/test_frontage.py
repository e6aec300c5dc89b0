"""What every page shows of the installation: asked for seldom, and right soon."""

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from tillit.kit.contributions import brand
from tillit.site import frontage
from tillit.site.models import FirstRun, Installation


@pytest.fixture
def clock(monkeypatch, db):
    """The seconds that have gone by, as the memory sees them."""
    seconds = [1000.0]
    monkeypatch.setattr(frontage.time, "monotonic", lambda: seconds[0])
    frontage.forget()
    yield seconds
    frontage.forget()


def test_it_is_remembered_for_ten_seconds(clock, django_assert_num_queries):
    Installation.objects.create(key="a", title="Först")
    assert brand().title == "Först"
    Installation.objects.update(title="Sedan")
    clock[0] += 9.9
    with django_assert_num_queries(0):
        assert brand().title == "Först"
    clock[0] += 0.2
    assert brand().title == "Sedan"


def test_doors_that_open_are_open_within_a_second_in_every_process(clock):
    FirstRun.objects.create(pk=1)
    assert frontage.frontage().being_set_up
    FirstRun.finish(timezone.now())
    clock[0] += 1.1
    assert not frontage.frontage().being_set_up


def test_what_is_changed_here_is_seen_here_at_once(clock):
    assert brand().title == ""
    Installation.objects.create(key="a", title="Nu")
    frontage.forget()
    assert brand().title == "Nu"


def test_setup_begins_the_guide_once_and_changes_nothing_when_run_again(clock):
    call_command("setup")
    began = FirstRun.objects.get()
    assert began.finished_at is None
    call_command("setup")
    assert FirstRun.objects.get().began_at == began.began_at


def test_setup_leaves_the_doors_open_where_there_is_an_installation(clock, client: Client):
    Installation.objects.create(key="a", title="Först")
    call_command("setup")
    assert FirstRun.objects.get().finished_at
    assert client.get("/").status_code == 200
