"""What may be done with something that is told."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Deed(models.TextChoices):
    """What may be done with something that is told. Everything is dated, so each has a word of its own:
    the world changed, or we were wrong.
    """

    ADD = "add", _("new")
    CHANGE = "change", _("it has changed")
    CORRECT = "correct", _("it was wrong")
    END = "end", _("it has ended")
    REMOVE = "remove", _("it should never have been here")


# By the words of addresses.
DEEDS = {
    "ny": Deed.ADD,
    "andring": Deed.CHANGE,
    "rattelse": Deed.CORRECT,
    "slut": Deed.END,
    "borttagning": Deed.REMOVE,
}
WORD_OF = {deed: word for word, deed in DEEDS.items()}
