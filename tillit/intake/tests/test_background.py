"""Long lists are done in the background, whatever breaks off; and a draft is forgotten in time."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.utils import timezone

from tillit.intake import keeping, recognising, tasks, writing
from tillit.intake.models import Intake, IntakeRow, Stage
from tillit.intake.tests.bringing import as_guessed, brought, recognised, take_suggestions, undo
from tillit.kit.background.worker import do_waiting_tasks
from tillit.kit.contributions import own_data_of
from tillit.kit.days import today
from tillit.kit.models import Activity
from tillit.register.models import Mandate, Name, Organisation

pytestmark = pytest.mark.django_db
LONG = "\n".join(f"Nr{number} Ort{number}" for number in range(recognising.AT_ONCE + 1))


def work(cast):
    """What a worker does."""
    for intake in Intake.objects.all():
        tasks.go_on.func(intake.pk)


@pytest.fixture
def long(cast):
    """A long list whose rows wait to be recognised."""
    intake = brought(cast.coordinator, text=LONG)
    cast.coordinator.post(f"/import/{intake.key}/tolkning/", as_guessed(intake))
    intake.refresh_from_db()
    assert intake.stage == Stage.RECOGNISING
    return intake


@pytest.mark.django_db(transaction=True)
def test_a_long_list_is_recognised_written_and_undone_in_the_background(cast, long):
    client, page = cast.coordinator, f"/import/{long.key}/"
    shown = client.get(page).content.decode()
    assert "<progress" in shown
    do_waiting_tasks()
    long.refresh_from_db()
    assert (long.stage, long.count) == (Stage.PREVIEW, recognising.AT_ONCE + 1)
    client.post(f"{page}bekraftelse/")
    long.refresh_from_db()
    assert long.stage == Stage.WRITING
    assert client.get(f"{page}bekraftelse/").url == page
    before = Organisation.objects.count()
    do_waiting_tasks()
    long.refresh_from_db()
    assert (long.stage, long.trouble) == (Stage.WRITTEN, "")
    assert Organisation.objects.count() == before + recognising.AT_ONCE + 1
    undo(client, long)
    assert long.stage == Stage.UNDOING
    do_waiting_tasks()
    long.refresh_from_db()
    assert (long.stage, long.trouble) == (Stage.UNDONE, "")
    assert Organisation.objects.count() == before


def test_writing_a_long_list_asks_few_questions(cast, long, django_assert_max_num_queries):
    work(cast)
    viewer, now = recognising.owner_of(long), timezone.now()
    with django_assert_max_num_queries(120):  # three hundred rows, some six hundred facts
        writing.confirm(Intake.objects.get(pk=long.pk), now)
        writing.write(Intake.objects.get(pk=long.pk), viewer, now)
    assert Activity.objects.filter(reason="Medlemslistan").count() == 2 * (recognising.AT_ONCE + 1)
    assert Name.objects.filter(sound="").count() == 0


def test_it_is_one_change_to_people(cast, long):
    work(cast)
    cast.coordinator.post(f"/import/{long.key}/bekraftelse/")
    work(cast)
    noted = Activity.objects.filter(reason="Medlemslistan").order_by("pk")
    first = noted[0]
    assert first.part_of is None
    assert {it.part_of_id for it in noted[1:]} == {first.pk}
    assert all(it.actor == "person:karin" and it.behalf == "organisation:paraplyet" for it in noted)


def test_what_broke_off_is_taken_up_by_the_clock(cast, long):
    assert tasks.is_left()
    tasks.go_on_with_all.func()
    long.refresh_from_db()
    assert long.stage == Stage.PREVIEW
    assert not tasks.is_left()
    work(cast)  # the task that comes later finds nothing to do
    assert long.rows.count() == recognising.AT_ONCE + 1


def test_whoever_has_no_mandate_any_more_writes_nothing(cast, long):
    Mandate.objects.filter(key="karin").update(stopped_at=timezone.now())
    work(cast)
    long.refresh_from_db()
    assert long.stage == Stage.READING
    assert "uppdrag" in long.trouble
    assert not IntakeRow.objects.exists()


def test_a_fault_in_the_midst_leaves_nothing_half(cast):
    intake = recognised(cast.coordinator, text="Alfa\nBeta")
    before = Organisation.objects.count(), Activity.objects.count()
    broken = patch("tillit.register.bringing.writing.Writing._find_same", side_effect=RuntimeError)
    with broken, pytest.raises(RuntimeError):
        cast.coordinator.post(f"/import/{intake.key}/bekraftelse/")
    assert (Organisation.objects.count(), Activity.objects.count()) == before
    intake.refresh_from_db()
    assert intake.stage == Stage.WRITING  # and the clock takes it up
    tasks.go_on_with_all.func()
    assert Organisation.objects.filter(name="Alfa").exists()


def test_a_draft_is_erased_after_thirty_days(cast):
    intake = recognised(cast.coordinator, text="Alfa")
    assert keeping.purge(today()) == 0
    Intake.objects.update(touched_at=timezone.now() - timedelta(days=32))
    assert keeping.purge(today()) == 1
    assert not IntakeRow.objects.filter(intake=intake.pk).exists()


def test_it_is_told_to_its_owner_and_erased_with_the_person(cast):
    recognised(cast.coordinator, text="Alfa")
    (part,) = [it for it in own_data_of("person:karin", None) if it.name == "imports"]
    assert [row["title"] for row in part.rows()] == ["Medlemslistan"]
    assert keeping.erase("person:karin", None) == 1
    assert not Intake.objects.exists()


def test_an_old_draft_waits_on_the_desk(cast):
    intake = recognised(cast.coordinator, text="Alfa")
    assert intake.key not in cast.coordinator.get("/skrivbord/").content.decode()
    Intake.objects.update(touched_at=timezone.now() - timedelta(days=9))
    assert intake.key in cast.coordinator.get("/skrivbord/").content.decode()
    assert intake.key not in cast.official.get("/skrivbord/").content.decode()
    take_suggestions(cast.coordinator, intake)  # touching it takes it from the desk
    assert intake.key not in cast.coordinator.get("/skrivbord/").content.decode()
