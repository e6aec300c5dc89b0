"""The example of Skåne, loaded as it stands: what the documents say is what the pages say."""

import io
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from tillit.agreements.models import (
    Adoption,
    Agreement,
    Aim,
    Commitment,
    Definition,
    Measure,
    MeasureFollowUp,
    Party,
    Principle,
    Section,
    Version,
)
from tillit.kit.models import Activity, Citation, Source
from tillit.kit.periods import Standing
from tillit.register.models import Identifier, Membership, Organisation, Person, Role

SKÅNE = Path(settings.PACKAGE).parent / "examples" / "skane"


@pytest.fixture(scope="module")
def skåne(django_db_setup, django_db_blocker):
    """Loaded once for all of these tests, which only read."""
    with django_db_blocker.unblock():
        call_command("load", SKÅNE, stdout=io.StringIO(), stderr=io.StringIO())
        yield
        call_command("flush", interactive=False, verbosity=0)


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("skåne")]


def members(day):
    return (
        Client()
        .get("/api/v1/organisations", {"member_of": "natverket", "on": day, "limit": 200})
        .json()
    )


def test_there_are_32_members_at_the_end_of_2012_and_29_a_year_before():
    assert members("2012-12-31")["count"] == 32
    assert members("2012-12-31")["assumed"] == 0
    assert members("2011-12-31")["count"] == 29
    new = {item["key"] for item in members("2012-12-31")["items"]} - {
        item["key"] for item in members("2011-12-31")["items"]
    }
    assert {Organisation.objects.get(key=key).name for key in new} == {
        "Skånes Nykterhetsförbund",
        "Stiftelsen Credo",
        "Noaks Ark Skåne",
    }


def test_for_2025_all_are_assumed_and_the_contract_states_60():
    answer = members("2025-06-30")
    assert (answer["count"], answer["assumed"]) == (32, 32)
    [stated] = answer["stated"]
    assert stated["low"] == 60
    assert {source["source"] for source in stated["sources"]} == {"S3"}


def test_the_pages_say_the_same():
    for day, count in (("2012-12-31", 32), ("2011-12-31", 29), ("2025-06-30", 32)):
        response = Client().get("/organisationer/natverket/medlemmar/", {"on": day})
        assert response.context["members"].count == count
        listed = Client().get("/organisationer/", {"member_of": "natverket", "on": day})
        assert listed.context["listing"].slice.count == count
    text = (
        Client().get("/organisationer/natverket/medlemmar/", {"on": "2025-06-30"}).content.decode()
    )
    assert "60 regionala idéburna aktörer" in text


def test_the_three_employees_of_2012_have_their_changing_shares():
    def shares(day):
        roles = Role.objects.filter(organisation__key="natverket", kind="employee").on(
            date.fromisoformat(day)
        )
        return {
            str(role.person): float(role.share)
            for role in roles.select_related("person")
            if role.standing_on(date.fromisoformat(day)) is Standing.KNOWN and role.share
        }

    assert shares("2012-02-01") == {"Christoph Lukkerz": 0.8, "Maria Leiner": 0.95}
    assert shares("2012-06-15") == {
        "Christoph Lukkerz": 0.8,
        "Maria Leiner": 0.95,
        "Henrik Nilsson": 0.8,
    }
    assert shares("2012-10-01") == {
        "Christoph Lukkerz": 0.8,
        "Maria Leiner": 1.0,
        "Henrik Nilsson": 1.0,
    }


def test_one_organisation_has_had_many_names():
    for name in ("NSES", "NÄTVERKET", "NÅTVERKET", "Nätverket Social Ekonomi Skåne", "802435-6498"):
        rows = Client().get("/organisationer/", {"q": name}).context["listing"].slice.rows
        assert "natverket" in {row.key for row in rows}, name
    umbrella = Organisation.objects.get(key="natverket")
    assert "Social Ekonomi" in umbrella.name_on(date(2012, 6, 1))
    assert umbrella.name_on(date(2025, 6, 1)).startswith("NÄTVERKET")


def test_region_skånes_number_stands_as_written_with_its_warning():
    number = Identifier.objects.get(organisation__key="region-skane", scheme="orgnr")
    assert number.value == "232100–0205"
    assert not number.verdict.holds
    text = Client().get("/organisationer/region-skane/").content.decode()
    assert "232100–0205" in text
    assert str(number.verdict.reason) in text


def test_two_persons_of_one_name_are_two():
    assert Person.objects.filter(name="Peter Nilsson").count() == 2


def test_the_shelters_of_värmland_keep_their_place():
    shelters = Organisation.objects.filter(protected=True)
    assert shelters.count() >= 4
    for shelter in shelters:
        assert not Client().get(f"/api/v1/organisations/{shelter.key}").json()["places"]
    listed = Client().get("/organisationer/", {"place": "17"}).context["listing"].slice.rows
    assert not {row.key for row in listed} & {shelter.key for shelter in shelters}


def test_a_party_stands_only_beside_elected_roles():
    assert Role.objects.exclude(party="").count() == 7
    assert set(Role.objects.exclude(party="").values_list("organisation__sector", flat=True)) == {
        "public"
    }


def in_force(day):
    [skåne] = (
        it
        for it in Client().get("/api/v1/agreements", {"on": day}).json()["items"]
        if it["key"] == "skane"
    )
    return skåne["version"]


def test_the_first_version_is_in_force_in_2012_and_that_of_2021_in_2022():
    assert in_force("2010-06-29") == "skane.2010"
    assert in_force("2012-06-01") == "skane.2010"
    assert in_force("2018-06-01") == "skane.2015"
    assert in_force("2022-01-01") == "skane.2021"
    text = Client().get("/overenskommelser/skane/", {"on": "2022-01-01"}).content.decode()
    assert "finns inte i källorna" in text


def test_nine_measures_stand_in_order_each_with_its_text_of_2012_and_its_source():
    answer = Client().get("/api/v1/agreements/skane/measures").json()
    assert [it["number"] for it in answer["items"]] == list(range(1, 10))
    for it in answer["items"]:
        [told] = it["follow_ups"]
        assert (told["year"], told["side"]) == (2012, "civil")
        assert told["text"]
        assert "S0" in {source["source"] for source in told["sources"]}
        assert "S2" in {source["source"] for source in it["sources"]}


def test_the_text_of_2010_is_there_whole_and_the_later_ones_are_not():
    first, *later = Client().get("/api/v1/agreements/skane/versions").json()["items"]
    assert [it["number"] for it in first["sections"]] == ["1", "2", "2.1", "3"]
    assert [len(it["principles"]) for it in (first, *later)] == [6, 0, 0]
    assert [it["has_text"] for it in (first, *later)] == [True, False, False]
    [then], [now] = first["definitions"], later[-1]["definitions"]
    assert "kooperativ" in then["text"]
    assert "kooperativ" not in now["text"]


def test_what_the_agreement_is_for_is_told_of_the_version_in_force_though_its_text_is_not_known():
    first, _later, now = Client().get("/api/v1/agreements/skane/versions").json()["items"]
    assert [it["kind"] for it in first["aims"]] == ["purpose", "vision", "goal", "goal"]
    assert [it["kind"] for it in now["aims"]] == ["purpose", "goal", "goal"]
    assert "välfärdsutvecklingen" in first["aims"][-1]["text"]
    assert "samhällsutmaningar" in now["aims"][-1]["text"]
    page = Client().get("/overenskommelser/skane/?on=2026-01-01").content.decode()
    assert "samhällsutmaningar" in page
    assert "kännetecknat av tillväxt" not in page


def test_the_document_of_2012_counts_eight_measures_and_both_stand():
    first = Client().get("/api/v1/agreements/skane/measures").json()["items"][0]
    [said] = [it for it in first["follow_ups"][0]["sources"] if it["contradicts"]]
    assert "åtta" in said["says"]


def test_every_row_rests_on_a_document():
    for model in (
        *(Organisation, Person, Role, Membership, Identifier),
        *(Agreement, Party, Version, Section, Aim, Definition, Principle, Commitment),
        *(Measure, MeasureFollowUp, Adoption),
    ):
        cited = set(
            Citation.objects.filter(subject__startswith=f"{model.noun}:").values_list(
                "subject", flat=True
            )
        )
        assert not [row.subject for row in model.objects.all() if row.subject not in cited], model


def test_no_personal_address_or_telephone_number_is_kept():
    text = "".join(path.read_text() for path in SKÅNE.rglob("*.yaml"))
    assert "@" not in text
    assert "0705" not in text
    assert "040-675" not in text


def test_loading_again_changes_nothing():
    before = Activity.objects.count()
    out = io.StringIO()
    call_command("load", SKÅNE, stdout=out, stderr=io.StringIO())
    assert Activity.objects.count() == before


def test_every_document_shows_what_rests_on_it():
    for source in Source.objects.all():
        response = Client().get(f"/kallor/{source.key}/")
        assert response.status_code == 200
        assert len(response.context["rests"]) > 0 or source.key == "SCB"
