"""An agreement's entry and its parties: /overenskommelser/skane/redigera/ and what follows."""

import pytest

from tillit.agreements.models import Agreement, Party, Principle, Version
from tillit.agreements.tests.acting import acts_for, both_lead
from tillit.agreements.tests.factories import (
    AdoptionFactory,
    AdoptionWithdrawalFactory,
    AgreementFactory,
    PartyFactory,
    VersionFactory,
)
from tillit.kit.changes import Actor, change
from tillit.kit.circles import PUBLIC
from tillit.kit.models import Activity
from tillit.register.tests.factories import OrganisationFactory
from tillit.register.tests.filling import fill, opened

pytestmark = pytest.mark.django_db
URL = "/overenskommelser/skane/redigera/"
ENTRY, NEW = f"{URL}uppgifter/", "/overenskommelser/skane/parter/ny/"
OMAR = Actor("person:omar", "organisation:region-skane")


@pytest.fixture(autouse=True)
def acting(cast, skane):
    both_lead()


def party(key: str) -> str:
    return f"/overenskommelser/skane/parter/{Party.objects.get(organisation__key=key).key}/"


def test_all_that_can_be_changed_is_there_for_either_side(cast, most_queries):
    cast.member.get("/")
    with most_queries():
        page = cast.member.get(URL)
    assert page.status_code == 200
    assert cast.official.get(URL).status_code == 200
    for it in (URL, ENTRY, NEW):
        assert cast.outsider.get(it).status_code == 403
        assert cast.anonymous.get(it).status_code == 302
    assert cast.member.post(URL).status_code == 405


def test_the_entry_is_written_over_and_the_change_undone(cast, skane):
    fill(cast.member, ENTRY, title="Skånes överenskommelse", place="12")
    skane.refresh_from_db()
    assert skane.title == "Skånes överenskommelse"
    noted = Activity.objects.latest("pk")
    assert noted.changes.keys() == {"title"}
    cast.official.post(f"/overenskommelser/skane/andringar/{noted.pk}/angra/")
    skane.refresh_from_db()
    assert skane.title == "Överenskommelsen Skåne"


def test_who_comes_second_sees_what_the_first_changed_and_keeps_the_own_text(cast, skane):
    typed = opened(cast.member, ENTRY) | {"description": "Minas text", "place": "12"}
    change(skane, {"description": "Omars text", "title": "Omars titel"}, OMAR, "bättre")
    answer = cast.member.post(ENTRY, typed)
    text = answer.content.decode()
    assert answer.status_code == 409
    for said in ("Omars text", "Minas text", "bättre", "Omar"):
        assert said in text
    skane.refresh_from_db()
    assert (skane.title, skane.description) == ("Omars titel", "Omars text")


def test_it_does_not_come_to_begin_after_its_versions(cast):
    answer = fill(cast.member, ENTRY, start="2012", place="12")
    assert answer.status_code == 422
    assert "begynner" in answer.content.decode() or "börjar" in answer.content.decode()


def test_a_party_joins_is_replaced_and_ends_on_a_day(cast, skane):
    OrganisationFactory(key="kfsk", name="Kommunförbundet", sector="public")
    OrganisationFactory(key="kommunerna", name="Skånes kommuner", sector="public")
    fill(cast.official, NEW, side="public", organisation="Kommunförbundet", start="2020-01-01")
    assert cast.official.get(party("kfsk")).status_code == 200
    fill(
        cast.official,
        f"{party('kfsk')}andring/",
        organisation="Skånes kommuner",
        start="2022-01-01",
        reason="Nytt namn och ny form",
    )
    former, later = Party.objects.filter(organisation__key__in=["kfsk", "kommunerna"])
    assert (former.end, later.start) == ("2021-12-31", "2022-01-01")
    fill(cast.official, f"{party('kommunerna')}slut/", end="2023-06-30")
    assert Party.objects.get(organisation__key="kommunerna").end == "2023-06-30"


def test_each_side_says_who_its_own_parties_are(cast):
    """Once something has been agreed."""
    for deed in ("rattelse", "andring", "slut", "borttagning"):
        assert cast.member.get(f"{party('region-skane')}{deed}/").status_code == 403
        assert cast.member.post(f"{party('region-skane')}{deed}/", {}).status_code == 403
    answer = cast.member.post(NEW, opened(cast.member, NEW) | {"side": "public", "title": "Vi"})
    assert answer.status_code == 422
    assert "public" not in opened(cast.member, NEW)["side"]


def test_while_it_is_only_prepared_either_side_writes_the_parties_of_both(cast):
    it = AgreementFactory(key="ny-sak", start="")
    mine = acts_for("natverket").organisation
    PartyFactory(agreement=it, organisation=mine)
    VersionFactory(agreement=it, stage="draft", start="")
    OrganisationFactory(key="lund", name="Lunds kommun", sector="public")
    url = "/overenskommelser/ny-sak/parter/ny/"
    assert fill(cast.member, url, side="public", organisation="lund").status_code == 302
    assert it.parties.filter(side="public", organisation__key="lund").exists()


def test_an_organisation_stands_on_its_own_side(cast):
    answer = fill(cast.member, NEW, side="civil", organisation="region-skane")
    assert answer.status_code == 422


def test_what_is_removed_of_parties_is_no_longer_there_and_no_other_word_is_an_address(cast):
    assert cast.member.get(f"{party('natverket')}hittepa/").status_code == 404
    assert cast.member.get("/overenskommelser/skane/parter/finns-inte/").status_code == 404


def test_what_belongs_to_an_agreement_moves_with_it_to_another_circle(cast):
    it = AgreementFactory(key="tyst", private=True)
    PartyFactory(agreement=it)
    version = VersionFactory(agreement=it, stage="draft", start="")
    assert it.circle == it.parties_circle
    change(it, {"private": False}, OMAR)
    assert {*Party.objects.filter(agreement=it).values_list("circle", flat=True)} == {PUBLIC}
    assert Version.objects.get(pk=version.pk).circle == it.parties_circle
    change(it, {"private": True}, OMAR)
    assert {*Party.objects.filter(agreement=it).values_list("circle", flat=True)} == {
        it.parties_circle
    }


def test_all_of_a_version_moves_with_an_agreement(skane):
    """However it came to move."""
    skane.circle = "somebody:else"
    skane.save()
    skane.settle(None)
    version = Version.objects.get(key="skane.2010")
    assert version.circle == "somebody:else"
    assert {*Principle.objects.filter(version=version).values_list("circle", flat=True)} == {
        "somebody:else"
    }
    assert Agreement.objects.get(key="skane").circle == "somebody:else"


def test_what_others_have_read_is_not_made_private(cast, skane):
    assert "private" not in opened(cast.member, ENTRY)


def test_once_somebody_stands_behind_a_version_each_side_writes_its_own_parties(cast):
    it = AgreementFactory(key="ny-sak", start="")
    PartyFactory(agreement=it, organisation=acts_for("natverket", extent="lead").organisation)
    lund = OrganisationFactory(key="lund", name="Lunds kommun", sector="public")
    new = "/overenskommelser/ny-sak/parter/ny/"
    fill(cast.member, new, side="public", organisation="lund")
    other = it.parties.get(organisation=lund)
    version = VersionFactory(agreement=it, stage="draft", start="")
    noted = Activity.objects.get(subject=other.subject)
    row = AdoptionFactory(
        version=version,
        kind="adopted",
        organisation=it.parties.exclude(pk=other.pk).get().organisation,
    )
    for deed in ("rattelse", "andring", "slut", "borttagning"):
        url = f"/overenskommelser/ny-sak/parter/{other.key}/{deed}/"
        assert cast.member.post(url, {}).status_code == 403, deed
    assert "public" not in opened(cast.member, new)["side"]
    undo = f"/overenskommelser/ny-sak/andringar/{noted.pk}/angra/"
    assert cast.member.post(undo).status_code == 403
    AdoptionWithdrawalFactory(adoption=row)
    assert cast.member.post(undo).status_code == 302
    assert not it.parties.filter(pk=other.pk).exists()
