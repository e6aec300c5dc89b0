"""A word that more have than is counted: of each kind as many as are counted, and none is lost."""

from datetime import date

import pytest

from tillit.kit.circles import Viewer
from tillit.kit.search import finding
from tillit.kit.search.asking import read
from tillit.kit.search.tests.mended import wrong
from tillit.register.tests.factories import OrganisationFactory, PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db
CAP = 3


@pytest.fixture
def few(monkeypatch):
    """So few are counted, also by the questions that are kept ready."""
    finding._prepared.cache_clear()
    monkeypatch.setattr(finding, "CAP", CAP)
    yield
    finding._prepared.cache_clear()


@pytest.fixture(autouse=True)
def register(db, few):
    for number in range(6):
        OrganisationFactory(key=f"kor{number}", name=f"Kören {number}", description="Vi sjunger.")
    OrganisationFactory(key="sang", name="Sången", description="En kör.")
    it = OrganisationFactory(key="annat", name="Annat", named=True)
    UnitFactory(organisation=it, key="annat.korrad", name="Körrådet", kind="committee")
    PersonFactory(key="korsven", name="Körsven Kör")
    wrong()


def found(typed):
    reader = finding.Reader(Viewer(), date(2026, 6, 15))
    it = finding.find(read(typed), reader)
    return {group.kind.noun: group for group in it.groups}


def test_of_each_kind_so_many_are_counted_and_it_is_said_that_there_are_more():
    organisations = found("kör")["organisation"]
    assert (organisations.count, organisations.is_more) == (CAP, True)
    assert {it.subject for it in organisations.ranked} < {
        f"organisation:kor{number}" for number in range(6)
    }


def test_kinds_that_have_few_are_asked_for_words_that_go_on():
    unit = found("kör")["unit"]
    assert [it.subject for it in unit.ranked] == ["unit:annat.korrad"]
    assert not unit.is_more


def test_what_is_found_as_typed_and_as_it_goes_on_counts_once():
    units = [f"unit:annat.rad{number}" for number in range(CAP)]
    for subject in units:
        UnitFactory(
            organisation=OrganisationFactory(key=f"till-{subject[-4:]}", named=True),
            key=subject.removeprefix("unit:"),
            name="Rådet",
            kind="committee",
        )
    wrong()
    group = found("råd")["unit"]
    assert (group.count, group.is_more) == (CAP, False)


def test_where_only_the_beginnings_are_many_they_are_counted_by_kind():
    for number in range(5):
        OrganisationFactory(key=f"bagar{number}", name=f"Bagarna{number}")
    wrong()
    group = found("bagar")["organisation"]
    assert (group.count, group.is_more) == (CAP, True)


def test_words_that_say_nothing_are_counted_in_titles():
    for number in range(5):
        OrganisationFactory(key=f"for{number}", name=f"För {number}")
    wrong()
    group = found("för")["organisation"]
    assert (group.count, group.is_more) == (CAP, True)
