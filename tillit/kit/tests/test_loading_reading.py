"""What a file may not be, each told with its line and its remedy."""

import os

import pytest
import yaml

from tillit.kit.loading import parsing, reading
from tillit.kit.loading.faults import Faults
from tillit.kit.loading.parsing import Parser, Room
from tillit.kit.loading.reading import LARGEST
from tillit.kit.models import Activity, Source
from tillit.kit.tests.loads import Example

pytestmark = pytest.mark.django_db


@pytest.fixture
def example(tmp_path):
    return Example(tmp_path)


@pytest.fixture(params=["C", "Python"])
def parser(request, monkeypatch):
    """Both parsers, since not every machine has the one in C."""
    loader = yaml.SafeLoader if request.param == "Python" else parsing.Loader
    monkeypatch.setattr(parsing, "Loader", loader)


def read(text):
    faults = Faults()
    node = Parser("a.yaml", faults, Room()).read(text)
    assert not faults
    return node.plain()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("sources:\n\t- {key: S0, title: A}\n", "a.yaml:2: tabs are not read – use spaces"),
        ("sources:\n  - &a {key: S0, title: A}\n", "a.yaml:2: anchors (&) and aliases (*) are not"),
        ("sources:\n  - {key: S0, title: *a}\n", "a.yaml:2: anchors (&) and aliases (*) are not"),
        ("sources:\n  - key: S0\n    title: !!str A\n", "a.yaml:3: tags (!) are not read"),
        ("sources:\n  - !!python/object:os.system {key: S0, title: A}", "a.yaml:2: tags (!)"),
        ("sources: []\n---\nsources: []\n", "a.yaml:2: the file holds several documents"),
        ("# only a list\n- key: S0\n", "a.yaml:2: the file is not a mapping – begin with a key"),
        ("just text\n", "a.yaml:1: the file is not a mapping"),
        (
            "sources: []\ntopics: []\nsources: []\n",
            "a.yaml:3: “sources” stands twice here, first on",
        ),
        (
            "sources:\n  - key: S0\n    title: A\n    key: S1\n",
            "a.yaml:4: “key” stands twice here, fir",
        ),
        ("? [a, b]\n: c\n", "a.yaml:1: a list or a mapping can't be a key"),
        ("sources:\n  - {key: S0, title: A\n", "a.yaml:3: this can't be read as YAML"),
        ("sources:\n - key: S0\n   title: 'A\n", "a.yaml:4: this can't be read as YAML"),
        ('a: "\\UFFFFFFFF"', "a.yaml:1: this can't be read as YAML"),
        ("a: \x00", "a.yaml:1: this can't be read as YAML"),
        ("sources:\n  x\n", "a.yaml:1: “sources” is not a list – begin each of its rows"),
        (
            "source:\n  - {key: S0, title: A}\n",
            "a.yaml:1: unknown key “source” – did you mean “sources”",
        ),
        (f"sources: {'[' * 40}{']' * 40}", "a.yaml:1: lists and mappings stand more than 20 deep"),
    ],
)
@pytest.mark.usefixtures("parser")
def test_a_file_is_refused_with_its_line(example, text, fault):
    assert example.write(text).fault().startswith(fault)
    assert not Source.objects.exists()


def test_deep_nesting_ends_early_and_not_in_the_stack(example):
    assert "20 deep" in example.write("[" * 1_000_000).fault()


def test_a_file_over_50_mb_is_refused_before_it_is_read(example):
    with (example.folder / "large.yaml").open("wb") as file:
        os.truncate(file.fileno(), LARGEST + 1)
    assert example.fault() == (
        "large.yaml:1: the file is larger than 50 MB – part it into several files"
    )


def test_more_values_than_fit_in_memory_are_refused(example, monkeypatch):
    monkeypatch.setattr(Room, "__init__", lambda self: setattr(self, "left", 10))
    assert (
        "a.yaml:9: the files hold more than" in example.write("sources:\n" + "  - x\n" * 40).fault()
    )


@pytest.mark.parametrize("text", [b"a: b\nc: \xff\xfe", "sources: []".encode("utf-16")])
def test_another_encoding_than_utf_8_is_refused(example, text):
    assert "the file is not in UTF-8 – save it as UTF-8" in example.write(text).fault()


def test_a_file_that_cannot_be_opened_is_a_fault(example, monkeypatch):
    example.write("sources: []")
    monkeypatch.setattr(reading, "_bytes", lambda path: (path / "not-there").read_bytes())
    assert example.fault() == "a.yaml:1: the file can't be read – Not a directory"


def test_a_byte_order_mark_an_empty_file_and_comments_are_harmless(example):
    example.write("\ufeffsources:\n  - {key: S0, title: A}\n")
    example.write("", "b.yaml").write("# nothing\n", "c.yaml").write("sources:\n", "d/e.yaml")
    assert example.load() == "Sources: 1 created.\n"


def test_only_yaml_files_are_read_and_folders_are_not_files(example):
    example.write("not: [", "a.txt").write("sources: []", "b.yaml")
    (example.folder / "c.yaml").mkdir()
    (example.folder / "d.yaml").symlink_to("nowhere")
    example.load()
    assert not Activity.objects.exists()


@pytest.mark.usefixtures("parser")
def test_all_values_stay_the_text_that_they_are():
    text = "a: [no, 2012-01-01, 1280, 01, 0x1F, ~, null, 1.50, 12:30:45, .inf, <<, =]"
    words = [
        "no",
        "2012-01-01",
        "1280",
        "01",
        "0x1F",
        "~",
        "null",
        "1.50",
        "12:30:45",
        ".inf",
        "<<",
        "=",
    ]
    assert read(text) == {"a": words}


@pytest.mark.usefixtures("parser")
def test_text_over_several_lines_is_joined_as_yaml_says():
    assert read("a: >\n  one\n  two\nb: |\n  one\n  two\n") == {"a": "one two\n", "b": "one\ntwo\n"}


def test_every_value_has_the_line_of_its_key_or_its_beginning():
    node = Parser("a.yaml", Faults(), Room()).read("a:\n  - b: 1\n    c:\n      - d\n      - e\n")
    lines = [node.at(path).line for path in [("a",), ("a", 0), ("a", 0, "c"), ("a", 0, "c", 1)]]
    assert lines == [1, 2, 3, 5]
    assert node.at(("a", 0, "missing", 7)).line == 2


def test_an_empty_folder_and_none_at_all_are_told(example):
    assert "no .yaml files below" in example.refused()
    example.folder = example.folder / "nowhere"
    assert "There is no folder" in example.refused()


def test_a_hundred_faults_are_shown_and_all_are_counted(example):
    example.write("sources:\n" + "  - {key: å, title: A}\n" * 250)
    assert example.refused() == "250 faults. Nothing was written."
    lines = example.said()
    assert len(lines) == 101
    assert lines[0].startswith("a.yaml:2:")
    assert lines[100] == "The first 100 of 250 are shown."


def test_faults_of_all_files_are_told_in_order(example):
    example.write("sources:\n  - {key: S0}\n  - {title: A}\n", "b.yaml").write("- a", "a.yaml")
    assert [fault.partition(" ")[0] for fault in example.faults()] == [
        "a.yaml:1:", "b.yaml:2:", "b.yaml:3:",
    ]  # fmt: skip


def test_what_is_shown_of_a_file_has_no_power_over_the_terminal(example):
    example.write('sources:\n  - {key: S0, title: A, "\\e[31m\\n\\e]0;x": 1}\n')
    assert "unknown key “·[31m··]0;x”" in example.fault()
