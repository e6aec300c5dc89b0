from decimal import Decimal

import pytest
from django.utils.translation import override

from tillit.kit.typography import SOFT_HYPHEN, figure, share, soften


def parts(text: str, language: str = "sv") -> str:
    return soften(text, language).replace(SOFT_HYPHEN, "|")


@pytest.mark.parametrize(
    "word",
    [
        "Region|styrelsen",
        "REGION|STYRELSEN",
        "Region|fullmäktige",
        "Läns|styrelserna",
        "överens|kommelsen",
        "samverkans|överens|kommelse",
        "Folkhälso|beredningen",
        "Folk|bildnings|föreningen",
        "Civil|försvars|förbundet",
        "funktions|nedsättning",
        "Sam|arbets|organ",
        "verksamhets|utvecklare",
        "företags|samverkan",
        "Handikapp|orga|nisa|tio|ner|nas",
        "medlems|orga|nisa|tio|ner",
        "fack|föreningar",
    ],
)
def test_a_long_swedish_word_may_break_between_its_parts(word: str):
    assert parts(word.replace("|", "")) == word


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("word", ["Idrottsutbildarna", "Partnerskapet", "internationella"])
def test_no_break_leaves_fewer_than_three_letters(word: str, language: str):
    assert all(len(part) >= 3 for part in parts(word, language).split("|"))


def test_a_short_compound_is_left_whole():
    assert parts("föreningen") == "föreningen"


def test_a_short_word_is_left_whole():
    assert parts("samverkan och partnerskap") == "samverkan och partnerskap"


def test_english_breaks_by_english_rules():
    assert "|" in parts("representation of municipalities", "en")


@pytest.mark.parametrize(
    "text",
    [
        "ordforande@socialekonomiskane.se",
        "https://www.overenskommelsenskane.se/dokument",
        "www.overenskommelsenskane.se",
        '<a class="verylongclassname" href="/organisationerna/">Lund</a>',
        "&nbsp;&thetasymmetric;",
        "802435-6498",
    ],
)
def test_what_people_copy_and_what_is_markup_is_left_alone(text: str):
    assert soften(text, "sv") == text


def test_nothing_but_soft_hyphens_is_added():
    name = "Folkbildningsföreningen i Malmö; Idrottsutbildarna <Skåne> & Blekinge"
    assert soften(name, "sv").replace(SOFT_HYPHEN, "") == name


def test_no_line_begins_with_a_dash():
    assert soften("NÄTVERKET – Idéburen sektor", "sv").startswith("NÄTVERKET\u00a0– ")


def test_an_unknown_language_is_broken_as_swedish():
    assert soften("överenskommelsen", "xx") == soften("överenskommelsen", "sv")


@pytest.mark.parametrize(
    ("number", "swedish", "english"),
    [
        (2_605_000, "2\u202f605\u202f000", "2,605,000"),
        (10_000, "10\u202f000", "10,000"),
        (2012, "2012", "2012"),
        (0, "0", "0"),
        (-12_345, "\u221212\u202f345", "\u221212,345"),
        (1.5, "1,5", "1.5"),
        (Decimal("1234567.25"), "1\u202f234\u202f567,25", "1,234,567.25"),
    ],
)
def test_figures_are_set_in_the_language_of_the_page(number, swedish: str, english: str):
    with override("sv"):
        assert figure(number) == swedish
    with override("en"):
        assert figure(number) == english


@pytest.mark.parametrize(
    ("part", "swedish", "english"),
    [(0.273, "27,3\u00a0%", "27.3%"), (0.4, "40\u00a0%", "40%"), (1, "100\u00a0%", "100%")],
)
def test_shares_have_a_decimal_only_when_they_need_it(part: float, swedish: str, english: str):
    with override("sv"):
        assert share(part) == swedish
    with override("en"):
        assert share(part) == english
