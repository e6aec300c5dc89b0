"""Somebody tells that something here can't be used; and what is done about it."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tillit.kit.circles import CircledQuerySet
from tillit.kit.fields import SubjectField
from tillit.kit.models import Activity, Row
from tillit.kit.refusal import Refused
from tillit.register.choices import ADMINISTRATORS


class DeedKind(models.TextChoices):
    TAKEN = "taken", _("Taken on")
    ANSWERED = "answered", _("Answered")
    MENDED = "mended", _("Mended")
    CLOSED = "closed", _("Closed without a change")


FINISHING = (DeedKind.MENDED, DeedKind.CLOSED)


class ReportQuerySet(CircledQuerySet):
    def unfinished(self) -> Self:
        done = ReportDeed.objects.filter(report=OuterRef("pk"), kind__in=FINISHING)
        return self.filter(~Exists(done))


class Report(Row):
    """What doesn't work and where. The address is for the answer alone."""

    untold: ClassVar[frozenset[str]] = frozenset({"what", "email", "language"})

    what = models.TextField(_("what doesn't work"), max_length=4000)
    where = models.CharField(_("on which page"), max_length=400, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES)
    sent_at = models.DateTimeField()
    emptied_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report on accessibility")
        verbose_name_plural = _("reports on accessibility")
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.sent_at:%Y-%m-%d} {self.where}"

    def guard(self) -> None:
        self.circle = ADMINISTRATORS

    def refuse_undo(self, activity: Activity) -> None:
        raise not_undone()

    def get_absolute_url(self) -> str:
        return reverse("privacy:report", args=[self.key])

    @property
    def state_in_words(self) -> str:
        """What was done last, of deeds that are at hand."""
        deeds = list(self.deeds.all())
        return str(deeds[-1].get_kind_display() if deeds else gettext("New")).lower()


class ReportDeed(Row):
    """Who did what with a report, and when. The latest one tells its state."""

    untold: ClassVar[frozenset[str]] = frozenset({"text"})

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="deeds")
    kind = models.CharField(_("what was done"), max_length=10, choices=DeedKind.choices)
    text = models.TextField(_("words"), max_length=4000, blank=True)
    by = SubjectField()
    behalf = SubjectField(blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("deed on a report")
        verbose_name_plural = _("deeds on reports")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.get_kind_display()}"

    def guard(self) -> None:
        self.circle = self.report.circle

    def refuse_undo(self, activity: Activity) -> None:
        raise not_undone()

    @property
    def about(self) -> str:
        return self.report.subject


def not_undone() -> Refused:
    return Refused(gettext("A report is answered by a new deed, not undone."), 409)
