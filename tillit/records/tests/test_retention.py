"""The rules of keepers: /gallringsregler/"""

from datetime import date

import pytest

from tillit.kit.circles import Viewer
from tillit.records.models import RetentionRule
from tillit.records.reading import Reading
from tillit.records.tests.factories import RecordFactory, RetentionRuleFactory
from tillit.register.tests.factories import OrganisationFactory
from tillit.register.tests.filling import fill, opened

pytestmark = pytest.mark.django_db
URL = "/gallringsregler/"
TYPED = {"kind": "letter", "keeping": "weed", "years": "2", "basis": "Plan 2025"}


def test_the_rule_of_the_kind_goes_before_that_of_all_others():
    keeper = OrganisationFactory()
    RetentionRuleFactory(keeper=keeper, kind="")
    RetentionRuleFactory(keeper=keeper, kind="letter", keeping="weed", years=2)
    letter = Reading(RecordFactory(keeper=keeper, kind="letter", dated="2020-05"), Viewer())
    assert letter.weeds_from == date(2023, 1, 1)
    minutes = Reading(RecordFactory(keeper=keeper, kind="minutes"), Viewer())
    assert (minutes.rule.kind, minutes.weeds_from) == ("", None)
    assert Reading(RecordFactory(), Viewer()).rule is None
    undated = Reading(RecordFactory(keeper=keeper, kind="letter", dated=""), Viewer())
    assert undated.weeds_from is None


def test_each_keeper_writes_its_own(cast, most_queries):
    assert fill(cast.member, f"{URL}ny/", **TYPED).status_code == 302
    row = RetentionRule.objects.get()
    assert (row.keeper.key, row.years) == ("foreningen", 2)
    assert fill(cast.member, f"{URL}ny/", **TYPED).status_code == 422
    one = f"{URL}{row.key}/"
    assert fill(cast.member, one, keeping="preserve").status_code == 302
    assert RetentionRule.objects.get().years is None
    with most_queries():
        assert "Plan 2025" in cast.anonymous.get(URL).content.decode()
    for client in (cast.official, cast.outsider):
        assert client.get(one).status_code == 403
        assert client.post(f"{one}borttagning/").status_code == 403
    assert cast.anonymous.get(one).status_code == 302
    assert cast.outsider.get(f"{URL}ny/").status_code == 403
    assert cast.member.get(f"{one}borttagning/").status_code == 405
    assert cast.member.post(f"{one}borttagning/").status_code == 302
    assert "empty__title" in cast.anonymous.get(URL).content.decode()
    assert cast.anonymous.post(URL).status_code == 405


@pytest.mark.parametrize(
    "typed", [{"years": ""}, {"years": "0"}, {"years": "x"}, {"basis": ""}, {"keeping": "x"}]
)
def test_bad_input_gets_words(cast, typed):
    assert fill(cast.member, f"{URL}ny/", **{**TYPED, **typed}).status_code == 422


def test_of_two_editors_the_second_is_told(cast):
    fill(cast.member, f"{URL}ny/", **TYPED)
    one = f"{URL}{RetentionRule.objects.get().key}/"
    typed = opened(cast.member, one)
    fill(cast.member, one, basis="Den enas")
    assert cast.member.post(one, {**typed, "basis": "Den andras"}).status_code == 422
