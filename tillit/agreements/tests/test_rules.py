"""What may never be: versions that overlap or precede their agreement, trees that bite their tails."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from tillit.agreements.models import Agreement, Version
from tillit.agreements.models.version import in_force
from tillit.agreements.tests.factories import AgreementFactory, SectionFactory, VersionFactory

DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))


def bounds() -> st.SearchStrategy[str]:
    """A day, as precisely as sources know them."""
    written = [lambda it: f"{it:%Y-%m-%d}", lambda it: f"{it:%Y-%m}", lambda it: f"{it:%Y}"]
    return st.builds(lambda it, how: how(it), DAYS, st.sampled_from(written))


def version(start: str, end: str, agreement: Agreement, pk: int) -> Version:
    it = Version(agreement=agreement, pk=pk, key=f"a.{pk}", label=str(pk), start=start, end=end)
    period = it.period
    for name in ("possible_from", "certain_from", "certain_until", "possible_until"):
        setattr(it, name, getattr(period, name))
    return it


periods = st.tuples(bounds(), bounds()).filter(lambda it: it[0][:4] <= it[1][:4])


@given(st.lists(periods, max_size=6), DAYS)
def test_versions_that_are_let_in_are_never_surely_in_force_together(several, day):
    agreement, kept = Agreement(key="a", title="A", level="local"), []
    for number, (start, end) in enumerate(several, 1):
        try:
            it = version(start, end, agreement, number)
            it.refuse_overlap_with(kept)
        except ValidationError:
            continue
        kept.append(it)
    sure = [it for it in kept if it.certain_from <= day <= it.certain_until]
    assert len(sure) <= 1
    if sure:
        assert in_force(kept, day) == sure[0]


@given(bounds(), bounds())
def test_no_version_surely_begins_before_its_agreement(begins, start):
    agreement = Agreement(key="a", title="A", level="local", start=begins)
    it = Version(agreement=agreement, key="a.1", label="1", start=start)
    too_early = it.period.start.latest < agreement.period.start.earliest
    if too_early:
        with pytest.raises(ValidationError):
            it.clean()
    else:
        it.clean()


@given(DAYS, st.integers(1, 4000))
def test_one_that_begins_the_day_after_another_ends_does_not_overlap_it(day, length):
    agreement = Agreement(key="a", title="A", level="local")
    one = version(f"{day - timedelta(length)}", f"{day}", agreement, 1)
    version(f"{day + timedelta(1)}", "", agreement, 2).refuse_overlap_with([one])
    with pytest.raises(ValidationError):
        version(f"{day}", "", agreement, 3).refuse_overlap_with([one])


def test_one_of_which_no_source_says_when_is_never_in_force_and_overlaps_nothing():
    agreement = Agreement(key="a", title="A", level="local")
    draft, one = version("", "", agreement, 1), version("2010", "..", agreement, 2)
    draft.refuse_overlap_with([one])
    assert in_force([draft], date(2012, 1, 1)) is None


@pytest.mark.django_db
def test_an_agreement_can_not_come_to_begin_after_its_versions_or_what_builds_on_it():
    it = AgreementFactory(start="2010")
    VersionFactory(agreement=it, start="2010-06-29")
    AgreementFactory(parent=it, start="2012")
    it.check_beside()
    it.start = "2011"
    with pytest.raises(ValidationError):
        it.check_beside()
    it.start = "2010-08-01"
    with pytest.raises(ValidationError):
        it.check_beside()


@pytest.mark.django_db
def test_an_agreement_never_builds_on_itself():
    above = AgreementFactory()
    below = AgreementFactory(parent=AgreementFactory(parent=above))
    above.parent = below
    with pytest.raises(ValidationError):
        above.clean()
    with pytest.raises(ValidationError):
        above.check_beside()


@pytest.mark.django_db
def test_an_agreement_does_not_begin_before_the_one_that_it_builds_on():
    national = AgreementFactory(start="2008-10-23")
    with pytest.raises(ValidationError):
        Agreement(key="b", title="B", level="local", start="2007", parent=national).clean()


@pytest.mark.django_db
def test_two_versions_in_the_database_are_held_against_each_other():
    one = VersionFactory(start="2010", end="2014")
    other = VersionFactory(agreement=one.agreement, start="2015")
    other.check_beside()
    other.start = "2013-05"
    with pytest.raises(ValidationError):
        other.check_beside()


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["0", "1.", "a", "1.2.3.4.5", "01", "1..2"])
def test_a_section_has_a_number_that_can_be_told(number):
    with pytest.raises(ValidationError):
        SectionFactory.build(version=VersionFactory(), number=number).clean_fields()
