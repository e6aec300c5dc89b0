"""One member that is asked, how far it has come, and who answered."""

from datetime import date
from typing import Any, ClassVar, Self

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tillit.enquiries.models.enquiry import Enquiry, State
from tillit.kit.fields import SubjectField
from tillit.kit.models import Linked
from tillit.register.models import Membership, Organisation
from tillit.register.models.of_umbrella import OfBoth, OfBothQuerySet

STEPS = ("details_at", "contacts_at", "questions_at")


class Way(models.TextChoices):
    """How an answer came."""

    LINK = "link", _("by the link")
    SIGNED_IN = "signed_in", _("signed in")
    OFFICE = "office", _("by phone")


class AskedQuerySet(OfBothQuerySet):
    def answered(self) -> Self:
        return self.filter(answered_at__isnull=False)

    def unanswered(self) -> Self:
        return self.filter(answered_at__isnull=True)

    def open(self) -> Self:
        """Those that can still be answered."""
        return self.filter(enquiry__state=State.OPEN)

    def with_standing(self, day: date) -> Self:
        """Each with `is_member`: whether it is a member of the umbrella on the day."""
        memberships = Membership.objects.on(day).filter(
            umbrella=models.OuterRef("umbrella"), member=models.OuterRef("member")
        )
        return self.annotate(is_member=models.Exists(memberships))

    def with_reach(self) -> Self:
        """Each with `is_unreachable`: it has been written to, and there was no address."""
        sent = apps.get_model("enquiries", "Sending").objects.filter(asked=models.OuterRef("pk"))
        return self.annotate(
            is_unreachable=models.Exists(sent) & ~models.Exists(sent.filter(addresses__gt=0))
        )

    def waited_for(self, day: date) -> Self:
        """Members of the day that have not answered."""
        return self.with_standing(day).unanswered().filter(is_member=True)

    def with_sendings(self) -> Self:
        """Each with `last_sent`, `last_reminded` and `reminders`."""
        reminder = Q(sendings__is_reminder=True)
        return self.annotate(
            last_sent=models.Max("sendings__at"),
            last_reminded=models.Max("sendings__at", filter=reminder),
            reminders=models.Count("sendings", filter=reminder),
        )


class Asked(Linked, OfBoth):
    """A member of the day on which the enquiry was opened.

    Whoever has its link answers for the member, on that page and nowhere else. The times tell which
    parts have been saved, and `answered_at` when all of it was sent. Nobody counts openings.
    """

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="asked")
    member = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    details_at = models.DateTimeField(null=True, blank=True)
    contacts_at = models.DateTimeField(null=True, blank=True)
    questions_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    way = models.CharField(max_length=10, choices=Way.choices, blank=True)
    answered_by = models.CharField(_("your name"), max_length=120, blank=True)
    answered_as = models.CharField(_("your role"), max_length=120, blank=True)
    by = SubjectField(blank=True)  # the person, if signed in; or the office's
    note = models.CharField(_("note"), max_length=400, blank=True)  # the office's own

    # The activity tells that a member answered, not who it was.
    untold: ClassVar[frozenset[str]] = frozenset({"answered_by", "answered_as", "by", "note"})

    objects: ClassVar[Any] = AskedQuerySet.as_manager()

    class Meta:
        verbose_name = _("member asked")
        verbose_name_plural = _("members asked")
        ordering = ["member__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["enquiry", "member"], name="enquiries_asked_once"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | ~Q(way=""), name="enquiries_asked_way"
            ),
        ]
        indexes = [models.Index(fields=["enquiry", "answered_at"], name="enquiries_asked_answered")]

    def __str__(self) -> str:
        return f"{self.member}: {self.enquiry}"

    def get_absolute_url(self) -> str:
        return reverse("enquiries:asked", args=[self.enquiry.key, self.key])

    def outweighs(self, rival: Any) -> bool:
        """An answer stays, and not that nobody has answered."""
        if self.is_answered and rival.is_answered:
            words = {"enquiry": self.enquiry, "one": rival.member, "other": self.member}
            said = _("Both %(one)s and %(other)s have answered “%(enquiry)s”.")
            raise ValidationError(said % words, code="answered")
        return self.is_answered or (self.is_begun and not rival.is_begun and not rival.is_answered)

    @property
    def about(self) -> str:
        return self.enquiry.subject

    @property
    def is_answered(self) -> bool:
        return self.answered_at is not None

    @property
    def is_begun(self) -> bool:
        return any(getattr(self, step) for step in STEPS) and not self.is_answered
