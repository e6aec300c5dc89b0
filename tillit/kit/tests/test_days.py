"""Days as people write and read them."""

from contextlib import suppress
from datetime import date

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from tillit.kit.bounds import Edge, read_bound
from tillit.kit.days import DayError, format_bound, format_period, read_day
from tillit.kit.periods import Period

NOW = date(2026, 11, 22)


@pytest.mark.parametrize(
    "text",
    ["2012-02-30", "2104-01-01", "1799-12-31", "12-12-31", "igår", "20121231", "2012-1-1", "<b>"],
)
def test_what_is_no_day_is_refused_with_an_example(text):
    with pytest.raises(DayError) as refused:
        read_day(text, NOW)
    assert str(refused.value)


@given(st.text())
def test_any_text_is_a_day_or_refused(text):
    with suppress(DayError):
        assert isinstance(read_day(text, NOW), date)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2012-12-31", "31 dec 2012"),
        ("2014-05-02", "2 maj 2014"),
        ("2012-12", "december 2012"),
        ("2013-23", "hösten 2013"),
        ("2012", "2012"),
        ("[..2011-12-31]", "senast 31 dec 2011"),
        ("[2006..2011]", "mellan 2006 och 2011"),
    ],
)
def test_bounds_are_written_in_swedish(text, words):
    with override("sv"):
        assert format_bound(read_bound(text, Edge.START)) == words


@pytest.mark.parametrize(
    ("start", "end", "seen", "words"),
    [
        ("2006", "2013", "", "2006 – 2013"),
        ("2014", "", "", "från 2014"),
        ("2014", "..", "", "från 2014"),
        ("", "2013", "", "till 2013"),
        ("", "", "2012-12-31", "känt 31 dec 2012"),
        ("", "", "", "okänd period"),
    ],
)
def test_periods_are_written_in_swedish(start, end, seen, words):
    with override("sv"):
        assert format_period(Period.read(start, end, seen)) == words
