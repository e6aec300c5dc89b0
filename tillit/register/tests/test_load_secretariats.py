"""`secretariats:` in files: who looks after the entries of a side, taken up when all is written."""

import pytest

from tillit.kit.tests.loads import Example
from tillit.register.models import Organisation, Secretariat

pytestmark = pytest.mark.django_db
BOTH = """\
organisations:
  - {key: paraplyet, sector: civil, names: [{name: Paraplyet, kind: official}]}
  - {key: regionen, sector: public, names: [{name: Regionen, kind: official}]}
  - key: foreningen
    sector: civil
    names: [{name: Föreningen, kind: official}]
    places: [{kind: seat, place: "1280"}]
  - key: bortom
    sector: civil
    names: [{name: Bortom, kind: official}]
    places: [{kind: seat, place: "1766"}]
secretariats:
  - {side: civil, organisation: paraplyet, place: "12", period: 2010-06-29/..}
  - {side: public, organisation: regionen, place: "12", period: 2010-06-29/..}
"""


@pytest.fixture
def example(tmp_path):
    return Example(tmp_path)


def kept_by(key):
    kept = Organisation.objects.get(key=key).secretariat
    return kept.organisation.key if kept else None


def test_each_side_is_taken_up_by_its_own(example):
    example.write(BOTH).load()
    assert kept_by("foreningen") == "paraplyet"
    assert kept_by("paraplyet") == "paraplyet"
    assert kept_by("regionen") == "regionen"
    assert kept_by("bortom") is None


def test_what_somebody_looks_after_already_stays_with_them(example):
    example.write(BOTH).load()
    own = Secretariat.objects.get(side="public")
    Organisation.objects.filter(key="foreningen").update(secretariat=own)
    example.load()
    assert kept_by("foreningen") == "regionen"


def test_its_pages_have_addresses_whatever_its_key(example, client):
    example.write(BOTH).load()
    page = client.get("/kanslier/")
    assert [len(rows) for _side, rows in page.context["sides"]] == [1, 1]


@pytest.mark.parametrize(
    "row",
    [
        "{side: civil, organisation: foreningen, place: '12', period: 2015-01-01/..}",
        "{side: civil, organisation: regionen, place: '14', period: 2015-01-01/..}",
        "{side: guests, organisation: regionen, period: 2015-01-01/..}",
        "{side: civil, organisation: finns-inte, place: '14', period: 2015-01-01/..}",
        "{side: civil, organisation: foreningen, place: '9999', period: 2015-01-01/..}",
    ],
)
def test_what_can_t_be_is_refused_and_nothing_written(example, row):
    example.write(BOTH + f"  - {row}\n")
    assert "1 fault" in example.refused()
    assert not Secretariat.objects.exists()
