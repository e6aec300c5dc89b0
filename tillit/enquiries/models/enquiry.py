"""What an umbrella asks its members once a year."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tillit.kit.circles import SharedQuerySet
from tillit.register.models import Membership
from tillit.register.models.of_umbrella import OfUmbrella


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    PLANNED = "planned", _("opens by itself")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


PREPARED = (State.DRAFT, State.PLANNED)


class EnquiryQuerySet(SharedQuerySet):
    def open(self) -> Self:
        return self.filter(state=State.OPEN)

    def to_open(self, day: date) -> Self:
        """Those that shall open by themselves, and whose day has come."""
        return self.filter(state=State.PLANNED, opens__lte=day)

    def to_close(self, day: date) -> Self:
        """Those that were open to the end of a day that is over."""
        return self.filter(state=State.OPEN, closes__lt=day)

    def published(self) -> Self:
        return self.filter(published_at__isnull=False)

    def counted(self) -> Self:
        """Each with `asked_count` and `answered_count`."""
        answered = Q(asked__answered_at__isnull=False)
        return self.annotate(
            asked_count=Count("asked"), answered_count=Count("asked", filter=answered)
        )


class Enquiry(OfUmbrella):
    """A year's question: are these details right, who are your contact persons, and a few of our own.

    `state` is where the deeds have led. What was asked never changes once it has been opened.
    """

    title = models.CharField(_("title"), max_length=120)
    year = models.PositiveSmallIntegerField(_("year"))
    introduction = models.TextField(_("introduction"), blank=True, max_length=4000)
    opens = models.DateField(_("opens"), null=True, blank=True)
    closes = models.DateField(_("last day to answer"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    copied_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="copies"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)  # who answered, and the links

    objects: ClassVar[Any] = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        ordering = ["-year", "-pk"]
        indexes = [models.Index(fields=["state", "closes"], name="enquiries_enquiry_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=State.DRAFT) | Q(opens__isnull=False, closes__isnull=False),
                name="enquiries_enquiry_days",
            ),
            models.CheckConstraint(
                condition=Q(opens__isnull=True)
                | Q(closes__isnull=True)
                | Q(opens__lte=models.F("closes")),
                name="enquiries_enquiry_order",
                violation_error_message=_("The last day to answer comes before the first."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="enquiries_enquiry_state_of"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("enquiries:enquiry", args=[self.key])

    @property
    def is_prepared(self) -> bool:
        """Whether it can still be written on."""
        return self.state in PREPARED

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN

    @property
    def is_closed(self) -> bool:
        return self.state == State.CLOSED

    @property
    def is_planned(self) -> bool:
        return self.state == State.PLANNED

    def memberships_on(self, day: date) -> models.QuerySet[Membership]:
        """The memberships of the day, whether anybody may see them or not: all are asked."""
        found: models.QuerySet[Membership] = Membership.objects.on(day).filter(
            umbrella=self.umbrella_id
        )
        return found
