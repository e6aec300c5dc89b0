"""An import that two confirm at once is written once; one that the register has overtaken, not at all."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.utils import timezone

from tillit.intake import recognising, tasks, writing
from tillit.intake.models import Intake, Stage
from tillit.intake.tests.bringing import recognised
from tillit.kit.background.worker import do_waiting_tasks
from tillit.kit.changes import Actor, together
from tillit.kit.models import Activity
from tillit.kit.refusal import Refused
from tillit.register.models import Name, Organisation
from tillit.register.tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "Alfa fotboll\nBeta konst"
AT_ONCE = 4


def at_once(*works):
    """What came of the works, begun at the same moment, each with a connection of its own."""
    barrier = Barrier(len(works))

    def one(work):
        barrier.wait()
        try:
            return work()
        except Refused as refused:
            return f"Refused: {refused}"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(one, works))


def stage_of(intake):
    return Intake.objects.get(pk=intake.pk).stage


@pytest.fixture
def intake(cast):
    return recognised(cast.coordinator, text=LIST)


def test_two_who_confirm_the_same_import_at_once_write_it_once(intake):
    """Each has the page open, presses the button, and does what follows on it."""

    def confirm():
        mine = Intake.objects.get(pk=intake.pk)
        writing.confirm(mine, timezone.now())
        tasks.go_on.func(intake.pk)
        return "done"

    found = sorted(at_once(*[confirm] * AT_ONCE))
    assert found[-1] == "done"
    assert all(it.startswith("Refused: ") and "öppna den igen" in it.lower() for it in found[:-1])
    assert stage_of(intake) == Stage.WRITTEN
    assert sorted(Organisation.objects.filter(name__in=LIST.splitlines()).values_list("name")) == [
        ("Alfa fotboll",),
        ("Beta konst",),
    ]
    assert Activity.objects.filter(reason=intake.title, part_of=None).count() == 1


def test_several_workers_with_the_same_confirmed_import_write_it_once(intake):
    writing.confirm(intake, timezone.now())
    at_once(*[lambda: tasks.go_on.func(intake.pk)] * AT_ONCE)
    assert stage_of(intake) == Stage.WRITTEN
    assert Organisation.objects.filter(name="Alfa fotboll").count() == 1
    assert Name.objects.filter(name="Alfa fotboll").count() == 1


def test_one_import_is_not_written_while_it_is_undone(intake):
    """Who undoes what was just written waits for it, or is told that it has come further."""
    writing.confirm(intake, timezone.now())
    viewer = recognising.owner_of(intake)

    def undo():
        writing.take_back(
            writing.begin_undoing(Intake.objects.get(pk=intake.pk), timezone.now()),
            viewer,
            timezone.now(),
        )
        return "undone"

    _written, undone = at_once(lambda: tasks.go_on.func(intake.pk), undo)
    there = Organisation.objects.filter(name__in=LIST.splitlines()).count()
    assert (stage_of(intake), there) == (
        (Stage.UNDONE, 0) if undone == "undone" else (Stage.WRITTEN, 2)
    )


def test_two_imports_of_the_same_list_write_each_organisation_once(cast):
    """The second sees what the first wrote while it waited, and is looked through again."""
    first, second = (recognised(cast.coordinator, text=LIST, title=it) for it in ("En", "Två"))
    for it in (first, second):
        writing.confirm(it, timezone.now())
    at_once(*[lambda it=it: tasks.go_on.func(it.pk) for it in (first, second)])
    assert {stage_of(first), stage_of(second)} == {Stage.WRITTEN, Stage.READING}
    assert Organisation.objects.filter(name__in=LIST.splitlines()).count() == 2
    (overtaken,) = Intake.objects.filter(stage=Stage.READING)
    assert "1, 2" in overtaken.trouble


def test_an_import_that_the_register_has_overtaken_stops_with_words(cast, intake):
    """Somebody enters one of them between the look through the rows and the button."""
    OrganisationFactory(key="alfa", name="Alfa fotboll", sector="civil")
    before = Organisation.objects.count(), Activity.objects.count()
    cast.coordinator.post(f"/import/{intake.key}/bekraftelse/")
    do_waiting_tasks()
    assert (Organisation.objects.count(), Activity.objects.count()) == before
    assert stage_of(intake) == Stage.READING
    shown = cast.coordinator.get(f"/import/{intake.key}/", follow=True).content.decode()
    assert "(raderna 1)" in shown


def test_what_it_was_said_to_be_the_same_as_may_be_gone(cast):
    """A row that should be an organisation which has been removed meanwhile: nothing is written."""
    OrganisationFactory(key="alfa", name="Alfa fotboll", sector="civil")
    intake = recognised(cast.coordinator, text="Alfa fotboll\nGamma slöjd")
    row = intake.rows.get(number=1)
    row.decide("same:alfa", answer=None)
    row.save()
    with together(Actor("person:karin"), "Fel") as act:
        for name in Name.objects.filter(organisation__key="alfa"):
            act.remove(name)
        act.remove(Organisation.objects.get(key="alfa"))
    cast.coordinator.post(f"/import/{intake.key}/bekraftelse/")
    do_waiting_tasks()
    intake.refresh_from_db()
    assert intake.stage == Stage.PREVIEW
    assert intake.trouble
    assert not Organisation.objects.filter(name="Gamma slöjd").exists()
