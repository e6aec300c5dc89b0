"""The closed vocabularies of records."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What sort of document it is."""

    AGREEMENT = "agreement", _("Agreement")
    CONTRACT = "contract", _("Contract")
    MINUTES = "minutes", _("Minutes")
    NOTES = "notes", _("Notes of a meeting")
    DECISION = "decision", _("Decision")
    LETTER = "letter", _("Letter")
    REPORT = "report", _("Report")
    PLAN = "plan", _("Plan")
    OTHER = "other", _("Other document")


class State(models.TextChoices):
    """How far a record has come. Each but the first is a step that somebody took."""

    DRAFT = "draft", _("Draft")
    ESTABLISHED = "established", _("Established")
    ATTESTED = "attested", _("Attested")
    RECEIVED = "received", _("Received")
    SENT = "sent", _("Sent out")
    WEEDED = "weeded", _("Weeded")

    @property
    def tone(self) -> str:
        """Of its chip."""
        return {"draft": "warn", "attested": "good", "established": "good"}.get(self.value, "plain")

    @property
    def is_frozen(self) -> bool:
        """Whether its bytes and what it says of itself stand as they are."""
        return self is not State.DRAFT


# What may follow what. A record that was received is established elsewhere.
FOLLOWING: dict[State, tuple[State, ...]] = {
    State.DRAFT: (State.ESTABLISHED, State.RECEIVED),
    State.ESTABLISHED: (State.ATTESTED, State.SENT),
    State.ATTESTED: (State.SENT,),
    State.RECEIVED: (State.SENT,),
    State.SENT: (State.SENT,),
    State.WEEDED: (),
}


class Way(models.TextChoices):
    """How somebody signed."""

    OUTSIDE = "paper_or_own_service", _("On paper, or in a service of its own")
    IN_TILLIT = "in_tillit", _("In Tillit")


class Keeping(models.TextChoices):
    """What becomes of records of a kind."""

    PRESERVE = "preserve", _("Preserved")
    WEED = "weed", _("Weeded after some years")
