"""The shapes of what stands in files. Every value arrives as text; a shape says which may stand."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any, Self

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator

from tillit.kit.bounds import Edge, read_bound
from tillit.kit.lines import TURNING
from tillit.kit.loading.faults import UNPRINTABLE, Wrong, one_of, quoted
from tillit.kit.models.row import valid_key
from tillit.kit.periods import Period, split_period

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_SLUG = 80  # circles and the keys of sub-rows are built of these
LONGEST_KEY = 200
LONGEST_TEXT = 4000
LONGEST_PROSE = 40_000  # a chapter


def text(value: object) -> str:
    return at_most(LONGEST_TEXT)(as_written(value))


def prose(value: object) -> str:
    """A text of many paragraphs, such as a section of an agreement."""
    return at_most(LONGEST_PROSE)(as_written(value))


def as_written(value: object) -> str:
    """Text as it is written, HTML and all. Control characters neither show nor can be stored."""
    if not isinstance(value, str):
        raise Wrong(_("a text is expected here"), _("write one text, not a list or a mapping"))
    if UNPRINTABLE.search(value):
        raise Wrong(_("the text holds a control character"), _("take it away"))
    return value.strip()


def at_most(length: int) -> Callable[[str], str]:
    def short(written: str) -> str:
        if len(written) > length:
            raise Wrong(
                _("the text is %(length)s characters long") % {"length": len(written)},
                _("write %(most)s at most") % {"most": length},
            )
        return written

    return short


def line(value: object) -> str:
    written = text(value)
    if "\n" in written:
        raise Wrong(_("the text must stand on one line"), _("take the line breaks away"))
    if not TURNING.isdisjoint(written):
        raise Wrong(_("the text holds a character that turns the writing"), _("take it away"))
    return written


def slug(value: object) -> str:
    written = line(value)
    if not SLUG.fullmatch(written) or len(written) > LONGEST_SLUG:
        raise Wrong(
            _("“%(key)s” is not a key") % {"key": quoted(written)},
            _("write a–z, 0–9 and single hyphens, %(most)s characters at most")
            % {"most": LONGEST_SLUG},
        )
    return written


def row_key(value: object) -> str:
    """A key that was worked out of others, and so may have full stops."""
    written = line(value)
    try:
        valid_key(written)
    except ValidationError as error:
        raise Wrong(said(error), _("mend the key")) from None
    return at_most(LONGEST_KEY)(written)


def truth(value: object) -> bool:
    written = line(value)
    if written not in {"true", "false"}:
        raise Wrong(
            _("“%(word)s” is neither true nor false") % {"word": quoted(written)},
            _("write true, or leave it out"),
        )
    return written == "true"


def whole(value: object) -> int:
    written = line(value)
    if not re.fullmatch(r"-?\d{1,18}", written, re.ASCII):
        raise Wrong(
            _("“%(word)s” is not a whole number") % {"word": quoted(written)},
            _("write digits only, without spaces"),
        )
    return int(written)


def decimal(value: object) -> Decimal:
    written = line(value)
    if not re.fullmatch(r"-?\d{1,9}(\.\d{1,9})?", written, re.ASCII):
        raise Wrong(
            _("“%(word)s” is not a number") % {"word": quoted(written)},
            _("write digits with a decimal point, for example 0.95"),
        )
    return Decimal(written)


def word_of(choices: type[TextChoices], *but: str) -> BeforeValidator:
    """One word of a closed vocabulary, but for some that a file can't say."""
    words = [it for it in choices.values if it not in but]

    def word(value: object) -> str:
        written = line(value)
        if written not in words:
            raise Wrong(
                _("“%(word)s” may not stand here") % {"word": quoted(written)},
                one_of(words, written),
            )
        return written

    return BeforeValidator(word)


def bound(value: object) -> str:
    """A day as precise as it is known."""
    written = line(value)
    checked(lambda: read_bound(written, Edge.START))
    return written


Text = Annotated[str, BeforeValidator(text)]
Prose = Annotated[str, BeforeValidator(prose)]
Line = Annotated[str, BeforeValidator(line)]
Slug = Annotated[str, BeforeValidator(slug)]
Key = Annotated[str, BeforeValidator(row_key)]
Flag = Annotated[bool, BeforeValidator(truth)]
Whole = Annotated[int, BeforeValidator(whole)]
Number = Annotated[Decimal, BeforeValidator(decimal)]
Day = Annotated[str, BeforeValidator(bound)]


def said(error: ValidationError) -> str:
    return " ".join(error.messages)


def checked(read: Callable[[], Any], field: str = "") -> Any:
    """What is read, with Django's error turned into ours."""
    try:
        return read()
    except ValidationError as error:
        # “Seen” may be wrong in itself or against the period; it says so by its code.
        at = "seen" if getattr(error, "code", "") == "seen" else field
        raise Wrong(said(error), _("mend the days"), at) from None


class Shape(BaseModel):
    """A mapping with known keys. A key without a value is as if left out."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def without_empty(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        known = cls.model_fields
        return {
            key: value for key, value in given.items() if key not in known or not is_empty(value)
        }


def is_empty(value: object) -> bool:
    return isinstance(value, str) and not value.strip()


class DatedShape(Shape):
    """A row that holds for a period."""

    period: Line = ""
    seen: Line = ""

    @model_validator(mode="after")
    def must_be_possible(self) -> Self:
        checked(lambda: self.bounds, "period")
        checked(lambda: self.held, "period")
        return self

    @property
    def bounds(self) -> tuple[str, str]:
        return split_period(self.period) if self.period else ("", "")

    @property
    def held(self) -> Period:
        return Period.read(*self.bounds, self.seen)

    @property
    def dates(self) -> dict[str, str]:
        """The columns of a dated row."""
        start, end = self.bounds
        return {"start": start, "end": end, "seen": self.seen}
