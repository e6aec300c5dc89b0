"""Numbers of parts: the next, changing places, making room, closing gaps."""

from dataclasses import dataclass
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tillit.agreements import numbering

PARTS = st.lists(st.integers(1, 5), min_size=1, max_size=3).map(tuple)


@dataclass(frozen=True)
class Row:
    name: int
    number: Any


def rows(several):
    return [Row(name, ".".join(map(str, it))) for name, it in enumerate(sorted(several))]


def after(before, new):
    by_row = dict(new)
    return [Row(it.name, by_row.get(it, it.number)) for it in before]


def order(several):
    return [it.name for it in sorted(several, key=lambda it: numbering.parts_of(it.number))]


@given(st.sets(PARTS, min_size=1, max_size=8), st.data())
def test_moving_down_and_up_again_is_nothing(several, data):
    before = rows(several)
    it = data.draw(st.sampled_from(before))
    moved = after(before, numbering.moved(before, it, 1))
    assert len({row.number for row in moved}) == len(before)
    if moved != before:
        back = next(row for row in moved if row.name == it.name)
        assert after(moved, numbering.moved(moved, back, -1)) == before


@given(st.sets(PARTS, max_size=8), PARTS)
def test_where_room_is_made_the_number_is_free_and_the_order_the_same(several, number):
    before, free = rows(several), ".".join(map(str, number))
    made = after(before, numbering.making_room(before, free))
    assert free not in {it.number for it in made}
    assert len({it.number for it in made}) == len(before)
    assert order(made) == order(before)


@given(st.sets(PARTS, max_size=8))
def test_closing_gaps_keeps_the_order_and_the_second_time_is_nothing(several):
    before = rows(several)
    made = after(before, numbering.closed(before))
    assert len({it.number for it in made}) == len(before)
    assert order(made) == order(before)
    assert numbering.closed(made) == []


def test_the_next_comes_after_the_last_of_the_outermost():
    assert numbering.next_number(["1", "2.10", "2.9"], "1") == "3"
    assert numbering.next_number([], "1") == "1"
    assert numbering.next_number([4, 2]) == 5
