"""How an installation begins: as a demo, with what was loaded, or by the guide."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.kit.fields import SubjectField


class FirstRun(models.Model):
    """The one row about the beginning. As long as it isn't finished every page leads to the guide."""

    began_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    finished_by = SubjectField(blank=True)

    ONLY: ClassVar[int] = 1

    class Meta:
        verbose_name = _("first run")
        verbose_name_plural = _("first runs")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="site_first_run_one")]

    def __str__(self) -> str:
        return f"{self.began_at:%Y-%m-%d}"

    @classmethod
    def current(cls) -> "FirstRun | None":
        return cls.objects.filter(pk=cls.ONLY).first()

    @classmethod
    def finish(cls, now: datetime, by: str = "") -> None:
        """Open the doors; once."""
        cls.objects.filter(finished_at=None).update(finished_at=now, finished_by=by)


class FirstCode(models.Model):
    """The code from the terminal, as a digest: right once, wrong a few times, and gone."""

    digest = models.CharField(max_length=64)
    tries_left = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()

    ONLY: ClassVar[int] = 1

    class Meta:
        verbose_name = _("first code")
        verbose_name_plural = _("first codes")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="site_first_code_one")]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}"


class Postponement(models.Model):
    """A step of the guide that somebody left for later. It stays on the administrators' desk."""

    step = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField(auto_now_add=True)
    by = SubjectField()

    class Meta:
        verbose_name = _("postponement")
        verbose_name_plural = _("postponements")

    def __str__(self) -> str:
        return self.step
