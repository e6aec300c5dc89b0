"""How to reach an organisation: the addresses of its contact persons and of its functions."""

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tillit.kit.periods import Reach
from tillit.register.choices import RoleKind
from tillit.register.models.kept import Kept
from tillit.register.models.person import Person


class Contact(Kept):
    """An address for a period, of a person or of a function.

    A function address (ordforande@…) belongs to the role: when another person holds it, a new row
    begins, and whoever signs in by it is that person.
    """

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name="contacts"
    )
    kind = models.CharField(
        _("role"), max_length=24, choices=RoleKind.choices, default=RoleKind.CONTACT_PERSON
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    language = models.CharField(
        _("language"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    is_function = models.BooleanField(_("the address belongs to the role"), default=False)
    gets_letters = models.BooleanField(_("gets letters to the organisation"), default=True)

    reach: ClassVar[Reach] = Reach(before=0)

    class Meta(Kept.Meta):
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["organisation", "certain_from", "pk"]
        indexes = [models.Index(fields=["email"], name="register_contact_email")]
        constraints = [
            *Kept.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(email="") | ~Q(phone=""), name="register_contact_reaches_somebody"
            ),
        ]

    def __str__(self) -> str:
        return self.email or self.phone

    def clean(self) -> None:
        super().clean()
        self.email = self.email.strip().casefold()
        if not self.email and not self.phone:
            raise ValidationError({"email": _("Give an e-mail address or a phone number.")})
        if self.is_function and not self.email:
            raise ValidationError({"email": _("A function is reached by its e-mail address.")})
