"""Bounds as ISO 8601-2 writes them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from tillit.kit.bounds import Edge, Precision, read_bound

KNOWN = [
    ("2012-12-31", Precision.DAY, date(2012, 12, 31), date(2012, 12, 31)),
    ("2012-02", Precision.MONTH, date(2012, 2, 1), date(2012, 2, 29)),
    ("2013-23", Precision.SEASON, date(2013, 9, 1), date(2013, 11, 30)),
    ("2013-24", Precision.SEASON, date(2013, 12, 1), date(2014, 2, 28)),
    ("2012", Precision.YEAR, date(2012, 1, 1), date(2012, 12, 31)),
    ("[2006..2011-12-31]", Precision.BETWEEN, date(2006, 1, 1), date(2011, 12, 31)),
    ("[..2011-12-31]", Precision.BETWEEN, date.min, date(2011, 12, 31)),
    ("[2013-05-02..]", Precision.BETWEEN, date(2013, 5, 2), date.max),
    ("", Precision.UNKNOWN, date.min, date.max),
]


@pytest.mark.parametrize(("text", "precision", "earliest", "latest"), KNOWN)
def test_a_bound_is_read_with_its_precision(text, precision, earliest, latest):
    bound = read_bound(text, Edge.START)
    assert (bound.precision, bound.earliest, bound.latest) == (precision, earliest, latest)


def test_an_open_bound_has_no_limit_on_its_side():
    assert read_bound("..", Edge.START).latest == date.min
    assert read_bound("..", Edge.END).earliest == date.max


@pytest.mark.parametrize(
    "text",
    [
        "2012-02-30",
        "2012-13",
        "12-12-31",
        "2012/13",
        "[..]",
        "[2013..2012]",
        "[[2012..]",
        "i går",
        "٢٠١٢",
        "2012-1-1",
        "0999",
        "2201",
        "2012-12-31T10:00",
        "[2012]",
        "[a..b]",
        "[..2012..]",
    ],
)
def test_what_is_no_day_is_refused_in_words(text):
    with pytest.raises(ValidationError) as refused:
        read_bound(text, Edge.START)
    assert refused.value.code == "bound"


@given(st.text(max_size=30))
def test_any_text_is_a_bound_or_refused(text):
    try:
        bound = read_bound(text, Edge.END)
    except ValidationError:
        return
    assert bound.earliest <= bound.latest


@given(st.dates(date(1000, 1, 1), date(2200, 12, 31)))
def test_a_day_reads_back_as_itself(day):
    assert read_bound(day.isoformat(), Edge.START).earliest == day
