"""How to reach an organisation: the addresses of its contact persons and of its functions."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tillit.accounts.addresses import LONGEST, check, folded
from tillit.kit.loading.resolving import chunks
from tillit.kit.locks import one_at_a_time
from tillit.kit.models import Activity
from tillit.kit.periods import Reach
from tillit.kit.refusal import Refused
from tillit.register.choices import RoleKind
from tillit.register.models.kept import Kept, KeptQuerySet
from tillit.register.models.person import Person

TAKEN = _("The address is that of a function already in that time. Hand it over instead.")
WITHOUT_END = ("", "..")


class ContactQuerySet(KeptQuerySet):  # type: ignore[override] # its manager is its own
    def reached(self, day: date) -> Self:
        """Those that letters to their organisations go to on the day."""
        return self.on(day).filter(gets_letters=True).exclude(email="")

    def functions(self, address: str) -> Self:
        """All rows of the function that has the address."""
        return self.filter(email=folded(address), is_function=True)

    def opening(self, address: str, day: date) -> Self:
        """The row by which one signs in by the address on the day: its holder has confirmed it."""
        return self.functions(address).standing(day).filter(confirmed_at__isnull=False)


class Contact(Kept):
    """An address for a period, of a person or of a function.

    A function address (ordforande@…) belongs to the role: when another person holds it, a new row
    begins. Its holder signs in by it once both have been shown: that the mail is read, and that it
    is the holder who reads it (`confirmed_at`). On any day it has one holder.
    """

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name="contacts"
    )
    kind = models.CharField(
        _("role"), max_length=24, choices=RoleKind.choices, default=RoleKind.CONTACT_PERSON
    )
    # Not Django's field for e-mail: å may stand before the @.
    email = models.CharField(_("e-mail"), max_length=LONGEST, blank=True, validators=[check])
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    language = models.CharField(
        _("language"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    is_function = models.BooleanField(_("the address belongs to the role"), default=False)
    gets_letters = models.BooleanField(_("gets letters to the organisation"), default=True)
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)

    reach: ClassVar[Reach] = Reach(before=0)

    objects: ClassVar[Any] = ContactQuerySet.as_manager()

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
            models.UniqueConstraint(
                fields=["email"],
                condition=Q(is_function=True, end__in=WITHOUT_END),
                name="register_contact_one_holder",
                violation_error_message=TAKEN,
            ),
        ]

    def __str__(self) -> str:
        return self.email or self.phone

    def clean(self) -> None:
        super().clean()
        self.email = folded(self.email) if self.email else ""
        if not self.email and not self.phone:
            raise ValidationError({"email": _("Give an e-mail address or a phone number.")})
        if self.is_function and not self.email:
            raise ValidationError({"email": _("A function is reached by its e-mail address.")})

    def lock(self) -> None:
        super().lock()
        if self.is_function:
            one_at_a_time(f"register.function.{self.email}")

    def check_beside(self) -> None:
        self.check_all_beside([self])

    @classmethod
    def check_all_beside(cls, rows: Sequence["Contact"]) -> None:
        """On any day a function has one holder."""
        by_email = defaultdict(list)
        for row in rows:
            if row.pk and row.is_function:
                by_email[folded(row.email)].append(row)
        for chunk in chunks(by_email):
            for other in Contact.objects.filter(email__in=chunk, is_function=True).order_by():
                alike = (it for it in by_email[other.email] if it.pk != other.pk)
                if any(it.period.may_meet(other.period) for it in alike):
                    raise ValidationError({"email": TAKEN})

    def refuse_undo(self, activity: Activity) -> None:
        if self.is_function:
            raise Refused(_now("The address of a function is handed over, not undone."), 409)
