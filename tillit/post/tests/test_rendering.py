"""A mail is one template; what people wrote means nothing in it but itself."""

import re
from pathlib import Path

import html5lib
import pytest
from django.conf import settings
from django.template import engines
from django.utils.translation import override
from hypothesis import assume, given
from hypothesis import strategies as st

from tillit.kit.markdown_text import as_text
from tillit.post.harmless import Page, Prose, Url, harmless, line, shown
from tillit.post.markdown import as_html
from tillit.post.rendering import Foot, Rendered, compose

FOOT = Foot("Nätverket")
INVITATION = """\
Subject: {{ name }} is invited to {{ organisation }}
Why: {{ organisation }} named you.

# Welcome, {{ name }}

Come to **{{ organisation }}**:

- bring {{ name }}
- and yourself

[Answer]({{ answer }})

{{ note }}
"""
VALUES = {
    "name": "Mina",
    "organisation": "Föreningen",
    "answer": Url("https://tillit.example.org/inbjudan/x/?a=1&b=2"),
    "note": Prose("Hi *you*.\n\nRead [this](https://example.org)."),
}
# What a name may hold that would like to be more than a name.
NASTY = st.text(
    alphabet=st.sampled_from("[](){}<>!*_`#-=+|\\~&;:/\"'. \n\r\t\v\u2028\0aÅhttp1"), max_size=40
) | st.sampled_from(
    [
        "<script>alert(1)</script>",
        "[x](http://evil.example)",
        "![x](http://evil.example/p.gif)",
        "<http://evil.example>",
        "Ann\nBcc: everyone@example.org",
        "Ann\r\n\r\n<h1>Hi",
        "# Heading",
        "1. one",
        "&lt;b&gt;",
        "    code",
        "```",
        "[x]: http://evil.example",
        "{{ secret }}{% debug %}",
        "\ue03cscript\ue03e",
        "\ud800",
        "\u202egpj.exe",
    ]
)


def rendered(
    template: str = INVITATION, language: str = "en", foot: Foot = FOOT, **values
) -> Rendered:
    with override(language):
        given = {name: harmless(value) for name, value in {**VALUES, **values}.items()}
        return compose(engines["django"].from_string(template).render(given), language, foot)


def elements(html: str) -> list[str]:
    """The elements of a page with their addresses, without what they say."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    return [f"{it.tag} {it.get('href', '')}" for it in tree.iter() if isinstance(it.tag, str)]


def test_both_parts_say_the_same():
    mail = rendered()
    assert mail.subject == "Mina is invited to Föreningen"
    assert mail.text.startswith(
        "Welcome, Mina\n\nCome to Föreningen:\n\n- bring Mina\n- and yourself\n\n"
    )
    assert "Answer: https://tillit.example.org/inbjudan/x/?a=1&b=2\n" in mail.text
    assert "Hi you.\n\nRead this: https://example.org." in mail.text
    assert mail.text.endswith("--\n\nSent by Nätverket. Föreningen named you.\n")
    assert "<h1" in mail.html
    assert "<strong>Föreningen</strong>" in mail.html
    assert "Sent by Nätverket. Föreningen named you." in mail.html
    assert '<html lang="en">' in mail.html


def test_a_link_alone_is_a_button_and_others_are_not():
    html = rendered().html
    button, other = re.findall(r"<a [^>]+>", html)
    assert "tillit.example.org" in button
    assert "background-color" in button
    assert "example.org" in other
    assert "style" not in other


def test_a_topic_gives_a_way_out():
    out = Url("https://tillit.example.org/avanmalan/x:y/")
    mail = rendered(foot=Foot("Nätverket", out))
    assert f"Have no more mail of this kind: {out}" in mail.text
    assert (
        f'<a href="{out}">' in mail.html
    )  # a link of the foot, and no button beside the mail's own
    assert mail.html.index("<footer") < mail.html.index(out)


@given(NASTY)
def test_a_name_is_never_more_than_a_name(name):
    assume(line(name))  # nobody has no name
    plain, given_ = (
        rendered(name="Mina", organisation="Mina"),
        rendered(name=name, organisation=name),
    )
    assert elements(given_.html) == elements(plain.html)
    assert len(given_.subject.splitlines()) == 1
    assert "\r" not in given_.text
    assert given_.text.count("\n") == plain.text.count("\n")


@given(NASTY)
def test_a_value_in_prose_is_never_more_than_a_value(name):
    assume(line(name))
    letter = "Subject: {{ name }}\n\n{{ note }}"
    note = "# To {name}\n\n*{name}* and [{name}](https://example.org/), {unknown}."

    def mail(of):
        return rendered(letter, name="x", note=Prose(note, {"name": of}))

    assert elements(mail(name).html) == elements(mail("Mina").html)
    assert "{unknown}" in mail(name).text


@given(NASTY)
def test_a_value_is_read_as_it_was_written(name):
    printable = "".join(it for it in name if it.isprintable())
    said = shown(line(name)).replace("\u2060", "")
    assert said == " ".join(said.split())
    assert set(said) - {" "} <= set(name)
    if name.isprintable() and name.isascii():
        assert said == " ".join(printable.split())


def test_mail_programs_make_no_link_of_a_name():
    assert "http://evil" not in rendered(name="http://evil.example").text
    assert "www.evil" not in rendered(name="www.evil.example").text
    assert "evil.example" in rendered(name="http://evil.example").text


def test_prose_has_neither_html_nor_pictures_nor_scripts():
    note = Prose(
        "<b>x</b> ![p](https://e.example/p.gif) [j](javascript:alert(1)) [d](data:text/html,x)"
    )
    found = elements(rendered(note=note).html)
    assert not [it for it in found if it.startswith(("b ", "img", "a javascript", "a data"))]


def test_prose_can_not_become_the_subject():
    mail = rendered("Subject: One\n\n{{ note }}", note=Prose("Subject: Two\nWhy: because\n\nText"))
    assert mail.subject == "One"
    assert "Sent by Nätverket. You get this mail because" in mail.text


def test_a_long_subject_is_cut():
    assert len(rendered(name="a" * 500).subject) == 200


def test_a_template_without_a_subject_is_refused():
    with pytest.raises(ValueError, match="Subject"):
        rendered("Hello\n\nthere")


@pytest.mark.parametrize("value", [object(), {"a": object()}, [b"bytes"]])
def test_what_can_not_be_looked_through_is_refused(value):
    with pytest.raises(TypeError):
        harmless(value)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "https://a.se/ x", "https://a.se/(x", "//a.se"]
)
def test_what_is_no_address_of_ours_is_no_link(address):
    with pytest.raises(ValueError, match="address"):
        harmless(Url(address))


def test_a_page_is_linked_in_the_language_of_its_reader():
    mail = rendered(language="en", answer=Page("post:opt-out", {"token": "x:y"}, "a=1"))
    assert "/en/avanmalan/x:y/?a=1" in mail.text
    mail = rendered(language="sv", answer=Page("post:opt-out", {"token": "x:y"}))
    assert "0/avanmalan/x:y/" in mail.text


def test_lists_and_links_are_read_without_their_marks():
    assert as_text("1. a\n2. b\n   - c\n\nText [x](mailto:a@b.se) <https://a.se>\nnext") == (
        "1. a\n2. b\n  - c\n\nText x: a@b.se https://a.se\nnext\n"
    )
    assert as_text("> said\n\n---\n\n    code") == "said\n\n--\n\ncode\n"


def test_the_colours_of_a_mail_are_those_of_the_pages():
    tokens = (Path(settings.PACKAGE) / "kit/static/kit/css/tokens.css").read_text()
    layout = (Path(settings.PACKAGE) / "post/templates/post/mail/layout.html").read_text()
    used = set(re.findall(r"#[0-9a-f]{6}", as_html("# a\n\n[b](http://c)\n\n> d\n\n---") + layout))
    assert used
    assert all(colour in tokens for colour in used)
