"""A person who holds, or held, a role in public."""

from typing import Any, ClassVar, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tillit.kit.circles import PUBLIC, CircledQuerySet, Viewer
from tillit.kit.fields import DerivedTextField, FoldedField, SortKeyField
from tillit.kit.models import Row
from tillit.register.likeness.persons import spelled


class PersonQuerySet(CircledQuerySet):
    def with_role(self, viewer: Viewer) -> Self:
        """Persons with a role that the viewer may read. A name alone is no reason to be shown."""
        roles = apps.get_model("register", "Role").objects.visible_to(viewer)
        readable = roles.filter(organisation__circle__in=viewer.circles, person=OuterRef("pk"))
        return self.visible_to(viewer).filter(Exists(readable))

    def known_to(self, viewer: Viewer) -> Self:
        """Those, and the persons who act for an organisation whose own matters the viewer reads."""
        roles = apps.get_model("register", "Role").objects.visible_to(viewer)
        readable = roles.filter(organisation__circle__in=viewer.circles, person=OuterRef("pk"))
        mandates = apps.get_model("register", "Mandate").objects.visible_to(viewer)
        acting = Exists(mandates.filter(person=OuterRef("pk")))
        shown = Q(circle__in=viewer.circles) & Exists(readable)
        return self.filter(shown | acting | Q(account=viewer.account, account__isnull=False))


class Person(Row):
    """A name and what is known by sources. Two persons may have one name; a person is not a user."""

    name = models.CharField(_("name"), max_length=120)
    protected = models.BooleanField(_("protected"), default=False)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="person",
    )
    sort_key = SortKeyField(derive="name_by_surname")
    folded = FoldedField(derive="name")
    # What it is found by however it is spelled: see `likeness`.
    sound = DerivedTextField(derive="spelled", max_length=200, default="", db_index=True)

    objects: ClassVar[Any] = PersonQuerySet.as_manager()

    untold = frozenset({"account"})

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        indexes = [models.Index(fields=["sort_key", "key"], name="register_person_order")]

    def __str__(self) -> str:
        return self.name

    def guard(self) -> None:
        """A protected person is seen by nobody else."""
        self.circle = self.own_circle if self.protected else PUBLIC

    @property
    def own_circle(self) -> str:
        return f"self:{self.key}"

    @property
    def told_to(self) -> tuple[str, str]:
        """Only who holds a role in public is told of in public."""
        in_public = bool(self.pk) and self.roles.filter(circle=PUBLIC).exists()
        return (self.circle if in_public else self.own_circle), ""

    @property
    def name_by_surname(self) -> str:
        """Hall Eva: lists of persons go by the last word of the name."""
        first, _space, last = self.name.rpartition(" ")
        return f"{last} {first}"

    @property
    def spelled(self) -> str:
        return spelled(self.name)

    def get_absolute_url(self) -> str:
        return reverse("register:person", args=[self.key])
