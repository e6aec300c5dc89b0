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


class AimKind(models.TextChoices):
    """What an agreement is for, in the order in which one tells it."""

    PURPOSE = "purpose", _("Purpose")
    VISION = "vision", _("Vision")
    GOAL = "goal", _("Goal")

    @property
    def several(self) -> str:
        """The heading of as many as there are."""
        return str(_("Goals") if self is AimKind.GOAL else self.label)


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


class ConsultationState(models.TextChoices):
    """How far a consultation has come. That its deadline is over follows from the day."""

    PREPARED = "prepared", _("being prepared")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class Matter(models.TextChoices):
    """What both sides must have said go ahead to before it is done."""

    OPEN = "open", _("Send it out")
    PROLONG = "prolong", _("Give it another last day")
    CLOSE = "close", _("Close it")
    PUBLISH = "publish", _("Publish the responses")


class ConsultationDeedKind(models.TextChoices):
    OPENED = "opened", _("Sent to those who are asked")
    PROLONGED = "prolonged", _("Got another last day")
    REMINDED = "reminded", _("Reminded")
    CLOSED = "closed", _("Closed")
    PUBLISHED = "published", _("Responses published")
    UNPUBLISHED = "unpublished", _("Responses taken back")


class Came(models.TextChoices):
    """How one came to be asked."""

    INVITED = "invited", _("was invited")
    ITSELF = "itself", _("came by itself")


class Position(models.TextChoices):
    """What somebody thinks of a draft as a whole."""

    SUPPORTS = "supports", _("Supports it")
    REMARKS = "remarks", _("Supports it, with remarks")
    OPPOSES = "opposes", _("Opposes it")
    ABSTAINS = "abstains", _("Abstains")

    @property
    def tone(self) -> str:
        """Of its chip."""
        return {"supports": "good", "remarks": "warn", "opposes": "bad"}.get(self.value, "plain")


class Outcome(models.TextChoices):
    """What became of what was said."""

    TAKEN = "taken", _("Taken in")
    PARTLY = "partly", _("Taken in partly")
    NOT = "not", _("Not taken in")

    @property
    def tone(self) -> str:
        """Of its chip."""
        return {"taken": "good", "partly": "warn"}.get(self.value, "plain")


class PlanStage(models.TextChoices):
    """How far a plan or a year's orientation has come."""

    PREPARED = "prepared", _("In preparation")
    CIVIL = "civil", _("Adopted, as civil society says")
    PUBLIC = "public", _("Adopted, as the public sector says")
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
