"""The closed vocabularies of agreements."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AdoptionKind(models.TextChoices):
    """In what a party stood behind a version."""

    BEGUN = "begun", _("Decided to begin")
    ADOPTED = "adopted", _("Adopted it")
    SIGNED = "signed", _("Signed it")


class Stage(models.TextChoices):
    """How far a version has come. That it was superseded follows from its days."""

    DRAFT = "draft", _("Draft")
    CONSULTATION = "consultation", _("In consultation")
    ADOPTED = "adopted", _("Adopted")


class MeasureState(models.TextChoices):
    """How it goes with a measure, as a side says."""

    PLANNED = "planned", _("Planned")
    UNDER_WAY = "under_way", _("Being done")
    DONE = "done", _("Done")
    PAUSED = "paused", _("Paused")
    DROPPED = "dropped", _("Dropped")

    @property
    def tone(self) -> str:
        """Of its chip."""
        return {"done": "good", "paused": "warn", "dropped": "warn"}.get(self.value, "plain")


class Force(models.TextChoices):
    """How it stands with a version or an agreement on a day."""

    COMING = "coming", _("Under way")
    IN_FORCE = "in_force", _("In force")
    OVER = "over", _("No longer in force")
    UNKNOWN = "unknown", _("Not known")

    @property
    def tone(self) -> str:
        """Of its chip."""
        return "good" if self is Force.IN_FORCE else "plain"
