"""Agreements, versions and measures are found by what they say, and follow what is written."""

import pytest

from tillit.kit.search import index
from tillit.kit.search.tests.mended import wrong
from tillit.register.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def indexed(skane):
    index.index_all()
    return skane


def found(client, words):
    answer = client.get("/api/v1/search", {"q": words}).json()
    return {f"{it['kind']}:{it['key']}" for it in answer["items"]}


def test_each_is_found_by_what_it_says(client, indexed):
    assert "agreement:skane" in found(client, "överenskommelsen skåne")
    assert "version:skane.2010" in found(client, "kooperativ")
    assert "measure:skane.2" in found(client, "tidigt samråd")
    assert "measure:skane.1" in found(client, "åtgärd 1")


def test_an_agreement_is_found_by_what_its_parties_are_called_now(client, indexed):
    it = Organisation.objects.get(key="natverket")
    it.name = "Samverkarna"
    it.save()
    index.follow([it])
    assert "agreement:skane" in found(client, "samverkarna")
    assert wrong() == 0


def test_what_follows_from_a_part_follows(client, indexed):
    section = indexed.versions.get(key="skane.2010").sections.get(number="1")
    section.text = "Vitsippor blommar."
    section.save()
    told = indexed.versions.get(key="skane.2010").measures.get(number=1).follow_ups.get()
    told.text = "Tussilago blommar."
    told.save()
    index.follow([section, told])
    assert found(client, "vitsippor") == {"version:skane.2010"}
    assert found(client, "tussilago") == {"measure:skane.1"}
    assert wrong() == 0
