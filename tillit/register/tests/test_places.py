"""The places of Sweden."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import translation

from tillit.register.models import Place

pytestmark = pytest.mark.django_db


def said():
    out = StringIO()
    with translation.override("en"):
        call_command("places", stdout=out)
    return out.getvalue().strip()


def test_the_country_its_counties_and_municipalities_are_loaded():
    assert said() == "Places: 312 created, 0 changed, 0 unchanged."
    malmo = Place.objects.get(code="1280")
    assert (malmo.name, malmo.official_name, malmo.folded) == ("Malmö", "Malmö kommun", "malmo")
    assert (malmo.parent.name, malmo.parent.parent.name) == ("Skåne län", "Sverige")
    assert Place.objects.filter(kind="county").count() == 21
    assert Place.objects.get(code="12").parts.count() == 33


def test_a_second_load_changes_nothing():
    said()
    assert said() == "Places: 0 created, 0 changed, 312 unchanged."


def test_a_place_that_differs_is_set_right():
    said()
    Place.objects.filter(code="1280").update(name="Malmoe", folded="malmoe")
    assert said() == "Places: 0 created, 1 changed, 311 unchanged."
    assert Place.objects.get(code="1280").folded == "malmo"


def test_it_is_silent_when_asked():
    out = StringIO()
    call_command("places", stdout=out, verbosity=0)
    assert not out.getvalue()
