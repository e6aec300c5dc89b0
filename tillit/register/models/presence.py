"""Where an organisation has its seat and where it works."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tillit.kit.models import DatedQuerySet
from tillit.register.choices import PresenceKind
from tillit.register.models.particular import Guarded
from tillit.register.models.place import COUNTRY, Place


class PresenceQuerySet(DatedQuerySet):
    def within(self, code: str) -> Self:
        """In the place or in a part of it; SE is everywhere."""
        if code == COUNTRY:
            return self
        return self.filter(place__in=Place.objects.filter(Q(pk=code) | Q(parent_id=code)))


class Presence(Guarded):
    """An organisation in a place for a period: its seat, or a place where it works."""

    kind = models.CharField(max_length=10, choices=PresenceKind.choices)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="presences")

    objects: ClassVar[Any] = PresenceQuerySet.as_manager()

    class Meta(Guarded.Meta):
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        ordering = ["organisation", "kind", "pk"]
        indexes = [
            # All that counting by place needs, so that no row is read.
            models.Index(
                fields=["place", "organisation", "circle", "possible_from", "possible_until"],
                name="register_presence_place",
            )
        ]

    def __str__(self) -> str:
        return self.place.name
