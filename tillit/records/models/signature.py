"""That somebody signed a record for an organisation: exactly these bytes, and no others."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tillit.kit.models import Happened
from tillit.kit.swedish import fold
from tillit.records.choices import Way
from tillit.records.models.of_record import Done
from tillit.records.models.signed_copy import SignedCopy
from tillit.register.choices import Side
from tillit.register.models import Person

OTHER_TEXT = _(
    "What was signed is not what stands here: one of the two has been changed. Open the record again, "
    "read it, and sign that."
)


class Signature(Happened, Done):
    """A person signed for an organisation. The name is kept with what was signed, as it was written.

    `sha256` is that of the signed bytes. Empty: the record's own are not known, nor those.
    """

    names_people: ClassVar[bool] = True

    name = models.CharField(_("name"), max_length=200, blank=True)
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="signatures"
    )
    role = models.CharField(_("role"), max_length=200, blank=True)
    side = models.CharField(_("side"), max_length=10, choices=Side.choices, blank=True)
    place = models.CharField(_("place of signing"), max_length=120, blank=True)
    dated = models.CharField(_("day"), max_length=40, blank=True, help_text="EDTF")
    way = models.CharField(_("how it was signed"), max_length=24, choices=Way.choices)
    sha256 = models.CharField(max_length=64, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)  # in Tillit: the moment
    copy = models.ForeignKey(
        SignedCopy, on_delete=models.SET_NULL, null=True, blank=True, related_name="signatures"
    )

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["record", "side", "dated", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "organisation"],
                condition=Q(way=Way.IN_TILLIT),
                name="records_signature_once",
                violation_error_message=_("The organisation has signed this record already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name or self.organisation}: {self.record}"

    @property
    def is_in_tillit(self) -> bool:
        return bool(self.way == Way.IN_TILLIT)

    def clean(self) -> None:
        super().clean()
        if not self.record.is_frozen:
            raise ValidationError(_("Only what has been established can be signed."))
        if self.sha256 != self.record.sha256:
            raise ValidationError(OTHER_TEXT, code="other_text")
        if self.is_in_tillit and not self.sha256:
            raise ValidationError(_("There is nothing to sign here: the file is not known."))

    def check_beside(self) -> None:
        """Nobody signs twice for the same organisation."""
        others = Signature.objects.filter(record=self.record_id, organisation=self.organisation_id)
        for other in others.exclude(pk=self.pk):
            if self.name and fold(other.name) == fold(self.name):
                raise ValidationError(
                    _now("%(name)s has signed for %(organisation)s already.")
                    % {"name": self.name, "organisation": self.organisation},
                    code="twice",
                )

    def sought_beside(self) -> dict[str, Any]:
        """Two organisations that become one may both have signed."""
        return {**super().sought_beside(), "way": self.way}

    def says_the_same(self, other: Any) -> bool:
        """Signatures of two persons are two."""
        return bool(fold(self.name) == fold(other.name)) and not self.is_in_tillit

    def outweighs(self, rival: Any) -> bool:
        raise ValidationError(_now("Both have signed the same record, and neither may go."))
