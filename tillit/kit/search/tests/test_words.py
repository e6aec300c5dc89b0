"""Words as they are searched, and what people type as it is understood."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillit.kit.search.asking import LONGEST, MOST, read
from tillit.kit.search.snippets import marked, told
from tillit.kit.search.words import padded, stem, stems

TEXTS = st.text(max_size=80)


@pytest.mark.parametrize(
    "forms",
    [
        ("studieförbund", "Studieförbundet", "studieförbunden", "STUDIEFÖRBUNDETS"),
        ("kvinnojour", "kvinnojourer", "kvinnojourens", "Kvinnojouren"),
        ("förening", "föreningar", "föreningarnas"),
        ("kors", "korset", "korsets"),
        ("Malmö", "malmö", "MALMO", "Malmös"),
        ("Skåne", "Skånes"),
        ("å", "å", "A"),
    ],
)
def test_the_forms_of_a_word_share_a_stem(forms):
    assert len({stems(it) for it in forms}) == 1


def test_words_that_differ_keep_apart():
    assert stem("förening") != stem("förbund")
    assert stem("poet") == "poet"


@given(TEXTS)
def test_stems_are_words_of_letters_and_digits_alone(text):
    assert all(it.isalnum() for it in stems(text).split(" ") if it)
    assert stems(unicodedata.normalize("NFD", text)) == stems(unicodedata.normalize("NFC", text))


def test_pieces_of_a_name_tell_where_words_begin_and_end():
    assert padded("Röda-Korset") == " roda  korset "


def phrases(typed):
    return [" ".join(it.stems) + "*" * it.begun for it in read(typed).phrases]


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("", []),
        (" \t ", []),
        ('"', []),
        ("* : ^ - ( )", []),
        ("🦔", []),
        ("\0", []),
        ("röda kors", ["rod", "kor*"]),
        ('"röda korset"', ["rod kor"]),
        ("”röda korset” malmö", ["rod kor", "malmo*"]),
        ('"röda korset', ["rod", "kor*"]),
        ("NEAR(a b)", ["near", "a", "b"]),
        ("a OR b", ["a", "or", "b"]),
        ("förening i Malmö", ["forening", "malmo*"]),
        ("802404-1234", ["802404", "1234*"]),
        ("mal\0mö", ["mal", "mo*"]),
    ],
)
def test_what_is_typed_is_understood(typed, understood):
    assert phrases(typed) == understood


def test_words_that_say_nothing_are_looked_for_in_titles_alone():
    assert phrases("i och för") == ["i", "och", "for*"]
    assert read("i och för").only_titles
    assert not read("i och för Malmö").only_titles
    assert not read('"i och för"').only_titles


def test_so_much_is_looked_at_and_no_more():
    assert not read("a" * LONGEST).is_cut
    long = read("ordning " * 2000)
    assert long.is_cut
    assert len(long.text) <= LONGEST
    assert len(long.phrases) == MOST


@given(TEXTS)
def test_anything_can_be_asked_for(typed):
    asked = read(typed)
    assert bool(asked) == bool(asked.title_stems)
    assert all(phrase.stems and all(phrase.stems) for phrase in asked.phrases)


def shown(parts):
    return "".join(f"[{part.text}]" if part.marked else part.text for part in parts)


@given(TEXTS, TEXTS)
def test_a_text_in_parts_is_the_same_text(text, typed):
    assert "".join(part.text for part in marked(text, read(typed))) == text


def test_what_was_asked_for_is_marked():
    asked = read("kvinnojour sunn")
    assert shown(marked("Kvinnojouren i Sunne <b>", asked)) == "[Kvinnojouren] i [Sunne] <b>"


def test_the_lines_that_tell_most_are_shown():
    asked = read("malmö rådgivning")
    lines = "Ideell förening\nSäte: Malmö\nGer råd\nRådgivning i Malmö\nÅr 2012"
    assert [shown(it) for it in told(lines, asked)] == ["Säte: [Malmö]", "[Rådgivning] i [Malmö]"]
    assert [shown(it) for it in told(lines, read("annat"))] == ["Ideell förening"]
    assert told("", asked) == []


def test_a_long_line_is_shown_around_what_was_asked_for():
    line = "ord " * 100 + "Malmö " + "slut " * 100
    (parts,) = told(line, read("malmö"))
    assert "[Malmö]" in shown(parts)
    assert len(shown(parts)) < 230
    assert shown(parts).startswith("… ord")
    assert shown(parts).endswith("slut …")
