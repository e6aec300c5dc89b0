"""What every row has: a public key that never changes, and a circle."""

from typing import ClassVar

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from tillit.kit.circles import Circled
from tillit.kit.fields import ByteOrderField

valid_key = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9.-]*\Z",
    _("A key has only a–z, 0–9, hyphen and full stop."),
    code="key",
)


class Row(Circled):
    """A row known to the outside by its key: in addresses, sources, exports."""

    key = ByteOrderField(max_length=200, unique=True, validators=[valid_key])

    class Meta:
        abstract = True

    noun: ClassVar[str]

    def __init_subclass__(cls, **kwargs: object) -> None:
        super().__init_subclass__(**kwargs)
        cls.noun = cls.__name__.lower()

    @property
    def subject(self) -> str:
        """How other rows point here without knowing what it is: `organisation:natverket`."""
        return f"{self.noun}:{self.key}"

    @property
    def about(self) -> str:
        """The subject on whose page the row is told: of an address, its organisation."""
        return self.subject
