"""A Word document taken apart."""

import pytest
from django.core.exceptions import ValidationError

from tillit.kit.documents import reading
from tillit.kit.documents.reading import read
from tillit.kit.documents.tests.samples import docx_of

TEXT = """# Bakgrund

En process har **inletts**.

- Dialog
- Kvalitet

# Om parterna

## Mer information

Text.
"""


def parts(text, tmp_path):
    return [(it.number, it.heading) for it in read(docx_of(text, tmp_path)).parts]


def test_headings_become_sections_that_are_counted(tmp_path):
    found = read(docx_of(TEXT, tmp_path))
    assert [(it.number, it.heading) for it in found.parts] == [
        ("1", "Bakgrund"),
        ("2", "Om parterna"),
        ("2.1", "Mer information"),
    ]
    assert found.parts[0].text == "En process har **inletts**.\n\n- Dialog\n- Kvalitet"
    assert found.remarks == []
    assert not any(it.doubts for it in found.parts)


def test_numbers_that_are_written_are_kept(tmp_path):
    text = "# 1. Bakgrund\n\na\n\n# 3 Om parterna\n\n## 3.2 Mer\n\nb\n"
    assert parts(text, tmp_path) == [("1", "Bakgrund"), ("3", "Om parterna"), ("3.2", "Mer")]


def test_where_they_contradict_each_other_all_are_counted_and_it_is_said(tmp_path):
    found = read(docx_of("# 1. Ett\n\na\n\n# 1. Två\n\n# 3 mål för Skåne\n", tmp_path)).parts
    assert [(it.number, it.heading) for it in found] == [
        ("1", "Ett"),
        ("2", "Två"),
        ("3", "mål för Skåne"),
    ]
    assert ["numrerad" in str(it.doubts) or "nummer" in str(it.doubts) for it in found] == [
        False,
        True,
        False,
    ]


def test_a_number_that_begins_a_sentence_is_a_word(tmp_path):
    assert parts("# Bakgrund\n\na\n\n# 5 mål för Skåne\n\nb\n", tmp_path)[1] == (
        "2",
        "5 mål för Skåne",
    )
    assert parts("# 2010 års avtal\n\na\n", tmp_path) == [("1", "2010 års avtal")]


def test_a_level_that_is_left_out_is_told(tmp_path):
    found = read(docx_of("# Ett\n\n### Djupt\n\na\n", tmp_path)).parts
    assert found[1].number == "1.1"
    assert found[1].doubts == ["Före den saknas en rubriknivå."]


def test_what_stands_before_the_first_heading_is_not_lost(tmp_path):
    [found] = read(docx_of("Ingress.\n\n# Ett\n\nText.\n", tmp_path)).parts
    assert found.text == "Ingress.\n\nText."
    assert found.doubts


def test_a_text_without_headings_is_one_section_and_says_so(tmp_path):
    found = read(docx_of("**Bakgrund**\n\nEn text.\n", tmp_path))
    assert [(it.number, it.heading) for it in found.parts] == [("1", "")]
    assert "Inga rubriker" in found.remarks[0]
    assert "1 rad står ensam i fetstil" in found.remarks[1]


def test_tables_notes_and_pictures_are_told_of(tmp_path):
    text = "# Ett\n\nOrd[^1].\n\n[^1]: En not.\n\n| A | B |\n|---|---|\n| c | d |\n"
    found = read(docx_of(text, tmp_path))
    assert "- A – B\n- c – d" in found.parts[0].text
    assert "Ord (En not.)." in found.parts[0].text
    assert len(found.remarks) == 2


def test_tracked_changes_are_taken_as_accepted_and_counted(tmp_path):
    text = (
        '# Ett\n\nHär [nytt]{.insertion author="a" date="2026-01-01T00:00:00Z"}'
        '[borta]{.deletion author="a" date="2026-01-01T00:00:00Z"} står det.\n'
    )
    found = read(docx_of(text, tmp_path))
    assert found.parts[0].text == "Här nytt står det."
    assert "2 spårade ändringar räknas som godkända" in found.remarks[0]


def test_text_that_looks_like_our_marks_is_text(tmp_path):
    found = read(docx_of("# Ett\n\nmark0123H1 Två\n\nN pictures 9\n", tmp_path))
    assert len(found.parts) == 1
    assert found.remarks == []


def test_html_and_script_stay_text(tmp_path):
    [found] = read(docx_of("# Ett\n\n\\<script>alert(1)\\</script>\n", tmp_path)).parts
    assert "<script>" in found.text.replace("\\", "")


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"docProps/app.xml": b"<Properties><Pages>501</Pages></Properties>"}, "mer än 500 sidor"),
        ({"word/document.xml": b"<w:document"}, "går inte att läsa"),
    ],
)
def test_what_is_too_long_or_broken_is_refused_with_words(tmp_path, parts, words):
    with pytest.raises(ValidationError, match=words):
        read(docx_of(TEXT, tmp_path, **parts))


def test_what_is_no_archive_is_refused_with_words():
    with pytest.raises(ValidationError, match="trasigt"):
        read(b"PK\x03\x04 och sedan inget")


def test_an_empty_document_is_refused_with_words(tmp_path):
    with pytest.raises(ValidationError, match="ingen text"):
        read(docx_of("", tmp_path))


def test_a_text_that_goes_on_and_on_is_refused_with_words(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MOST_LETTERS", 20)
    with pytest.raises(ValidationError, match="mer än 500 sidor"):
        read(docx_of(TEXT, tmp_path))
