"""Days are typed as people write them, as far as they are known, and wrong ones get words."""

import pytest
from django.core.exceptions import ValidationError

from tillit.kit.bounds import Edge
from tillit.kit.part_days import PartDayField


def typed(text, **kwargs):
    return PartDayField(edge=Edge.START, required=False, **kwargs).clean(text)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("", ""),
        ("  ", ""),
        ("2024", "2024"),
        ("2024-05", "2024-05"),
        ("2024-5", "2024-05"),
        ("2024-05-17", "2024-05-17"),
        (" 2024–5–7 ", "2024-05-07"),
        ("2024/05/17", "2024-05-17"),
        ("2024.05.17", "2024-05-17"),
        ("20240517", "2024-05-17"),
        ("17 maj 2024", "2024-05-17"),
        ("17 May 2024", "2024-05-17"),
        ("Maj 2024", "2024-05"),
        ("1 okt. 2024", "2024-10-01"),
    ],
)
def test_a_day_is_read_as_people_write_it(text, edtf):
    assert typed(text) == edtf


@pytest.mark.parametrize(
    "text",
    ["i fjol", "2024-13", "2024-02-30", "..", "[2006..2011]", "2013-23", "17 mej 2024", "12", "0"],
)
def test_what_is_no_day_is_refused_with_an_example(text):
    with pytest.raises(ValidationError) as refused:
        typed(text)
    assert "2024-05-17" in str(refused.value)
    assert text in str(refused.value)


@pytest.mark.parametrize("text", ["1799", "2199", "1066-10-14"])
def test_a_year_that_is_too_far_away_is_refused(text):
    with pytest.raises(ValidationError) as refused:
        typed(text)
    assert "1800" in str(refused.value)


@pytest.mark.parametrize("kept", ["2013-23", "[2006..2011-12-31]", "[..2012]", ".."])
def test_what_nobody_types_stands_in_words_and_stays(kept):
    field = PartDayField(edge=Edge.START, required=False, kept=kept)
    shown = field.prepare_value(kept)
    assert shown != kept
    assert field.clean(shown) == kept
    assert field.clean("2014") == "2014"
    assert field.clean("") == ""


def test_it_is_not_required_to_be_known_unless_the_form_says_so():
    with pytest.raises(ValidationError):
        PartDayField(edge=Edge.END).clean("")
