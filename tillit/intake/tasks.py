"""Long lists, in the background. Arguments are keys only."""

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import override
from django_tasks import task

from tillit.intake import recognising, writing
from tillit.intake.models import Intake, Stage
from tillit.kit.background.retry import retried
from tillit.kit.circles import Viewer
from tillit.kit.refusal import Refused

Step = Callable[[Intake, Viewer, datetime], None]
# What is done in each stage, and where it goes back to if it can't be.
STEPS: dict[str, tuple[Step, Stage]] = {
    Stage.RECOGNISING: (recognising.recognise, Stage.READING),
    Stage.WRITING: (writing.write, Stage.PREVIEW),
    Stage.UNDOING: (writing.take_back, Stage.WRITTEN),
}


@task()
@retried()
def go_on(pk: int) -> None:
    """Do what the import waits for. Once done it waits no more, so that twice does no harm."""
    intake = Intake.objects.select_related("owner").filter(pk=pk).first()
    if intake is not None and intake.stage in STEPS:
        step_on(intake, timezone.now())


def step_on(intake: Intake, now: datetime) -> None:
    """The step as its owner, in the owner's language; what hinders it is told on its page."""
    step, back = STEPS[intake.stage]
    with override(intake.language):
        try:
            step(intake, recognising.owner_of(intake), now)
        except Refused as refused:
            writing.fall_back(intake, Stage(intake.stage), back, str(refused))


@task()
@retried()
def go_on_with_all() -> None:
    """Take up imports whose work broke off, whatever broke it."""
    for pk in Intake.objects.under_way().values_list("pk", flat=True):
        go_on.func(pk)


def is_left() -> bool:
    """Whether anything is under way; what is in a worker's hands is locked and waits its turn."""
    return bool(Intake.objects.under_way().exists())
