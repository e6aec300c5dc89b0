"""Rows that are a part of a version, and are read by whoever reads it."""

from django.db import models

from tillit.agreements.models.version import Version
from tillit.kit.models import Row


class OfVersion(Row):
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="%(class)ss")

    class Meta:
        abstract = True

    def guard(self) -> None:
        self.circle = self.version.circle

    def lock(self) -> None:
        """A version and all its parts are written by one at a time."""
        self.version.lock()

    @property
    def about(self) -> str:
        return self.version.agreement.subject

    @property
    def anchor(self) -> str:
        """Where on the page of the version it stands."""
        return f"{self.noun}-{self.key.rpartition(f'{self.version.key}.')[2]}"

    def get_absolute_url(self) -> str:
        return f"{self.version.get_absolute_url()}#{self.anchor}"
