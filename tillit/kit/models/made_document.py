"""A document that takes long to make: asked for, made in the background, and there for some days."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tillit.kit.circles import Circled
from tillit.kit.fields import SubjectField

FOLDER = "documents"  # of the storage
FORMS = [(it, it.upper()) for it in ("pdf", "docx", "odt")]
FRESH = timedelta(minutes=10)  # for so long it is what one gets who asks again
PATIENCE = timedelta(minutes=15)


class MadeDocument(Circled):
    """The document of a subject in one format and language, as those of one circle read it.

    There is one row of each, made anew when it is asked for again: whoever asks waits for whoever asked
    before, and no rule of the table says so, since two subjects may become one. `trouble` says why it
    was not made.
    """

    key = models.SlugField(max_length=20, unique=True)
    of = SubjectField()
    form = models.CharField(max_length=4, choices=FORMS)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES)
    name = models.CharField(max_length=120)  # of the file, without its ending
    title = models.CharField(max_length=300)
    asked_at = models.DateTimeField(db_index=True)
    made_at = models.DateTimeField(null=True, blank=True)
    size = models.BigIntegerField(default=0)  # bytes
    trouble = models.TextField(blank=True)

    class Meta:
        verbose_name = _("document that was made")
        verbose_name_plural = _("documents that were made")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("made-document", args=[self.key])

    @property
    def path(self) -> str:
        """Where the bytes lie: another place each time that it is made."""
        return f"{FOLDER}/{self.key}.{self.asked_at:%Y%m%d%H%M%S%f}.{self.form}"

    @property
    def is_under_way(self) -> bool:
        return self.made_at is None and not self.trouble

    def is_good(self, now: datetime) -> bool:
        """Whether whoever asks now gets this one: it is fresh, or it is just being made."""
        if self.trouble:
            return False
        return now - self.asked_at < (PATIENCE if self.made_at is None else FRESH)
