import re
from pathlib import Path

import pytest
from django.test import Client

KIT = Path(__file__).parents[2] / "kit" / "templates" / "kit"
# Parts of other components, which include them.
INNER = re.compile(r"{% include \"kit/([\w.]+)\"")


@pytest.fixture
def page(client: Client, db: None) -> str:
    response = client.get("/komponenter/")
    assert response.status_code == 200
    return response.content.decode()


def used() -> set[str]:
    texts = [path.read_text() for path in KIT.glob("*.html")]
    texts += [path.read_text() for path in Path(__file__).parents[1].rglob("components*.html")]
    return {name for text in texts for name in INNER.findall(text)}


def test_every_component_is_on_the_living_page_or_made_by_a_tag_or_an_error_page():
    made = {"cited.html", "assumed.html", "panel.html", "error_page.html", "mend_day.html"}
    assert {path.name for path in KIT.glob("*.html")} - used() - made == set()


def test_every_component_says_what_it_takes():
    assert [
        path.name for path in KIT.glob("*.html") if "{% comment %}" not in path.read_text()
    ] == []


def test_no_class_of_the_page_is_without_style(page: str):
    css = "".join(path.read_text() for path in KIT.parents[1].rglob("*.css"))
    names = {name for found in re.findall(r'class="([^"]+)"', page) for name in found.split()}
    assert {name for name in names if f".{name}" not in css} == set()


def test_the_page_is_there_in_english(client: Client, db: None):
    assert b'<html lang="en">' in client.get("/en/komponenter/").content


def test_the_page_asks_the_database_nothing(client: Client, db: None, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/komponenter/")
