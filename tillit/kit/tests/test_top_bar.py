"""The sections of the top bar, and the menu at its end of what one looks for more seldom."""

import re

import pytest

pytestmark = pytest.mark.django_db


def bar(response):
    page = response.content.decode()
    return page[page.index('class="top__sections"') : page.index("</nav>")]


def test_what_one_looks_for_often_stands_in_the_bar_itself(cast):
    before_the_menu = bar(cast.anonymous.get("/organisationer/")).split("<button")[0]
    assert 'href="/organisationer/" aria-current="page"' in before_the_menu
    assert 'href="/overenskommelser/"' in before_the_menu
    assert 'href="/platser/"' not in before_the_menu


def test_the_rest_stands_in_a_menu_that_needs_no_script(cast):
    found = bar(cast.anonymous.get("/organisationer/"))
    button = re.search(r"<button[^>]*popovertarget=\"([^\"]+)\"", found)
    menu = found[found.index(f'id="{button[1]}" popover') :]
    assert {"/personer/", "/platser/", "/tidslinje/"} <= {*re.findall(r'href="([^"]+)"', menu)}


def test_the_menu_says_where_one_is(cast):
    page = cast.anonymous.get("/platser/?on=2012-12-31")
    assert "Mer: <strong>Platser</strong></button>" in bar(page)
    assert 'href="/platser/?on=2012-12-31" aria-current="page"' in bar(page)
    assert "<strong>" not in bar(cast.anonymous.get("/organisationer/"))


def test_what_is_for_some_is_shown_to_them_alone(cast):
    assert 'href="/utskick/"' in bar(cast.coordinator.get("/organisationer/"))
    assert 'href="/utskick/"' not in bar(cast.member.get("/organisationer/"))
