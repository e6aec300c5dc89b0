"""A draft is for the parties; what is in consultation or adopted is for all who read the agreement."""

import pytest

from tillit.agreements import rules
from tillit.agreements.models import Agreement, MeasureFollowUp, Section, Version
from tillit.agreements.tests.acting import acts_for, viewer
from tillit.agreements.tests.factories import (
    AgreementFactory,
    MeasureFactory,
    MeasureFollowUpFactory,
    SectionFactory,
    VersionFactory,
)
from tillit.kit.changes import Actor, change
from tillit.kit.circles import PUBLIC, Viewer

pytestmark = pytest.mark.django_db
ACTOR = Actor("person:mina")


@pytest.fixture
def draft(skane: Agreement) -> Version:
    it = VersionFactory(agreement=skane, key="skane.nasta", label="Nästa", stage="draft", start="")
    SectionFactory(version=it, key="skane.nasta.1", number="1", heading="Hemligt ännu")
    measure = MeasureFactory(version=it, key="skane.ny", number=1, title="Ännu inte sagd")
    MeasureFollowUpFactory(measure=measure)
    return it


@pytest.fixture
def reader(cast, rf):
    """The member, acting for a party."""

    def of(organisation: str, extent: str = "edit") -> Viewer:
        acts_for(organisation, extent=extent)
        return viewer(rf)

    return of


def test_a_draft_is_there_for_the_parties_alone(draft, cast, reader):
    page = f"/overenskommelser/skane/versioner/{draft.local_key}/"
    assert cast.anonymous.get(page).status_code == 404
    assert cast.outsider.get(page).status_code == 404
    assert "skane.nasta" not in cast.anonymous.get("/api/v1/agreements/skane/versions").text
    assert Section.objects.visible_to(reader("region-skane", "read")).filter(version=draft).exists()
    assert cast.member.get(page).status_code == 200


def test_each_side_reads_its_own_circle_and_not_the_others(draft, cast, reader):
    circles = reader("natverket").circles
    assert {"agreement:skane", "agreement:skane:civil"} <= circles
    assert "agreement:skane:public" not in circles


def test_all_that_belongs_to_a_draft_goes_public_with_it(draft):
    change(draft, {"stage": "consultation"}, ACTOR)
    assert {*Section.objects.filter(version=draft).values_list("circle", flat=True)} == {PUBLIC}
    told = MeasureFollowUp.objects.get(measure__version=draft)
    assert told.circle == PUBLIC
    change(draft, {"stage": "draft"}, ACTOR)
    told.refresh_from_db()
    assert told.circle == "agreement:skane"


def test_a_draft_is_in_force_on_no_day_and_in_the_way_of_no_other(draft, skane):
    draft.start = "2012"
    draft.full_clean()
    draft.check_beside()
    assert draft.force_on(draft.period.possible_from) == "coming"


@pytest.mark.parametrize(
    ("extent", "drafts", "binds"),
    [("read", False, False), ("edit", True, False), ("lead", True, True)],
)
def test_who_edits_for_a_party_drafts_and_who_leads_it_binds_it(
    draft, reader, extent, drafts, binds
):
    it = reader("natverket", extent)
    assert rules.may_edit_version(it, draft) is drafts
    assert rules.may_bind(it, draft.agreement) is binds
    assert rules.may_write_for(it, draft.agreement, "civil") is drafts
    assert not rules.may_write_for(it, draft.agreement, "public")


def test_what_was_adopted_is_edited_by_nobody(skane, reader):
    it = reader("natverket", "lead")
    assert not rules.may_edit_version(it, Version.objects.get(key="skane.2010"))


def test_a_mandate_for_a_party_of_another_agreement_lets_one_draft_nothing(draft, reader):
    it = reader("natverket", "lead")
    assert not rules.may_draft(it, AgreementFactory(key="annan"))
