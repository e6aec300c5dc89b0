"""What holds on a day, surely or by assumption."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import assume, given
from hypothesis import strategies as st

from tillit.kit.periods import (
    WITHOUT_LIMIT,
    Period,
    Reach,
    Standing,
    read_seen,
    seen_within,
    split_period,
)

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
BOUNDS = st.one_of(
    st.sampled_from(["", ".."]),
    DAYS.map(date.isoformat),
    DAYS.map(lambda day: day.isoformat()[:7]),
    DAYS.map(lambda day: str(day.year)),
    st.tuples(DAYS, DAYS).map(lambda two: f"[{min(two)}..{max(two)}]"),
)


@st.composite
def periods(draw, reach=WITHOUT_LIMIT):
    seen = draw(st.one_of(st.just(""), DAYS.map(date.isoformat)))
    try:
        return Period.read(draw(BOUNDS), draw(BOUNDS), seen, reach)
    except ValidationError:
        assume(False)


def test_a_known_period_holds_from_its_first_to_its_last_day():
    period = Period.read("2012-01-01", "2012-06-30")
    assert period.standing_on(date(2011, 12, 31)) is Standing.NOT
    assert period.standing_on(date(2012, 1, 1)) is Standing.KNOWN
    assert period.standing_on(date(2012, 6, 30)) is Standing.KNOWN
    assert period.standing_on(date(2012, 7, 1)) is Standing.NOT


def test_a_beginning_known_to_the_year_is_sure_from_its_last_day():
    period = Period.read("2012", "", "2012-12-31")
    assert period.standing_on(date(2011, 12, 31)) is Standing.NOT
    assert period.standing_on(date(2012, 6, 30)) is Standing.ASSUMED
    assert period.standing_on(date(2012, 12, 31)) is Standing.KNOWN


def test_an_unknown_end_is_assumed_to_go_on_without_limit():
    period = Period.read("[2006..2011-12-31]", "", "2012-12-31")
    assert period.standing_on(date(2011, 12, 31)) is Standing.KNOWN
    assert period.standing_on(date(2010, 1, 1)) is Standing.ASSUMED
    assert period.standing_on(date(2025, 1, 1)) is Standing.ASSUMED
    assert period.standing_on(date(2005, 12, 31)) is Standing.NOT


def test_a_reach_ends_the_assumption():
    period = Period.read("", "", "2012-01-01/2012-12-31", Reach(before=0, after=731))
    assert period.standing_on(date(2011, 12, 31)) is Standing.NOT
    assert period.standing_on(date(2014, 12, 31)) is Standing.ASSUMED
    assert period.standing_on(date(2015, 1, 2)) is Standing.NOT


def test_an_open_end_is_sure_for_ever():
    assert Period.read("1999-01-01", "..").standing_on(date(2100, 1, 1)) is Standing.KNOWN


def test_a_period_of_one_year_holds_all_that_year():
    period = Period.read("2012", "2012")
    assert period.standing_on(date(2012, 1, 1)) is Standing.KNOWN
    assert period.standing_on(date(2012, 12, 31)) is Standing.KNOWN


@pytest.mark.parametrize(
    ("start", "end", "seen"),
    [
        ("2013", "2012", ""),
        ("2012-06-01", "2012-05-31", ""),
        ("..", "..", "2012-12-31/2012-01-01"),
        ("2012-01-01", "2012-12-31", "2013-05-02"),
        ("2012-01-01", "", "2011"),
    ],
)
def test_an_impossible_period_is_refused(start, end, seen):
    with pytest.raises(ValidationError):
        Period.read(start, end, seen)


def test_seen_must_be_known():
    for text in ("..", "2012/..", "/2012"):
        with pytest.raises(ValidationError):
            read_seen(text)


def test_a_period_needs_its_slash():
    assert split_period("2012-01-01/..") == ("2012-01-01", "..")
    with pytest.raises(ValidationError):
        split_period("2012-01-01")


@given(periods(), DAYS)
def test_what_is_sure_is_possible(period, day):
    if period.certain_from <= day <= period.certain_until:
        assert period.possible_from <= day <= period.possible_until
        assert period.standing_on(day) is Standing.KNOWN


@given(periods())
def test_a_day_seen_is_sure(period):
    if period.seen_first:
        assert period.standing_on(period.seen_first.latest) is Standing.KNOWN


@given(periods())
def test_the_possible_days_are_never_none(period):
    assert period.possible_from <= period.possible_until


@given(periods(Reach(before=0, after=731)))
def test_a_reach_never_takes_away_what_is_sure(period):
    assume(period.is_ever_certain)
    assert period.active_on(period.certain_from)
    assert period.active_on(period.certain_until)


@given(periods(), periods())
def test_overlap_is_mutual_and_real(one, other):
    assert one.surely_overlaps(other) == other.surely_overlaps(one)
    if one.surely_overlaps(other):
        day = max(one.certain_from, other.certain_from)
        assert one.standing_on(day) is other.standing_on(day) is Standing.KNOWN


@pytest.mark.parametrize(
    ("start", "end", "day", "standing"),
    [
        ("[2006..2011]", "2010", "2010-06-01", Standing.ASSUMED),  # it may have begun later
        ("2013-23", "2013", "2013-10-01", Standing.ASSUMED),
        ("", "..", "2012-01-01", Standing.ASSUMED),
        ("..", "", "2012-01-01", Standing.ASSUMED),
        ("..", "..", "1850-01-01", Standing.KNOWN),
        ("", "2012-12-31", "2012-12-31", Standing.KNOWN),
        ("2012-01-01", "", "2012-01-01", Standing.KNOWN),
        ("2010", "2012", "2011-06-01", Standing.KNOWN),
    ],
)
def test_only_what_no_reading_of_the_bounds_denies_is_sure(start, end, day, standing):
    assert Period.read(start, end).standing_on(date.fromisoformat(day)) is standing


def test_one_may_leave_and_come_back_within_a_year():
    before, after = Period.read("2010", "2012"), Period.read("2012", "..")
    assert not before.surely_overlaps(after)


def test_seen_in_a_year_of_which_it_held_a_part_is_no_contradiction():
    period = Period.read("2012-05-01", "", "2012")
    assert period.standing_on(date(2012, 4, 30)) is Standing.NOT
    assert period.standing_on(date(2012, 12, 31)) is Standing.KNOWN


def test_reach_limits_an_end_that_is_only_known_to_be_late():
    period = Period.read("2012-01-01", "[2014..]", reach=Reach(before=0, after=731))
    assert period.standing_on(date(2015, 1, 1)) is Standing.ASSUMED
    assert period.standing_on(date(2020, 1, 1)) is Standing.NOT


@pytest.mark.parametrize(
    ("seen", "start", "end", "left"),
    [
        ("2024-06-01", "2020", "", "2024-06-01"),
        ("2024-06-01", "2020", "2024-05-16", ""),
        ("2012/2024", "2015", "2020-06", "2015-01-01/2020-06-30"),
        ("2012/2024", "2015-03-01", "2015-03-01", "2015-03-01"),
        ("2012", "..", "..", "2012"),
        ("", "2012", "2013", ""),
    ],
)
def test_what_was_seen_is_cut_to_new_bounds(seen, start, end, left):
    assert seen_within(seen, start, end) == left


@given(start=BOUNDS, end=BOUNDS, seen=st.tuples(DAYS, DAYS))
def test_what_is_left_of_seen_never_contradicts_the_bounds(start, end, seen):
    written = f"{min(seen)}/{max(seen)}"
    try:
        Period.read(start, end)
    except ValidationError:
        assume(False)
    Period.read(start, end, seen_within(written, start, end))
