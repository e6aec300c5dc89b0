"""Whether an umbrella takes new members, and what they agree to."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tillit.kit.models import Row
from tillit.register.models.organisation import Organisation


class Admissions(Row):
    """One row for an umbrella, written by its office and read by whoever wants to become a member."""

    umbrella = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="admissions"
    )
    is_open = models.BooleanField(_("one can apply"), default=False)
    welcome = models.TextField(_("who can become a member"), blank=True, max_length=4000)
    terms = models.TextField(_("what a member agrees to"), blank=True, max_length=8000)

    class Meta:
        verbose_name = _("admissions")
        verbose_name_plural = _("admissions")

    def __str__(self) -> str:
        return str(self.umbrella)

    def guard(self) -> None:
        self.circle = self.umbrella.circle

    @property
    def about(self) -> str:
        return self.umbrella.subject

    def get_absolute_url(self) -> str:
        return reverse("register:membership-apply", args=[self.umbrella.key])
