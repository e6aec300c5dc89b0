"""An organisation asks to become a member of an umbrella."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tillit.accounts.addresses import LONGEST, check
from tillit.kit.circles import SharedQuerySet
from tillit.kit.fields import SortKeyField, SubjectField
from tillit.kit.models import Linked
from tillit.register.choices import Form
from tillit.register.models.of_umbrella import OfUmbrella
from tillit.register.models.organisation import Organisation
from tillit.register.models.place import Place


class ApplicationState(models.TextChoices):
    UNCONFIRMED = "unconfirmed", _("not confirmed")
    WAITING = "waiting", _("to decide")
    ASKED = "asked", _("waits for the applicant")
    ADMITTED = "admitted", _("admitted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


OPEN = (ApplicationState.WAITING, ApplicationState.ASKED)
SETTLED = (ApplicationState.ADMITTED, ApplicationState.DECLINED, ApplicationState.WITHDRAWN)


class ApplicationQuerySet(SharedQuerySet):
    def received(self) -> Self:
        """Those whose applicant has shown that the address is theirs."""
        return self.exclude(state=ApplicationState.UNCONFIRMED)

    def open(self) -> Self:
        return self.filter(state__in=OPEN)

    def to_decide(self) -> Self:
        """Those for which the umbrella, and not the applicant, must do something."""
        return self.filter(state=ApplicationState.WAITING)


class Application(Linked, OfUmbrella):
    """What was applied for, by whom, and how far it has come.

    `member` is the organisation once it stands in the register. What is written about it here was
    written by the applicant, who has no account and may be anybody.
    """

    member = models.ForeignKey(
        Organisation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="own_applications",
    )
    name = models.CharField(_("name of the organisation"), max_length=200)
    number = models.CharField(_("organisation number"), max_length=40, blank=True)
    form = models.CharField(_("legal form"), max_length=24, choices=Form.choices, blank=True)
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="applications"
    )
    contact_name = models.CharField(_("contact person"), max_length=120, blank=True)
    contact_email = models.CharField(
        _("e-mail"), max_length=LONGEST, blank=True, validators=[check]
    )
    contact_phone = models.CharField(_("phone"), max_length=40, blank=True)
    why = models.TextField(_("why we apply"), blank=True, max_length=4000)
    agreed_to = models.TextField(blank=True)  # the umbrella's text as it stood then
    language = models.CharField(
        max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    applicant = SubjectField(blank=True)  # the person, if signed in
    by_office = models.BooleanField(default=False)  # written in by the umbrella, from paper
    state = models.CharField(
        max_length=12, choices=ApplicationState.choices, default=ApplicationState.UNCONFIRMED
    )
    applied_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    emptied_at = models.DateTimeField(null=True, blank=True)  # of what it said about people
    sort_key = SortKeyField(derive="name")

    # The activity tells that somebody applied, not who it was.
    untold: ClassVar[frozenset[str]] = frozenset(
        {"contact_name", "contact_email", "contact_phone", "why", "agreed_to", "applicant"}
    )

    objects: ClassVar[Any] = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application for membership")
        verbose_name_plural = _("applications for membership")
        ordering = ["-applied_at", "pk"]
        indexes = [models.Index(fields=["umbrella", "state"], name="register_application_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ApplicationState.values), name="register_application_state_of"
            ),
            models.CheckConstraint(
                condition=Q(state=ApplicationState.UNCONFIRMED) | Q(confirmed_at__isnull=False),
                name="register_application_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(state__in=SETTLED, settled_at__isnull=False)
                | (~Q(state__in=SETTLED) & Q(settled_at__isnull=True)),
                name="register_application_settled",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("register:application", args=[self.umbrella.key, self.key])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_settled(self) -> bool:
        return self.state in SETTLED
