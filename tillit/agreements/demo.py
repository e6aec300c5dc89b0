"""An invented draft and an invented year, so that a demo has something to write in and to agree on.

Never in a real register.
"""

from django.db import transaction

from tillit.agreements.drafting import draft
from tillit.agreements.models import Agreement, Effort, Orientation, Version
from tillit.agreements.models.version import last_that_tells
from tillit.agreements.planning import say_adopted
from tillit.kit.changes import Actor, change, create
from tillit.kit.days import today

KEY = "skane"
LABEL = "Påhittat utkast"
SAID = "Påhittat, för att du ska kunna prova att skriva. Texten är en kopia av en tidigare version."

YEAR = "Påhittad inriktning"
YEAR_SAID = (
    "Påhittad, för att du ska kunna prova. Regionen säger att den antogs; nätverket tillfrågas."
)
EFFORTS = ("Regionalt forum", "Frukostmöten i fyra kommuner")


@transaction.atomic
def populate() -> None:
    """A copy of what is told of the agreement, and a year to come. Does nothing twice."""
    agreement = Agreement.objects.filter(key=KEY).first()
    if agreement is None or Version.objects.filter(agreement=agreement, label=LABEL).exists():
        return
    known = Version.objects.filter(agreement=agreement).telling()
    actor = Actor("command:demo")
    made, _done = draft(agreement, LABEL, "", last_that_tells(known, today()), actor)
    change(made, {"description": SAID}, actor)
    orient(agreement, today().year + 1, actor)


def orient(agreement: Agreement, year: int, actor: Actor) -> None:
    """What is to be done in the year, adopted as one side says."""
    it = Orientation(key=f"{agreement.key}.{year}", agreement=agreement, year=year)
    it.title, it.text = f"{YEAR} {year}", YEAR_SAID
    create(it, actor)
    for number, title in enumerate(EFFORTS, start=1):
        create(Effort(key=f"{it.key}.{number}", orientation=it, number=number, title=title), actor)
    day = f"{year - 1}-11-12"
    say_adopted(it, "public", actor, decided_by="Styrgruppen (påhittat)", dated=day)
