"""Days as people write and read them: `?on=2012-12-31`, “31 dec 2012”, “hösten 2013”."""

import re
from datetime import date

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tillit.kit.bounds import Bound, Precision
from tillit.kit.periods import Period
from tillit.kit.refusal import Refused

EARLIEST = date(1800, 1, 1)
YEARS_AHEAD = 10
SEASON_NAMES = {
    "21": gettext_lazy("spring %(year)s"),
    "22": gettext_lazy("summer %(year)s"),
    "23": gettext_lazy("autumn %(year)s"),
    "24": gettext_lazy("winter %(year)s"),
}


class DayError(ValueError):
    """What was typed is no day that can be asked about. The message is for the person."""


def today() -> date:
    """The day here and now. Only views and commands ask; a rule is given its day."""
    return timezone.localdate()


def read_day(text: str, now: date) -> date:
    """The day that the text writes. Raises DayError, worded for the person who wrote it."""
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            raise ValueError(text)
        day = date.fromisoformat(text)
    except ValueError:
        raise DayError(
            _("“%(text)s” is not a day. Write year-month-day, for example 2012-12-31.")
            % {"text": text[:40]}
        ) from None
    latest = date(now.year + YEARS_AHEAD, 12, 31)
    if not EARLIEST <= day <= latest:
        raise DayError(
            _("Choose a day between %(first)s and %(last)s.") % {"first": EARLIEST, "last": latest}
        )
    return day


def asked_day(request: HttpRequest) -> date:
    """The day that the page is asked to show: `?on=`, or today. Raises Refused."""
    text = request.GET.get("on", "").strip()
    if not text:
        return today()
    try:
        return read_day(text, today())
    except DayError as error:
        raise Refused(str(error), field="on", typed=text)


class DayField(forms.CharField):
    """A day in a form, kept as typed when it is wrong."""

    def clean(self, value: str | None) -> date | None:
        text = super().clean(value)
        try:
            return read_day(text, today()) if text else None
        except DayError as error:
            raise forms.ValidationError(str(error))


def _written(day: date, pattern: str) -> str:
    """By the pattern, with the months of Swedish in small letters and without full stops."""
    text = date_format(day, pattern).replace(".", "")
    return text.lower() if get_language() == "sv" else text


def format_day(day: date) -> str:
    """31 dec 2012."""
    return _written(day, "j M Y")


def format_bound(bound: Bound) -> str:  # noqa: PLR0911 (one answer for each precision)
    """The bound in words, as precise as it is known."""
    match bound.precision:
        case Precision.DAY:
            return format_day(bound.earliest)
        case Precision.MONTH:
            return _written(bound.earliest, "F Y")
        case Precision.SEASON:
            return SEASON_NAMES[bound.text[-2:]] % {"year": bound.text[:4]}
        case Precision.YEAR:
            return str(bound.earliest.year)
        case Precision.BETWEEN:
            return _format_between(*bound.parts)
        case Precision.OPEN:
            return _("no end")
        case _:
            return _("unknown")


def _format_between(first: Bound, last: Bound) -> str:
    if first.is_unknown:
        return _("%(day)s at the latest") % {"day": format_bound(last)}
    if last.is_unknown:
        return _("%(day)s at the earliest") % {"day": format_bound(first)}
    return _("between %(first)s and %(last)s") % {
        "first": format_bound(first),
        "last": format_bound(last),
    }


def format_period(period: Period) -> str:
    """The period in words: “2006 – 2013”, “since 2014”, “seen 31 dec 2012”."""
    start, end = period.start, period.end
    if Precision.BETWEEN in {start.precision, end.precision}:
        return _format_between_bounds(start, end)
    if _says_nothing(start) and _says_nothing(end):
        return format_seen(period) or _("period unknown")
    if start.text == end.text:
        return format_bound(start)
    if _says_nothing(end):
        return _("from %(start)s") % {"start": format_bound(start)}
    if _says_nothing(start):
        return _("until %(end)s") % {"end": format_bound(end)}
    return f"{format_bound(start)} – {format_bound(end)}"


def _format_between_bounds(start: Bound, end: Bound) -> str:
    """A period of which a bound lies somewhere in between reads best as two statements."""
    began = "" if _says_nothing(start) else _("began %(start)s") % {"start": format_bound(start)}
    ended = "" if _says_nothing(end) else _("ended %(end)s") % {"end": format_bound(end)}
    return ", ".join(filter(None, [began, ended]))


def _says_nothing(bound: Bound) -> bool:
    return bound.is_unknown or bound.is_open


def format_seen(period: Period) -> str:
    first, last = period.seen_first, period.seen_last
    if first is None or last is None:
        return ""
    if first.text == last.text:
        return _("known %(day)s") % {"day": format_bound(first)}
    return _("known %(first)s – %(last)s") % {
        "first": format_bound(first),
        "last": format_bound(last),
    }
