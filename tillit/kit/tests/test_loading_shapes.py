"""What an entry may not be, shown by the two lists that the kit reads itself."""

import pytest

from tillit.kit.models import Citation, Source, StatedFigure
from tillit.kit.tests.loads import Example

pytestmark = pytest.mark.django_db

FIGURE = "key: f, about: source:S0, measure: courses, as_written: 25 kurser"


@pytest.fixture
def example(tmp_path):
    return Example(tmp_path)


@pytest.fixture
def sourced(example):
    return example.write("sources:\n  - {key: S0, title: Årsberättelse}\n", "0.yaml")


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ("{title: A}", "“key” is missing – write it, with its value"),
        ("{key: , title: A}", "“key” is missing"),
        ("{key: '  ', title: A}", "“key” is missing"),
        ("text", "a mapping is expected here – write keys and values: key, title, publisher"),
        ("[a]", "a mapping is expected here"),
        ("{key: [S0], title: A}", "a text is expected here – write one text, not a list"),
        ("{key: S0, title: {sv: A}}", "a text is expected here"),
        ("{key: S 0, title: A}", "“S 0” is not the key of a source – write letters"),
        (
            "{key: S0, title: A, dated: 2012-13}",
            "“2012-13” is not a day. Write for example 2012-12-31",
        ),
        ("{key: S0, titel: A, title: B}", "unknown key “titel” – did you mean “title”?"),
        (
            "{key: S0, zzz: , title: B}",
            "unknown key “zzz” – write one of: key, title, publisher, dated",
        ),
        (f"{{key: S0, title: {'a' * 201}}}", "Ensure this value has at most 200 characters"),
        (
            f"{{key: S0, title: A, note: {'a' * 4001}}}",
            "the text is 4001 characters long – write 4000",
        ),
        ('{key: S0, title: "A\\0"}', "the text holds a control character – take it away"),
        ('{key: S0, title: "A\\x1b[2J"}', "the text holds a control character"),
        (
            '{key: S0, title: "A\u202eB"}',
            "the text holds a character that turns the writing – take it away",
        ),
        (
            '{key: S0, title: "A\\nB"}',
            "the text must stand on one line – take the line breaks away",
        ),
    ],
)
def test_an_entry_is_refused_with_its_line(example, entry, fault):
    said = example.write(f"sources:\n  - {{key: S9, title: B}}\n  - {entry}\n").fault()
    assert said.startswith(f"a.yaml:3: {fault}")
    assert not Source.objects.exists()


@pytest.mark.parametrize(
    ("rest", "fault"),
    [
        ("looseness: exactly, low: 2 500", "“2 500” is not a whole number – write digits only"),
        ("looseness: exactly, low: 2.5", "“2.5” is not a whole number"),
        ("looseness: exactly, low: ٣", "“٣” is not a whole number"),
        (f"looseness: exactly, low: {'9' * 19}", "“9999999999999999999” is not a whole number"),
        ("looseness: exact, low: 1", "“exact” may not stand here – did you mean “exactly”?"),
        ("looseness: between, low: 1", "“high” belongs to “between” and to nothing else"),
        ("looseness: exactly, low: 1, high: 2", "“high” belongs to “between” and to nothing else"),
        ("looseness: between, low: 2, high: 1", "“high” is lower than “low” – let them change"),
        ("looseness: exactly, low: 1, seen: ..", "“Seen” must be a day that is known"),
        ("looseness: exactly, low: 1, period: 2012", "“2012” is not a period: write BEGINNING/END"),
        (
            "looseness: exactly, low: 1, period: 2013/2012",
            "The period ends before it begins – mend",
        ),
        (
            "looseness: exactly, low: 1, period: 2012/, seen: 2011",
            "“Seen” lies outside the period – ",
        ),
        ("looseness: exactly, low: 1, period: 2012-02-30/", "“2012-02-30” is not a day. Write for"),
        (
            "looseness: exactly, low: 1, source: S9:1",
            "no source has the key “S9” – mend the key, or",
        ),
        (
            "looseness: exactly, low: 1, source: S0:9-8",
            "the lines of “S0:9-8” end before they begin",
        ),
        ("looseness: exactly, low: 1, source: S0:0", "the lines of “S0:0” end before they begin"),
        (
            "looseness: exactly, low: 1, source: 'S0:1,3'",
            "“S0:1,3” is not a place in a source – write",
        ),
        ("looseness: exactly, low: 1, source: S0:1–3", "“S0:1–3” is not a place in a source"),
        (
            "looseness: exactly, low: 1, source: 'S0:9999999'",
            "“S0:9999999” is not a place in a source",
        ),
        (
            "looseness: exactly, low: 1, source: [[S0]]",
            "a mapping is expected here – write keys and v",
        ),
        ("looseness: exactly, low: 1, source: {says: x}", "“at” is missing"),
        (
            "looseness: exactly, low: 1, source: {at: S0, filed: low}",
            "unknown key “filed” – did you me",
        ),
        (
            "looseness: exactly, low: 1, source: {at: S0, field: lo}",
            "the row has no value “lo” – did y",
        ),
        (
            "looseness: exactly, low: 1, source: {at: S0, contradicts: yes}",
            "“yes” is neither true nor ",
        ),
        (
            f"looseness: exactly, low: 1, source: {{at: S0, says: {'a' * 401}}}",
            "the text is 401 charac",
        ),
    ],
)
def test_a_value_is_refused_with_its_line(sourced, rest, fault):
    said = sourced.write(f"stated_figures:\n  - {{{FIGURE}, {rest}}}\n").fault()
    assert said.startswith(f"a.yaml:2: {fault}")
    assert not Source.objects.exists()


@pytest.mark.parametrize(
    ("about", "fault"),
    [
        ("source", "“source” is not a subject – write NOUN:KEY"),
        (
            "sourse:S0",
            "“sourse:S0” is not a subject – write NOUN:KEY, for example organisation:natverket",
        ),
        ("source:", "“source:” is not a subject"),
        ("source:S00", "no source has the key “S00” – did you mean “S0”?"),
        ("place:9999", "no place has the key “9999”"),
    ],
)
def test_a_figure_is_about_something_that_is_there(sourced, about, fault):
    figure = f"{{key: f, about: {about!r}, measure: m, as_written: 1, looseness: exactly, low: 1}}"
    assert sourced.write(f"stated_figures: [{figure}]").fault().startswith(f"a.yaml:1: {fault}")


def test_the_line_is_that_of_the_value_and_not_of_the_entry(sourced):
    sourced.write(
        """\
        stated_figures:
          - key: f
            about: source:S0
            measure: courses
            as_written: 25
            looseness: exactly
            low: 25
            source:
              - S0:1
              - at: S0:2
                says: twenty-five
                note: [a]
        """
    )
    assert sourced.fault().startswith("a.yaml:12: a text is expected here")


def test_a_key_that_is_used_twice_is_told_with_both_places(sourced):
    sourced.write("# again\nsources:\n  - title: B\n    key: S0\n", "1.yaml")
    assert sourced.fault() == (
        "1.yaml:4: the key “S0” is used twice, first in 0.yaml:2 – "
        "give one of them another key, or write them as one"
    )


def test_an_entry_with_a_fault_of_its_own_is_not_missed_by_others(example):
    example.write("sources: [{key: S0}]")
    example.write(
        f"stated_figures: [{{{FIGURE}, looseness: exactly, low: 1, source: S0}}]", "b.yaml"
    )
    assert example.fault() == "a.yaml:1: “title” is missing – write it, with its value"


def test_where_a_file_cannot_be_read_nothing_is_said_of_the_rows_it_may_hold(example):
    example.write("sources: [")
    example.write(
        f"stated_figures: [{{{FIGURE}, looseness: exactly, low: 1, source: S0}}]", "b.yaml"
    )
    assert "What rows name was not looked up" in example.refused()
    assert len(example.said()) == 1


def test_figures_and_sources_are_kept_as_written(sourced):
    sourced.write(
        """\
        sources:
          - {key: T, title: "Bedömning <b>vid</b> inläsningen & så", note: " 𝔘nicode \u202eomvänt 🏳️‍🌈 e\u0301 "}
        stated_figures:
          - key: funding
            about: place:1280
            measure: funding_sek
            as_written: 1,5 Mkr/år
            looseness: between
            low: 1500000
            high: 1600000
            seen: 2015
            source: [S0, S0:89, {at: S0:89-91, field: low, says: 1.5 Mkr, contradicts: true, note: n}]
        """
    )
    sourced.load()
    judged = Source.objects.get(key="T")
    assert judged.title == "Bedömning <b>vid</b> inläsningen & så"
    assert judged.note == "𝔘nicode \u202eomvänt 🏳️‍🌈 e\u0301"
    assert not judged.is_document
    assert Source.objects.get(key="S0").is_document
    figure = StatedFigure.objects.get()
    assert (figure.low, figure.high, figure.seen) == (1500000, 1600000, "2015")
    found = Citation.objects.filter(subject="statedfigure:funding").order_by("pk")
    assert list(
        found.values_list("first_line", "last_line", "field", "says", "contradicts", "note")
    ) == [
        (None, None, "", "", False, ""),
        (89, 89, "", "", False, ""),
        (89, 91, "low", "1.5 Mkr", True, "n"),
    ]
