"""What enquiries do in the background. Arguments are ids only."""

from django.utils import timezone
from django_tasks import task

from tillit.enquiries import sending
from tillit.enquiries.models import Round
from tillit.kit.background.retry import retried


@task()
@retried()
def send_round(pk: int) -> None:
    """Write to those whom a round has not yet written to."""
    found = Round.objects.unfinished().filter(pk=pk).first()
    if found is not None:
        sending.send_round(found, timezone.now())


@task()
@retried()
def go_on_sending() -> None:
    """Take up the rounds that broke off, whatever broke them."""
    for found in Round.objects.unfinished():
        sending.send_round(found, timezone.now())


def is_left() -> bool:
    """Whether any round is not through."""
    return bool(Round.objects.unfinished().exists())
