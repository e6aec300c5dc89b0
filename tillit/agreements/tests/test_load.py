"""`agreements:` in files."""

import pytest

from tillit.agreements.models import (
    Adherence,
    Agreement,
    Effort,
    ImpactCheck,
    MeasureFollowUp,
    Orientation,
    Plan,
    Section,
    Version,
)
from tillit.kit.models import Activity
from tillit.kit.tests.loads import Example
from tillit.register.tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
WHOLE = """
agreements:
  - key: skane
    title: Överenskommelsen Skåne
    level: regional
    place: "12"
    period: 2010-06-29/
    parties:
      - {side: civil, organisation: natverket, title: Den idéburna sektorn, period: 2010-06-29/}
    versions:
      - key: "2010"
        label: 2010–2014
        period: 2010-06-29/2014
        sections:
          - number: "1"
            heading: Bakgrund
            text: |
              Första stycket.

              - En punkt
        principles:
          - {number: 1, heading: Dialog}
        commitments:
          - {side: civil, number: 1, text: Sprida, principle: 1}
        measures:
          - number: 1
            title: Samråd
            text: Utveckla samråd
            follow_ups:
              - {year: 2012, side: civil, text: Så gick det}
        adoptions:
          - {kind: signed, organisation: natverket, dated: 2010-06-29}
"""


@pytest.fixture
def example(tmp_path):
    OrganisationFactory(key="natverket", sector="civil")
    return Example(tmp_path)


def test_an_agreement_is_loaded_with_all_that_belongs_to_it_and_again_without_change(example):
    example.write(WHOLE).load()
    assert Agreement.objects.get().place_id == "12"
    assert Section.objects.get().text == "Första stycket.\n\n- En punkt"
    assert MeasureFollowUp.objects.get().key == "skane.1.2012.civil"
    before = Activity.objects.count()
    example.load()
    assert Activity.objects.count() == before


def test_what_the_file_no_longer_has_is_removed_and_nothing_of_another_agreement(example):
    other = WHOLE.replace("skane", "lund").replace("agreements:\n", "").replace("\nagreements:", "")
    example.write(WHOLE + other).load()
    example.write(WHOLE.partition("        sections:")[0] + other).load()
    assert {it.version.agreement.key for it in Section.objects.all()} == {"lund"}
    assert [it.key for it in MeasureFollowUp.objects.all()] == ["lund.1.2012.civil"]
    assert Version.objects.count() == 2
    example.write(WHOLE.partition("    versions:")[0] + other).load()
    assert [it.key for it in Version.objects.all()] == ["lund.2010"]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("period: 2010-06-29/2014", "period: 2009/2014", "begins before its agreement"),
        ('number: "1"', 'number: "1.x"', "Write a number as 2 or 2.1"),
        ("principle: 1", "principle: 7", "no principle has the key"),
        ("organisation: natverket, title: Den idéburna sektorn, ", "", "the party is nobody"),
        ("dated: 2010-06-29", "dated: i går", "is not a day"),
        ("level: regional", "level: regional\n    parent: skane", "would be a part of itself"),
        ("kind: signed", "kind: stamped", "may not stand here"),
        ("year: 2012", "year: 12", "1000"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(example, before, after, said):
    assert before in WHOLE
    example.write(WHOLE.replace(before, after))
    assert any(said in fault for fault in example.faults()), example.said()


def test_two_versions_in_force_at_once_are_refused(example):
    two = WHOLE + '      - {key: "2013", label: Den andra, period: 2013-05/}\n'
    assert "in force then" in example.write(two).fault()
    after = WHOLE + '      - {key: "2015", label: Den andra, period: 2015/}\n'
    example.write(after).load()


def test_a_version_in_the_database_counts_too(example):
    example.write(WHOLE).load()
    other = WHOLE.partition("    versions:")[0]
    later = other + '    versions:\n      - {key: "2013", label: Ny, period: 2013-05/}\n'
    assert "“2010”" in example.write(later).fault()


def test_the_same_number_twice_in_a_version_is_refused(example):
    twice = WHOLE.replace(
        "          - {number: 1, heading: Dialog}\n",
        "          - {number: 1, heading: Dialog}\n          - {number: 1, heading: Kvalitet}\n",
    )
    assert "used twice" in example.write(twice).fault()
    measures = WHOLE.replace(
        "        adoptions:",
        "          - {key: andra, number: 1, title: Till, text: En till}\n        adoptions:",
    )
    assert "number 1" in example.write(measures).fault()


JOINED = """    adherences:
      - {organisation: natverket, period: 2015-01-01/2016}
      - {organisation: natverket, period: 2017/}
    plans:
      - key: utveckling
        title: Flerårig utvecklingsplan
        period: 2015/2018
        focus_areas:
          - {year: 2016, title: Kultur}
    orientations:
      - year: 2016
        title: Året 2016
        efforts:
          - {number: 1, title: Forum, lead: natverket, state: set_aside, measures: [skane.1], commitments: [skane.2010.civil.1]}
          - {number: 2, title: Digitalt forum}
        reprioritisations:
          - {before: 1, after: 2, reason: Det gick inte, dated: 2016-03}
    impact_checks:
      - {key: taxor, title: Nya taxor, organisation: regionen, opened_on: 2016-01-15, analysis: Inget ändras, closed_on: 2016-02-01, closed_by: Nämnden}
"""


@pytest.fixture
def with_plans(example):
    OrganisationFactory(key="regionen", sector="public")
    return example


def test_what_belongs_to_an_agreement_besides_is_loaded_and_again_without_change(with_plans):
    with_plans.write(WHOLE + JOINED).load()
    assert Adherence.objects.count() == 2
    effort = Effort.objects.get(number=1)
    assert [it.key for it in effort.measures.all()] == ["skane.1"]
    assert effort.replaced.after.title == "Digitalt forum"
    assert ImpactCheck.objects.get().circle == "public"
    before = Activity.objects.count()
    with_plans.load()
    assert Activity.objects.count() == before
    with_plans.write(WHOLE).load()
    assert not any(it.objects.exists() for it in (Adherence, Plan, Orientation, ImpactCheck))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("period: 2017/}", "period: 2015-06/}", "joined already then"),
        ("period: 2015-01-01/2016}", "period: 2009/2016}", "before the agreement"),
        ("year: 2016, title: Kultur", "year: 2020, title: Kultur", "outside the plan"),
        ("before: 1, after: 2", "before: 7", "no effort has the key"),
        ("analysis: Inget ändras, ", "", "closed by an analysis"),
        ("opened_on: 2016-01-15", "opened_on: 2016", "is not a day"),
        ("organisation: regionen", "organisation: natverket", "by the public side"),
        ("measures: [skane.1]", "measures: [skane.9]", "no measure has the key"),
    ],
)
def test_what_is_wrong_with_that_is_told_with_its_line(with_plans, before, after, said):
    assert before in JOINED
    with_plans.write(WHOLE + JOINED.replace(before, after))
    assert any(said in fault for fault in with_plans.faults()), with_plans.said()
