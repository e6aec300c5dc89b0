"""An invented draft, so that a demo has something to write in. Never in a real register."""

from django.db import transaction

from tillit.agreements.drafting import draft
from tillit.agreements.models import Agreement, Version
from tillit.agreements.models.version import last_that_tells
from tillit.kit.changes import Actor, change
from tillit.kit.days import today

KEY = "skane"
LABEL = "Påhittat utkast"
SAID = "Påhittat, för att du ska kunna prova att skriva. Texten är en kopia av en tidigare version."


@transaction.atomic
def populate() -> None:
    """A copy of what is told of the agreement. Does nothing twice."""
    agreement = Agreement.objects.filter(key=KEY).first()
    if agreement is None or Version.objects.filter(agreement=agreement, label=LABEL).exists():
        return
    known = Version.objects.filter(agreement=agreement).telling()
    actor = Actor("command:demo")
    made, _done = draft(agreement, LABEL, "", last_that_tells(known, today()), actor)
    change(made, {"description": SAID}, actor)
