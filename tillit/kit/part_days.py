"""Days as people type them, as far as they know them: a year, a month or a day."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.kit.bounds import Bound, Edge, Precision, read_bound
from tillit.kit.days import EARLIEST, YEARS_AHEAD, format_bound, today

TYPED = {Precision.DAY, Precision.MONTH, Precision.YEAR}
DASHES = str.maketrans(dict.fromkeys("–—‐‑−/.", "-"))
MONTHS = {
    name: number
    for number, names in enumerate(
        [
            ("jan", "januari", "january"),
            ("feb", "februari", "february"),
            ("mar", "mars", "march"),
            ("apr", "april"),
            ("maj", "may"),
            ("jun", "juni", "june"),
            ("jul", "juli", "july"),
            ("aug", "augusti", "august"),
            ("sep", "sept", "september"),
            ("okt", "oktober", "oct", "october"),
            ("nov", "november"),
            ("dec", "december"),
        ],
        start=1,
    )
    for name in names
}
HINT = gettext_lazy(
    "A year, a month or a day: 2024, 2024-05 or 2024-05-17. Leave it empty if you don't know."
)


def as_edtf(text: str) -> str:
    """What people write of a day, as ISO 8601 writes it: 17 maj 2024 is 2024-05-17."""
    text = " ".join(text.split()).casefold()
    if in_words := re.fullmatch(r"(?:(\d{1,2})\.? )?([a-z]{3,9})\.? (\d{4})", text, re.ASCII):
        day, month, year = in_words.groups()
        if month in MONTHS:
            return "-".join([year, f"{MONTHS[month]:02}", *([f"{day:0>2}"] if day else [])])
    if together := re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text, re.ASCII):
        return "-".join(together.groups())
    parts = text.translate(DASHES).replace(" ", "").split("-")
    return "-".join(f"{part:0>2}" for part in parts)


class PartDayField(forms.CharField):
    """A day, as far as it is known. It gives the day as ISO 8601-2 writes it, empty for unknown.

    What a row has and nobody types, such as some day between two others, stands there in words, and
    stays as long as the words stay.
    """

    def __init__(self, *, edge: Edge, kept: str = "", **kwargs: Any) -> None:
        self.edge, self.kept = edge, kept
        kwargs.setdefault("help_text", HINT)
        kwargs.setdefault("max_length", 60)
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "autocomplete": "off", "class": "field__short"}

    def prepare_value(self, value: Any) -> Any:
        return self.in_words(value) if value and value == self.kept else value

    def in_words(self, text: str) -> str:
        """The bound as it stands in the field: as it is typed, or in words if nobody types it so."""
        bound = read_bound(text, self.edge)
        return text if bound.precision in TYPED or not text else format_bound(bound)

    def clean(self, value: str | None) -> str:
        text = super().clean(value)
        if not text or (self.kept and text in {self.kept, self.in_words(self.kept)}):
            return self.kept if text else ""
        return self.known(text).text

    def known(self, text: str) -> Bound:
        try:
            bound = read_bound(as_edtf(text), self.edge)
        except ValidationError:
            bound = None
        if bound is None or bound.precision not in TYPED:
            raise ValidationError(
                _("“%(text)s” is not a day. Write for example 2024, 2024-05 or 2024-05-17.")
                % {"text": text[:40]},
                code="day",
            )
        last = date(today().year + YEARS_AHEAD, 12, 31)
        if bound.latest < EARLIEST or bound.earliest > last:
            raise ValidationError(
                _("Write a year between %(first)s and %(last)s.")
                % {"first": EARLIEST.year, "last": last.year},
                code="far",
            )
        return bound
