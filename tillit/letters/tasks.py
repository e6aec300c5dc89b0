"""What letters do in the background. Arguments are keys only."""

from django.utils import timezone
from django_tasks import task

from tillit.kit.background.retry import retried
from tillit.letters import sending
from tillit.letters.models import Letter


@task()
@retried()
def send(key: int) -> None:
    """Write the mails of a letter that somebody has begun to send."""
    letter = Letter.objects.select_related("organisation").filter(pk=key).first()
    if letter is not None:
        sending.go_on(letter, timezone.now())


@task()
@retried()
def go_on_sending() -> None:
    """Take up the letters whose sending broke off, whatever broke it."""
    for letter in Letter.objects.half_written().select_related("organisation"):
        sending.go_on(letter, timezone.now())


def is_left() -> bool:
    """Whether any letter is half written."""
    return bool(Letter.objects.half_written().exists())
