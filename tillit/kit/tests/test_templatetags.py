from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.template import Context, Template
from django.utils.translation import override

from tillit.kit.bounds import Edge, read_bound
from tillit.kit.citations import Citations
from tillit.kit.contributions import Panel
from tillit.kit.models import Citation, Source
from tillit.kit.periods import Period
from tillit.kit.templatetags.kit import as_text

DAY = date(2012, 12, 31)


@dataclass
class Thing:
    subject: str = "thing:one"
    is_guess: bool = False

    def __str__(self) -> str:
        return "Rådet för <samverkan>"

    def is_assumed_on(self, day: date) -> bool:
        return self.is_guess


def rendered(template: str, **context: Any) -> str:
    return Template(template).render(Context(context))


def cite(**more: Any) -> Citation:
    source = Source(key="s0", title="Verksamhetsberättelse 2012", publisher="NSES")
    return Citation(
        **{"source": source, "subject": "thing:one", "first_line": 72, "last_line": 74, **more}
    )


def test_soft_leaves_escaping_as_it_is():
    assert "&lt;b&gt;" in rendered("{{ text|soft }}", text="<b>överenskommelsen</b>")
    assert "<b>" in rendered("{{ text|safe|soft }}", text="<b>överenskommelsen</b>")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        ("", "–"),
        (0, "0"),
        (350, "350"),
        (12_500, "12\u202f500"),
        (DAY, "31 dec 2012"),
        (read_bound("2012", Edge.START), "2012"),
        (Period.read("2006", "2013"), "2006 – 2013"),
        ("Lund", "Lund"),
        ("<i>", "&lt;i&gt;"),
    ],
)
def test_shown_sets_any_value(value: Any, text: str):
    with override("sv"):
        assert rendered("{{ value|shown }}", value=value) == text


@pytest.mark.parametrize("name", ["bound", "period", "day", "number", "share"])
def test_a_filter_of_nothing_is_nothing(name: str):
    assert rendered(f"{{{{ value|{name} }}}}", value=None) == ""


def test_cited_is_silent_without_sources():
    text = "{% cited thing %}"
    assert rendered(text, thing=Thing()) == ""
    assert rendered(text, thing=Thing(), citations=Citations([])) == ""
    assert rendered(text, thing=None, citations=Citations([cite()])) == ""


def test_cited_tells_document_publisher_and_lines():
    html = rendered('{% cited thing "members" %}', thing=Thing(), citations=Citations([cite()]))
    assert "Verksamhetsberättelse 2012" in html
    assert "NSES" in html
    assert "72–74" in html


def test_every_source_is_shown_and_the_one_that_differs_is_marked():
    found = Citations(
        [cite(), cite(first_line=389, last_line=389, says="november", contradicts=True)]
    )
    with override("en"):
        html = rendered("{% cited thing %}", thing=Thing(), citations=found)
    assert html.count("Verksamhetsberättelse 2012") == 2
    assert html.count("Differs") == 1
    assert "Sources differ" in html


def test_the_button_and_the_box_say_what_the_sources_are_of_and_the_box_can_be_closed():
    with override("en"):
        html = rendered("{% cited thing %}", thing=Thing(), citations=Citations([cite()]))
    assert html.count('aria-label="Source: Rådet för &lt;samverkan&gt;"') == 2
    assert 'popovertarget="box-1" popovertargetaction="hide">Close<' in html


def test_sources_of_a_field_say_which():
    source = Source(title="Protokoll")
    assert as_text(source, "title") == f"Protokoll, {Source._meta.get_field('title').verbose_name}"
    assert as_text(source, "period") == as_text(source, "") == "Protokoll"


def test_the_title_of_a_source_leads_to_the_line():
    found = Citations([cite(), cite(first_line=None, last_line=None)])
    with override("sv"):
        html = rendered("{% cited thing %}", thing=Thing(), citations=found, kept="?on=2012")
    assert 'href="/kallor/s0/?on=2012#rad-72"' in html
    assert 'href="/kallor/s0/?on=2012"' in html


def test_a_source_that_only_writes_otherwise_does_not_differ():
    found = Citations([cite(says="trettiotvå")])
    with override("en"):
        html = rendered("{% cited thing %}", thing=Thing(), citations=found)
    assert "writes: <q" in html
    assert "Differs" not in html


def test_each_source_has_an_id_of_its_own_also_in_included_parts():
    text = "{% cited thing %}{% include part %}{% include part %}"
    part = Template("{% cited thing %}")
    html = rendered(text, thing=Thing(), part=part, citations=Citations([cite()]))
    assert [html.count(f'id="box-{number}"') for number in (1, 2, 3)] == [1, 1, 1]


def test_what_a_source_says_is_text_and_never_markup():
    html = rendered(
        "{% cited thing %}", thing=Thing(), citations=Citations([cite(says="<b>32</b>")])
    )
    assert "<b>" not in html


def test_assumed_asks_the_row_about_the_day_of_the_page():
    text = "{% assumed thing %}"
    assert "chip--assumed" in rendered(text, thing=Thing(is_guess=True), day=DAY)
    assert rendered(text, thing=Thing(is_guess=False), day=DAY) == ""
    assert rendered(text, thing=Thing(is_guess=True)) == ""


def test_what_assumed_means_can_be_read_and_not_only_pointed_at():
    text = "{% assumed thing %}{% assumed thing %}"
    with override("en"):
        html = rendered(text, thing=Thing(is_guess=True), day=DAY)
    assert "title=" not in html
    assert 'popovertarget="box-2" aria-describedby="box-2">assumed</button>' in html
    assert 'id="box-2" popover>Nothing here says' in html


def test_a_panel_has_its_content_and_what_the_page_has():
    panel = Panel("Om", "kit/empty.html", {"title": "Inget här"})
    html = rendered("{% panel it %}{{ title }}", it=panel, text="från sidan")
    assert "Inget här" in html
    assert "från sidan" in html
    assert html.endswith("</section>\n")
