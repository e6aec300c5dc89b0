"""What every row has: a public key that never changes, and a circle."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from tillit.kit.circles import Circled
from tillit.kit.fields import ByteOrderField

valid_key = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9.-]*\Z",
    _("A key has only a–z, 0–9, hyphen and full stop."),
    code="key",
)


@cache
def words_for(field: Any) -> Mapping[Any, Any]:
    """What the values of a column with choices are called, in whatever language it is asked."""
    return dict(field.flatchoices)


class Row(Circled):
    """A row known to the outside by its key: in addresses, sources, exports."""

    key = ByteOrderField(max_length=200, unique=True, validators=[valid_key])

    class Meta:
        abstract = True

    noun: ClassVar[str]
    untold: ClassVar[frozenset[str]] = frozenset()  # columns that the activity says nothing of
    carried: ClassVar[bool] = True  # whether an export has it: see carrying
    noun_and_key: ClassVar[tuple[str, str] | None] = (
        None  # columns that name a row by the two of them
    )
    carried_as: ClassVar[dict[str, Any]] = {}  # columns that an export tells by an expression

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

    @property
    def told_to(self) -> tuple[str, str]:
        """The circles that read what is done with the row: its own, and the second if it has one."""
        return self.circle, getattr(self, "also", "")

    def refuse_undo(self, activity: Any) -> None:
        """Raise Refused when the change is part of a deed that is taken back in another way."""

    @property
    def told_when_gone(self) -> tuple[str, str]:
        """The circles that read what the row said, once it has been removed as wrong."""
        return self.told_to

    def lock(self) -> None:
        """Let nobody else write rows that a rule holds together with this one, for the transaction."""

    def _get_FIELD_display(self, field: Any) -> str:  # noqa: N802 (Django's name)
        """As Django's, which translates and hashes all choices for each value that is told."""
        value = getattr(self, field.attname)
        return str(words_for(field).get(value, "" if value is None else value))

    @classmethod
    def lock_all(cls, rows: Sequence[Any]) -> None:
        """`lock` for many rows."""
        for row in rows:
            row.lock()

    def check_beside(self) -> None:
        """Rules of several rows, asked when all that is done together is written; of removed ones too.

        Raises ValidationError.
        """

    def settle(self, day: date) -> None:
        """See to what follows from the row in others, be it removed too."""

    @classmethod
    def check_all_beside(cls, rows: Sequence[Any]) -> None:
        """`check_beside` of many rows. A noun that comes by the thousand asks for all at once."""
        for row in rows:
            row.check_beside()

    def take_along(self) -> None:
        """Let what belongs to the row be read by its readers, when it has moved to others."""

    @classmethod
    def settle_all(cls, rows: Sequence[Any], day: date) -> None:
        """`settle` of many rows."""
        for row in rows:
            row.settle(day)

    def sought_beside(self) -> dict[str, Any]:
        """Columns and values by which rows are found that may say the same; empty: none can."""
        return {}

    def says_the_same(self, other: Any) -> bool:
        """Whether it and one found that way are one, once what they belong to is (see merging)."""
        return True

    def take_in(self, other: Any) -> dict[str, Any]:
        """What it says otherwise once it is one with another that says the same."""
        return {}

    def give_way(self, kept: Any) -> dict[str, Any]:
        """What it must say otherwise when it comes to belong to the kept row."""
        return {}

    def come_back(self, twin: Any) -> dict[str, Any] | None:
        """What it says otherwise when a merge is undone in which it became one with the twin.

        The twin is as it is now, or None if it has been removed since. None: it stays away.
        """
        return None if twin is None else {}

    def outweighs(self, rival: Any) -> bool:
        """Of two of which only one may be: whether it stays, and not the one that was there.

        Raises ValidationError when neither may go.
        """
        return False
