"""Long lists a page at a time."""

import pytest

from tillit.kit.lists import slice_of, write_cursor
from tillit.kit.refusal import Refused
from tillit.register.models import Organisation
from tillit.register.tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def names():
    given = ["Örebro", "Alfa", "Zeta", "Åhus", "Alfa", "Ärla", "Beta"]
    for number, name in enumerate(given):
        OrganisationFactory(key=f"nr-{number}", name=name, named=True)
    return ["Alfa", "Alfa", "Beta", "Zeta", "Åhus", "Ärla", "Örebro"]


def walk(size, direction="next"):
    rows, page = [], slice_of(Organisation.objects.all(), size=size)
    while True:
        rows.append([row.name for row in page.rows])
        if page.next is None:
            return rows, page
        page = slice_of(Organisation.objects.all(), page.next, size=size)


def test_every_row_comes_once_and_in_swedish_order(names):
    pages, _last = walk(3)
    assert [name for page in pages for name in page] == names
    assert [len(page) for page in pages] == [3, 3, 1]


def test_a_list_may_go_from_the_last_to_the_first(names):
    rows, by = Organisation.objects.all(), ("-sort_key", "key")
    first = slice_of(rows, size=4, by=by)
    second = slice_of(rows, first.next, size=4, by=by)
    assert [row.name for row in [*first.rows, *second.rows]] == names[::-1]
    assert second.next is None
    back = slice_of(rows, second.previous, size=4, by=by)
    assert [row.pk for row in back.rows] == [row.pk for row in first.rows]


def test_one_can_walk_back_the_same_way(names):
    _pages, last = walk(3)
    before = slice_of(Organisation.objects.all(), last.previous, size=3)
    first = slice_of(Organisation.objects.all(), before.previous, size=3)
    assert [row.name for row in before.rows] == names[3:6]
    assert [row.name for row in first.rows] == names[:3]
    assert first.previous is None
    assert first.next is not None


def test_the_number_of_all_rows_is_told(names):
    assert slice_of(Organisation.objects.all(), size=2).count == 7


def test_an_empty_list_has_no_neighbours():
    page = slice_of(Organisation.objects.all())
    assert (page.rows, page.count, page.next, page.previous) == ([], 0, None, None)


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "åäö",
        "e30",
        write_cursor("n", ["a"]),
        write_cursor("z", ["a", "b"]),
        write_cursor("n", ["a", "b\0"]),
        "[" * 9,
    ],
)
def test_a_broken_cursor_is_refused_in_words(cursor):
    with pytest.raises(Refused):
        slice_of(Organisation.objects.all(), cursor)


def test_a_cursor_with_a_key_that_is_no_number_is_refused():
    with pytest.raises(Refused):
        slice_of(Organisation.objects.all(), write_cursor("n", ["a", "b"]), by=("sort_key", "pk"))
