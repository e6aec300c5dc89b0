"""The closed vocabularies of letters."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a letter is, and so who may say no to it."""

    NEWS = "news", _("News")
    INVITATION = "invitation", _("Invitation to something")
    REQUIRED = "required", _("Required: everybody must have it")


class Group(models.TextChoices):
    """Where choosing receivers begins."""

    LOOKED_AFTER = "looked_after", _("All organisations that we look after")
    MEMBERS = "members", _("Our members")
    NOBODY = "nobody", _("Only those that we add one by one")


class Stage(models.TextChoices):
    """How far a letter has come."""

    DRAFT = "draft", _("draft")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    STOPPED = "stopped", _("stopped")


class Outcome(models.TextChoices):
    """How it went with one recipient: what post knows, and what came before it."""

    WAITING = "waiting", _("waiting")
    SENT = "sent", _("sent")
    BOUNCED = "bounced", _("bounced")
    REFUSED = "refused", _("refused")
    HELD = "held", _("held back")
    STOPPED = "stopped", _("stopped")
    UNCERTAIN = "uncertain", _("uncertain")
