"""A file that somebody has uploaded: what it is and who may read it. Its bytes lie in the storage."""

from functools import partial
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tillit.kit.circles import CircledQuerySet
from tillit.kit.contributions import held
from tillit.kit.fields import SubjectField
from tillit.kit.files import storage
from tillit.kit.files.kinds import BY_TYPE, KINDS, Kind
from tillit.kit.models.row import Row
from tillit.kit.refusal import Refused

FOLDER = "file"  # of the storage
HELD = _("The file is a part of something that has been established, and stays as it is.")
OF_DIGEST = 24  # letters of it in the name under which the bytes lie


class StoredFileQuerySet(CircledQuerySet):
    def of(self, subject: str) -> Any:
        """Those that belong to it, in the order in which they came."""
        return self.filter(of=subject).order_by("uploaded_at", "key")

    def delete(self) -> tuple[int, dict[str, int]]:
        """The bytes go when it is certain that the rows have gone."""
        for row in self:
            if held(row.of):
                raise Refused(HELD, 409)
            row.discard_later()
        return super().delete()


class StoredFile(Row):
    """A file that belongs to a subject, which this knows no more of than its key."""

    of = SubjectField(db_index=True)
    name = models.CharField(_("file name"), max_length=120)
    media_type = models.CharField(
        _("kind of file"),
        max_length=100,
        choices=[(it.media_type, it.title) for it in KINDS],
    )
    encoding = models.CharField(max_length=20, blank=True)  # of text
    size = models.PositiveBigIntegerField(_("size"))  # bytes
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField(_("uploaded"))
    missing_since = models.DateTimeField(null=True, blank=True)  # when the sweep found no bytes

    untold: ClassVar[frozenset[str]] = frozenset({"missing_since"})

    objects: ClassVar[Any] = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["uploaded_at", "key"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("file", args=[self.key])

    @property
    def about(self) -> str:
        return str(self.of)

    @property
    def kind(self) -> Kind:
        return BY_TYPE[self.media_type]

    @property
    def path(self) -> str:
        """Where the bytes lie: another place for other bytes, and nothing that anybody has typed."""
        return f"{FOLDER}/{self.key}.{self.sha256[:OF_DIGEST]}"

    @property
    def content_type(self) -> str:
        return f"{self.media_type}; charset={self.encoding}" if self.encoding else self.media_type

    def discard_later(self) -> None:
        """Take the bytes away when the transaction has ended well."""
        transaction.on_commit(partial(storage.discard, self.path))

    def clean(self) -> None:
        """What is held has no other bytes than before, and belongs to nothing else."""
        super().clean()
        stored = StoredFile.objects.filter(pk=self.pk).first() if self.pk else None
        if stored is None or (stored.sha256, stored.of) == (self.sha256, self.of):
            return
        if held(stored.of):
            raise ValidationError(HELD)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if held(self.of):
            raise Refused(HELD, 409)
        self.discard_later()
        return super().delete(*args, **kwargs)

    def refuse_undo(self, activity: Any) -> None:
        raise Refused(_now("A file is replaced or taken away, not undone."), 409)
