"""Files of lists: safe to open, and never so many at once that nobody gets a page."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tillit.kit import exports
from tillit.kit.exports import Column, Held, csv_file, plain, xlsx_file
from tillit.kit.refusal import Refused

NAME = [Column("Namn", lambda row: row)]


@pytest.mark.parametrize(
    "text", ["=1+1", "+46", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\ufeff=1", "＝1", "\t1"]
)
def test_a_formula_becomes_text(text):
    assert plain(text) == f"'{text}"


def test_numbers_stay_numbers():
    assert plain(-3) == -3
    assert plain(None) == ""


def test_a_heading_that_somebody_wrote_is_no_formula_either():
    """The questions of an enquiry are headings of the list of its answers."""
    asked = [Column("=HYPERLINK(1)", lambda row: row)]
    text = b"".join(csv_file("svar", asked, ["=1"]).streaming_content).decode("utf-8-sig")
    assert text.splitlines() == ["'=HYPERLINK(1)", "'=1"]
    sheet = opened(xlsx_file("svar", asked, ["=1", "a\x00\x1fb"], 2))
    assert [(it.value, it.data_type) for (it,) in sheet] == [
        ("=HYPERLINK(1)", "s"),
        ("=1", "s"),
        ("ab", "s"),
    ]


def test_a_moment_is_told_by_the_clock_on_the_wall():
    sheet = opened(xlsx_file("lista", NAME, [datetime(2026, 11, 28, 12, tzinfo=UTC)], 1))
    assert sheet["A2"].value == datetime(2026, 11, 28, 13)  # noqa: DTZ001
    assert plain(datetime(2026, 11, 28, 12, tzinfo=UTC)) == sheet["A2"].value


def opened(response):
    return load_workbook(BytesIO(b"".join(response.streaming_content))).active


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
