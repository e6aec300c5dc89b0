"""/api/v1/records"""

import pytest

from tillit.records.tests.factories import (
    CaseNumberFactory,
    RecordFactory,
    RecordStepFactory,
    SignatoryFactory,
    SignatureFactory,
)
from tillit.register.tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/records"


@pytest.fixture
def old():
    OrganisationFactory(key="foreningen-a")
    it = RecordFactory(key="avtalet", of="organisation:foreningen-a", state="established")
    RecordStepFactory(record=it)
    CaseNumberFactory(record=it)
    signature = SignatureFactory(record=it)
    SignatoryFactory(record=it, organisation=signature.organisation)
    return it


def test_the_list_is_narrowed_and_goes_by_pages(client, old, most_queries):
    RecordFactory(kind="letter", dated="2013")
    with most_queries():
        found = client.get(URL, {"limit": 1}).json()
    assert (found["count"], len(found["items"])) == (2, 1)
    assert client.get(found["next"]).json()["items"][0]["key"] == "avtalet"
    for asked in (
        {"kind": "agreement"},
        {"of": "organisation:foreningen-a"},
        {"year": "2010"},
        {"state": "established"},
        {"keeper": old.keeper.key},
    ):
        assert [it["key"] for it in client.get(URL, asked).json()["items"]] == ["avtalet"]
    assert client.get(URL, {"year": "x"}).status_code in {400, 422}
    for name in ("kind", "state", "of"):
        assert client.get(URL, {name: "a\0b"}).status_code in {400, 422}
    assert client.get(URL, {"after": "x"}).status_code == 400


def test_one_with_all_that_belongs_to_it(client, old, most_queries):
    with most_queries():
        found = client.get(f"{URL}/avtalet").json()
    assert found["signatures"][0]["name"] == "Inga Ek"
    assert found["signatories"][0]["has_signed"]
    assert found["steps"][0]["step"] == "established"
    assert found["case_numbers"][0]["number"] == "Ks1216/2018"
    assert found["file"] is None
    assert client.get(f"{URL}/finns-inte").status_code == 404


def test_what_is_of_another_circle_is_not_there(client, old):
    RecordFactory(key="hemlig", circle="organisation:x")
    assert client.get(URL).json()["count"] == 1
    assert client.get(f"{URL}/hemlig").status_code == 404


def test_what_it_belongs_to_is_told_to_those_who_know_that(client, old):
    hidden = OrganisationFactory(circle="organisation:x")
    RecordFactory(key="brevet", of=hidden.subject)
    found = {it["key"]: it["of"] for it in client.get(URL).json()["items"]}
    assert found == {"avtalet": old.of, "brevet": ""}
    assert client.get(URL, {"of": hidden.subject}).json()["count"] == 0
    assert client.get(f"{URL}/brevet").json()["of"] == ""
    assert client.get(f"{URL}/avtalet").json()["of"] == old.of
