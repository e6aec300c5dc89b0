"""The timeline of one subject, whose own page has no room for it."""

import pytest

from tillit.agreements.tests.factories import AgreementFactory, VersionFactory

pytestmark = pytest.mark.django_db
URL = "/tidslinje/?om=agreement:skane"


@pytest.fixture
def skane(db):
    it = AgreementFactory(key="skane", title="Överenskommelsen Skåne")
    VersionFactory(agreement=it, key="skane.2010", label="Den första")
    VersionFactory(agreement=AgreementFactory(key="annan"), key="annan.1", label="En annan")
    return it


def test_it_tells_of_that_one_alone_and_leads_back(client, skane, most_queries):
    with most_queries():
        text = client.get(URL).content.decode().replace("\xad", "")
    assert "Överenskommelsen Skåne, Den första" in text
    assert "En annan" not in text
    assert 'href="/overenskommelser/skane/"' in text


def test_the_page_of_an_agreement_leads_there(client, skane):
    assert (
        "/tidslinje/?om=agreement%3Askane"
        in client.get("/overenskommelser/skane/").content.decode()
    )


@pytest.mark.parametrize("of", ["agreement:finns-inte", "agreement", "skräp:", "agreement:skane:x"])
def test_what_is_not_there_has_none(client, skane, of):
    assert client.get("/tidslinje/", {"om": of}).status_code == 404


def test_what_one_may_not_read_has_none(client, skane):
    skane.private = True
    skane.save()
    assert client.get(URL).status_code == 404
