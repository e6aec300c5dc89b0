"""`records:` and `retention_rules:` in the files."""

import pytest

from tillit.kit.models import Activity, Citation
from tillit.kit.tests.loads import Example
from tillit.records.models import (
    CaseNumber,
    Record,
    RecordStep,
    RetentionRule,
    Signatory,
    Signature,
)
from tillit.register.tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
WHOLE = """
sources:
  - {key: S2, title: Avtalet}
records:
  - key: avtalet
    title: Överenskommelse om samverkan
    kind: agreement
    of: version:skane.2010
    keeper: region-skane
    dated: 2010-06-29
    source: [S2:1-62, {at: S2:4, field: dated, says: juni 2010, contradicts: true}]
    numbers:
      - {organisation: region-skane, number: "RS 2010/7"}
    steps:
      - {step: established, dated: 2010-06-29, by: Regionfullmäktige, source: S2:17}
    signatories:
      - {organisation: region-skane, side: public}
      - {organisation: natverket, side: civil}
    signatures:
      - {organisation: natverket, side: civil, dated: 2010-06-29, source: S2:19}
      - {organisation: natverket, side: civil, name: Inga Ek, dated: 2010-06-29}
retention_rules:
  - {keeper: region-skane, kind: letter, keeping: weed, years: 2, basis: Plan}
  - {keeper: region-skane, keeping: preserve, basis: Arkivlagen}
"""


@pytest.fixture
def example(tmp_path):
    OrganisationFactory(key="region-skane", sector="public")
    OrganisationFactory(key="natverket")
    return Example(tmp_path)


def test_a_record_is_loaded_whole_and_a_second_time_changes_nothing(example):
    example.write(WHOLE).load()
    it = Record.objects.get()
    assert (it.state, it.sha256, it.dated_key) == ("established", "", "2010-06-29")
    assert CaseNumber.objects.get().number == "RS 2010/7"
    assert RecordStep.objects.get().by == "Regionfullmäktige"
    assert (Signatory.objects.count(), Signature.objects.count()) == (2, 2)
    assert Citation.objects.filter(subject=it.subject, contradicts=True).exists()
    assert RetentionRule.objects.count() == 2
    before = Activity.objects.count()
    example.load()
    assert Activity.objects.count() == before


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("kind: agreement", "kind: avtal", "may not stand here"),
        ("step: established", "step: draft", "no step"),
        ("dated: 2010-06-29\n    source", "dated: igår\n    source", "not a day"),
        ("keeper: region-skane\n    dated", "keeper: finns-inte\n    dated", "no organisation"),
        ("    dated: 2010-06-29\n    source", "    sha256: abc\n    source", "no SHA-256"),
        ("years: 2, ", "", "how many years"),
        (
            "steps:\n      - {step: established, dated: 2010-06-29, by: Regionfullmäktige, source: S2:17}",
            "",
            "Only what has been established",
        ),
    ],
)
def test_faults_are_told_with_their_place(example, was, now, said):
    assert was in WHOLE
    assert any(said in it for it in example.write(WHOLE.replace(was, now)).faults())
    assert not Record.objects.exists()
