"""What a member says is wrong in the register, waiting for somebody who may change it."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tillit.enquiries.models.asked import Asked
from tillit.kit.circles import Shared, SharedQuerySet, Viewer
from tillit.kit.fields import SubjectField
from tillit.kit.models import Activity, Row
from tillit.kit.refusal import Refused
from tillit.register.models import Organisation


class What(models.TextChoices):
    NAME = "name", _("Name")
    WEB = "web", _("Website")
    ADDRESS = "address", _("Postal address")
    CONTACT = "contact", _("Contact person")
    CONTACT_ENDED = "contact_ended", _("No longer a contact person")
    CONTACT_NEW = "contact_new", _("New contact person")


OF_PEOPLE = (What.CONTACT, What.CONTACT_ENDED, What.CONTACT_NEW)


class CorrectionQuerySet(SharedQuerySet):
    def visible_to(self, viewer: Viewer) -> Self:
        circles = viewer.circles
        return self.filter(
            Q(circle__in=circles) | Q(also__in=circles) | Q(office_circle__in=circles)
        )

    def waiting(self) -> Self:
        return self.filter(taken_over_at__isnull=True, dismissed_at__isnull=True)


class Correction(Shared, Row):
    """One thing to change: what stood, and what shall stand. The link may have been forwarded, so
    it is not written into the register until somebody who may has taken it over.

    It is read as what is kept of the organisation is: by itself and its secretariat, and, where it
    tells nothing of people, by the umbrella that asked.
    """

    asked = models.ForeignKey(Asked, on_delete=models.CASCADE, related_name="corrections")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=14, choices=What.choices)
    row_key = models.CharField(max_length=200, blank=True)  # of the row that it is about
    before: Any = models.JSONField(default=dict, blank=True)
    after: Any = models.JSONField(default=dict, blank=True)
    said_at = models.DateTimeField()
    taken_over_at = models.DateTimeField(null=True, blank=True)
    dismissed_at = models.DateTimeField(null=True, blank=True)
    settled_by = SubjectField(blank=True)
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    activity = models.ForeignKey(
        Activity, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    office_circle = models.CharField(max_length=120, blank=True, editable=False)

    other_circles: ClassVar[tuple[str, ...]] = ("also", "office_circle")
    untold: ClassVar[frozenset[str]] = frozenset({"before", "after", "settled_by"})

    objects: ClassVar[Any] = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["said_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["asked", "what", "row_key"],
                condition=Q(taken_over_at__isnull=True, dismissed_at__isnull=True) & ~Q(row_key=""),
                name="enquiries_correction_once",
            ),
            models.CheckConstraint(
                condition=Q(taken_over_at__isnull=True) | Q(dismissed_at__isnull=True),
                name="enquiries_correction_settled_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_what_display()}"

    def guard(self) -> None:
        it = self.organisation
        self.circle = it.own_circle
        self.also = it.secretariat.own_circle if it.secretariat and not it.protected else ""
        hidden = it.protected or self.what in OF_PEOPLE
        self.office_circle = "" if hidden else self.asked.umbrella.own_circle

    def get_absolute_url(self) -> str:
        return reverse("enquiries:corrections", args=[self.asked.enquiry.key])

    @property
    def about(self) -> str:
        return self.organisation.subject

    def refuse_undo(self, activity: Activity) -> None:
        raise Refused(_now("A correction is settled once. Undo what came of it instead."), 409)

    @property
    def is_settled(self) -> bool:
        return bool(self.taken_over_at or self.dismissed_at)

    @property
    def tells_of_people(self) -> bool:
        return self.what in OF_PEOPLE
