"""A list that is being brought in, so that a demo has one to look through. Never in a real register."""

from django.utils import timezone

from tillit.intake import beginning, recognising
from tillit.intake.models import Intake
from tillit.kit.access import viewer_for
from tillit.register.models import Mandate

KEY, MANDATE = "demo-import", "demo-samordnare"
# Some of those of the day in Värmland, one written otherwise, and one that is invented.
LIST = """Kvinnojouren i Exempelby (påhittad)
SV Värmland
Röda korset, region Mellan
Musslan
RSMH Sunne
Nya Stigar i Sunne (påhittad)"""


def populate() -> None:
    """A draft of the coordinator's, to look through. Does nothing twice."""
    mandate = Mandate.objects.filter(key=MANDATE).select_related("person").first()
    account = mandate.person.account_id if mandate else None
    if account is None or Intake.objects.filter(key=KEY).exists():
        return
    viewer, now = viewer_for(account, MANDATE), timezone.now()
    said = {"kind": "organisations", "title": "Anmälda till dagen (påhittad lista)"}
    it = beginning.begin(said, LIST.encode(), viewer, now)
    Intake.objects.filter(pk=it.pk).update(key=KEY)
    it.refresh_from_db()
    recognising.recognise(recognising.begin(it, it.columns, now), viewer, now)
