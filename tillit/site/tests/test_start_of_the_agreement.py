"""The start page leads to the agreement that the installation is for, if that has been entered."""

import pytest

from tillit.agreements.models import Agreement
from tillit.agreements.tests.factories import AgreementFactory, MeasureFactory, VersionFactory
from tillit.register.tests.factories import PlaceFactory
from tillit.site.models import Installation

pytestmark = pytest.mark.django_db


@pytest.fixture
def installation(db) -> Installation:
    agreement = AgreementFactory(key="skane", title="Överenskommelsen Skåne")
    first = VersionFactory(agreement=agreement, key="skane.2010", label="2010–2014", end="2014")
    MeasureFactory(version=first, number=1, key="skane.1")
    return Installation.objects.create(key="skane", title="Skåne", agreement=agreement)


def test_it_shows_how_it_stands_and_leads_there(cast, installation):
    page = cast.anonymous.get("/").content.decode()
    assert 'href="/overenskommelser/skane/"' in page
    assert "vad som blev av 1 åtgärd." in page
    assert "Gäller inte längre" in page


def test_on_an_earlier_day_it_shows_what_was_in_force_then(cast, installation):
    page = cast.anonymous.get("/?on=2012-06-01").content.decode()
    assert 'href="/overenskommelser/skane/?on=2012-06-01"' in page
    assert "2010–2014" in page


def test_one_that_may_not_be_read_is_not_named(cast, installation):
    Agreement.objects.update(circle="agreement:skane")
    assert "/overenskommelser/skane/" not in cast.anonymous.get("/").content.decode()


def test_it_takes_few_questions(cast, installation, most_queries):
    for browser in (cast.anonymous, cast.coordinator):
        browser.get("/")  # what has happened lately is remembered for some seconds
        with most_queries():
            browser.get("/")


def test_it_is_chosen_among_the_settings(cast, installation, administrator):
    PlaceFactory()
    form = administrator.get("/installningar/avtalet/").context["form"]
    assert ("skane", "Överenskommelsen Skåne") in form.fields["agreement"].choices
    assert form["agreement"].value() == "skane"
    said = {"title": "Skåne", "place": "Sverige", "agreement": ""}
    assert administrator.post("/installningar/avtalet/", said).status_code == 302
    installation.refresh_from_db()
    assert installation.agreement is None
