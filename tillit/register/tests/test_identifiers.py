"""Numbers as written, and whether they can be right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from tillit.register.identifiers import check, check_gln, check_orgnr, check_peppol


@pytest.mark.parametrize(
    "written", ["802435-6498", "802435–6498", "8024356498", "16802435-6498", "802435 6498"]
)
def test_a_right_number_holds_however_it_is_written(written):
    result = check_orgnr(written)
    assert result.holds
    assert result.digits == "8024356498"


def test_region_skånes_number_in_the_contract_fails_its_check_digit():
    result = check_orgnr("232100–0205")
    assert not result.holds
    assert result.digits == "2321000205"
    assert result.reason


@pytest.mark.parametrize(
    "written",
    ["", "802435-649", "80243564980", "99802435-6498", "abc", "８０２４３５６４９８", "8a24356498"],
)
def test_what_has_not_ten_digits_is_told_so(written):
    assert not check_orgnr(written).holds


def test_the_third_digit_is_never_below_two():
    assert not check_orgnr("551900-0003").holds


def test_gln_and_peppol_of_the_contract_hold():
    assert check_gln("7322730259996").holds
    assert check_peppol("0088:7322730259996").holds


@pytest.mark.parametrize(
    "written", ["0088:7322730259997", "0007:2321000205", "7322730259996", "88:1", "0088:", ":"]
)
def test_a_wrong_peppol_id_does_not_hold(written):
    assert not check_peppol(written).holds


def test_a_peppol_scheme_that_we_do_not_check_is_taken_as_it_is():
    assert check_peppol("0192:987654321").holds


@given(st.integers(min_value=0, max_value=999_999_99))
def test_exactly_one_last_digit_holds(number):
    nine = f"5{number % 10}6{number % 1_000_000:06d}"
    right = [digit for digit in "0123456789" if check_orgnr(nine + digit).holds]
    assert right == [luhn.calc_check_digit(nine)]


@given(st.sampled_from(["orgnr", "gln", "peppol"]), st.text(max_size=30))
def test_any_text_gets_a_verdict(scheme, text):
    result = check(scheme, text)
    assert result.holds or result.reason
