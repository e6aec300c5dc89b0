"""An invented application, so that a demo has something to decide. Never in a real register."""

from django.utils import timezone

from tillit.register.choices import Form
from tillit.register.models import Admissions, Application, Organisation
from tillit.register.models.application import ApplicationState

UMBRELLA = "natverket"
KEY = "demo-ansokan"


def populate() -> None:
    """Open the network for applications, and let one wait. Does nothing twice."""
    umbrella = Organisation.objects.filter(key=UMBRELLA).first()
    if umbrella is None:
        return
    Admissions.objects.get_or_create(
        key=f"demo-{UMBRELLA}",
        defaults={
            "umbrella": umbrella,
            "is_open": True,
            "welcome": "Idéburna organisationer som arbetar regionalt i Skåne kan bli medlemmar.",
            "terms": "Vi är partipolitiskt och religiöst obundna i samarbetet.\n\n"
            "Vi utser en kontaktperson och svarar på årsfrågan.",
        },
    )
    if not Application.objects.filter(key=KEY).exists():
        apply_to(umbrella)


def apply_to(umbrella: Organisation) -> None:
    now = timezone.now()
    row = Application(
        key=KEY,
        umbrella=umbrella,
        name="Föreningen Nya Stigar (påhittad)",
        number="802000-0000",
        form=Form.ASSOCIATION,
        contact_name="Sam Holm (påhittad)",
        contact_email="nya-stigar@example.org",
        contact_phone="070-000 00 00",
        why="Vi vill möta andra som arbetar med unga, och ha en röst mot regionen.",
        state=ApplicationState.WAITING,
        applied_at=now,
        confirmed_at=now,
    )
    row.make_link()
    row.save()
