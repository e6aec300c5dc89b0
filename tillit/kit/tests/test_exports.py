"""Files of lists: safe to open, and never so many at once that nobody gets a page."""

import pytest

from tillit.kit import exports
from tillit.kit.exports import Column, Held, csv_file, plain, xlsx_file
from tillit.kit.refusal import Refused

NAME = [Column("Namn", lambda row: row)]


@pytest.mark.parametrize("text", ["=1+1", "+46", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_formula_becomes_text(text):
    assert plain(text) == f"'{text}"


def test_numbers_stay_numbers():
    assert plain(-3) == -3
    assert plain(None) == ""


def test_a_file_gives_its_place_back_when_it_is_read_and_when_it_is_not():
    for _turn in range(3 * exports.FILES_AT_ONCE):
        read = Held(iter(["a"]))
        assert list(read) == ["a"]
        read.close()
        Held(iter(["a"])).close()
    assert Held(iter(["a"])).close() is None


def test_one_file_too_many_is_refused_with_words():
    held = [Held(iter(["a"])) for _place in range(exports.FILES_AT_ONCE)]
    with pytest.raises(Refused) as refused:
        csv_file("lista", NAME, ["a"])
    assert refused.value.status == 503
    for pieces in held:
        pieces.close()


def test_a_workbook_that_would_take_too_long_is_refused():
    with pytest.raises(Refused):
        xlsx_file("lista", NAME, [], exports.XLSX_ROWS + 1)
