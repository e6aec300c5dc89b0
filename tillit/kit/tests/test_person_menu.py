"""The corner of the top bar: the way in, or who is in and on whose behalf."""

import re

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def corner(response):
    """The element with the class person, as HTML."""
    page = response.content.decode()
    return page[page.index('class="person"') : page.index("</header>")]


def test_the_way_in_leads_back_here(cast):
    assert 'href="/logga-in/?next=%2Forganisationer%2F%3Fq%3Da%26on%3D2012-01-01"' in corner(
        cast.anonymous.get("/organisationer/?q=a&on=2012-01-01")
    )


def test_on_the_sign_in_page_it_leads_nowhere_twice(cast):
    assert 'href="/logga-in/"' in corner(cast.anonymous.get("/logga-in/?next=/personer/"))


def test_it_is_in_the_language_of_the_page(cast):
    assert 'href="/en/logga-in/?next=' in corner(cast.anonymous.get("/en/personer/"))


def test_who_is_in_sees_the_name_and_the_ways_on(cast):
    menu = corner(cast.coordinator.get("/personer/"))
    assert "Karin" in menu
    assert f'href="{reverse("account_settings")}"' in menu
    assert 'action="/logga-ut/"' in menu
    assert "/logga-in/" not in menu


def test_it_needs_no_script_to_open(cast):
    menu = corner(cast.coordinator.get("/personer/"))
    target = re.search(r'popovertarget="([\w-]+)"', menu)[1]
    assert re.search(rf'id="{target}" popover>', menu)


def test_one_chooses_only_where_there_is_something_to_choose(cast):
    assert 'name="capacity"' not in corner(cast.outsider.get("/personer/"))


def test_signing_out_shows_the_way_in_again(cast):
    cast.member.post("/logga-ut/")
    assert "/logga-in/" in corner(cast.member.get("/personer/"))
