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


class PlanStage(models.TextChoices):
    """How far a plan or a year's orientation has come."""

    PREPARED = "prepared", _("In preparation")
    TOLD = "told", _("Told of in the sources")  # which don't say whether it was adopted
    ADOPTED = "adopted", _("Adopted")


class Responsible(models.TextChoices):
    """Which side answers for an effort, or both."""

    CIVIL = "civil", _("Civil society")
    PUBLIC = "public", _("Public sector")
    JOINT = "joint", _("Both sides")


class EffortState(models.TextChoices):
    """How it stands with an effort of a year."""

    PLANNED = "planned", _("Planned")
    BEGUN = "begun", _("Begun")
    DONE = "done", _("Done")
    SET_ASIDE = "set_aside", _("Set aside")

    @property
    def tone(self) -> str:
        """Of its chip."""
        return {EffortState.DONE: "good", EffortState.SET_ASIDE: "warn"}.get(self, "plain")
