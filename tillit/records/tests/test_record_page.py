"""One record: /handlingar/KEY/"""

import pytest

from tillit.kit.changes import Actor
from tillit.kit.models import Citation, Source
from tillit.kit.search.models import Entry
from tillit.kit.search.tests.mended import wrong
from tillit.records.models import Signature
from tillit.records.tests.factories import (
    CaseNumberFactory,
    RecordFactory,
    RecordStepFactory,
    SignatoryFactory,
    SignatureFactory,
)
from tillit.register.models import Organisation
from tillit.register.tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def old(db):
    """An agreement that is known without its bytes, and who signed it."""
    region = OrganisationFactory(key="region-skane", name="Region Skåne", sector="public")
    network = OrganisationFactory(key="natverket", name="NÄTVERKET")
    it = RecordFactory(key="avtalet", keeper=region, state="established")
    RecordStepFactory(record=it, by="Regionfullmäktige")
    CaseNumberFactory(record=it, organisation=region, number="KSN-2016-1422")
    for organisation in (region, network):
        SignatoryFactory(record=it, organisation=organisation)
        SignatureFactory(record=it, organisation=organisation, name="")
    return it


def test_it_tells_what_it_is_with_both_sides_in_few_questions(client, old, most_queries):
    with most_queries():
        page = client.get("/handlingar/avtalet/")
    text = page.content.decode().replace("\u00ad", "")
    assert page.status_code == 200
    for said in (
        "KSN-2016-1422",
        "Regionfullmäktige",
        "Komplett, så vitt",
        "Själva filen finns inte här",
    ):
        assert said in text
    assert text.count("party__one") == 2


def test_two_sources_that_differ_on_the_day_are_both_told(client, old):
    source = Source.objects.create(key="S4", title="Minnesanteckningarna")
    Citation.objects.create(
        source=source, subject=old.subject, field="dated", says="december 2010", contradicts=True
    )
    page = client.get("/handlingar/avtalet/").content.decode()
    assert "29 jun 2010" in page
    assert "Minnesanteckningarna säger annat: december 2010" in page


def test_the_names_of_a_protected_organisation_s_people_are_shown_to_itself_alone(cast, old):
    member = Organisation.objects.get(key="foreningen")
    SignatoryFactory(record=old, organisation=member)
    SignatureFactory(record=old, organisation=member, name="Inga Hemlig")
    member.protect(Actor("person:mina"), "hot")
    assert Signature.objects.get(name="Inga Hemlig").circle == "organisation:foreningen"
    page = cast.anonymous.get("/handlingar/avtalet/").content.decode()
    assert "Inga Hemlig" not in page
    assert "Har skrivit under. Av vem visas" in page
    assert "Inga Hemlig" in cast.member.get("/handlingar/avtalet/").content.decode()


def test_it_is_found_by_title_and_number_and_not_by_who_may_not_read_it(client, old):
    assert wrong() > 0
    subjects = set(
        Entry.objects.filter(text__contains="KSN-2016-1422").values_list("subject", flat=True)
    )
    assert subjects == {old.subject}
    found = client.get("/api/v1/search", {"q": "Avtalet"}).json()["items"]
    assert [it["key"] for it in found if it["kind"] == "record"] == ["avtalet"]
    old.circle = "organisation:region-skane"
    old.save()
    wrong()
    assert not client.get("/api/v1/search", {"q": "Avtalet"}).json()["items"]


def test_its_moments_are_in_the_timeline(client, old):
    page = client.get("/tidslinje/").content.decode()
    assert "Avtalet" in page
    assert "Region Skåne, NÄTVERKET" in page or "NÄTVERKET, Region Skåne" in page


def test_what_it_belongs_to_shows_it(client, old):
    old.of = "organisation:natverket"
    old.save()
    assert "NÄTVERKET" in client.get("/handlingar/avtalet/").context["reading"].belongs_to.title


def test_a_source_leads_to_it(client, old):
    source = Source.objects.create(key="S4", title="Minnesanteckningarna")
    for row in (old, *Signature.objects.all()):
        Citation.objects.create(source=source, subject=row.subject)
    page = client.get("/kallor/S4/").content.decode()
    assert page.count("/handlingar/avtalet/") == 3
