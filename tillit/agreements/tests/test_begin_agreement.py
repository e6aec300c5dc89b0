"""A secretariat begins an agreement: /overenskommelser/ny/"""

import pytest

from tillit.agreements import rules
from tillit.agreements.models import Agreement, Party
from tillit.agreements.tests.acting import viewer
from tillit.agreements.tests.factories import PartyFactory
from tillit.kit.models import Activity
from tillit.register.models import Organisation
from tillit.register.tests.factories import OrganisationFactory
from tillit.register.tests.filling import fill, opened

pytestmark = pytest.mark.django_db
URL = "/overenskommelser/ny/"
SAID = {
    "title": "Överenskommelsen Värmland",
    "level": "regional",
    "civil_title": "Den idéburna sektorn i Värmland",
    "public_organisation": "Regionen",
}


@pytest.fixture
def region(cast):
    OrganisationFactory(key="varmland", name="Region Värmland", sector="public")


def test_either_secretariat_begins_one_with_a_party_of_each_side(cast, region):
    said = SAID | {"public_organisation": "Region Värmland"}
    answer = fill(cast.coordinator, URL, **said)
    it = Agreement.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"{it.get_absolute_url()}redigera/")
    assert it.key == "overenskommelsen-varmland"
    found = {party.side: (party.title, party.organisation.key) for party in it.parties.all()}
    assert found == {
        "civil": ("Den idéburna sektorn i Värmland", "paraplyet"),
        "public": ("", "varmland"),
    }
    answer = fill(cast.official, URL, **(said | {"civil_organisation": "paraplyet"}))
    assert Agreement.objects.filter(key="overenskommelsen-varmland-2").exists()


def test_it_is_undone_as_one(cast, region):
    fill(cast.coordinator, URL, **(SAID | {"public_organisation": "Region Värmland"}))
    it = Agreement.objects.get()
    first = Activity.objects.filter(part_of=None, subject=it.subject).get()
    url = f"{it.get_absolute_url()}andringar/{first.pk}/angra/"
    assert cast.coordinator.get(url).status_code == 200
    assert cast.coordinator.post(url).status_code == 302
    assert not Agreement.objects.exists()
    assert not Party.objects.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"title": ""}, "Fyll i"),
        ({"public_organisation": "Region Vermland"}, "ingen organisation som heter"),
        ({"public_organisation": ""}, "Skriv en organisation"),
        ({"public_organisation": "paraplyet"}, "hör till den andra parten"),
        ({"start": "i går"}, "2024-05-17"),
    ],
)
def test_bad_input_gets_words_and_stands_as_it_was_typed(cast, region, typed, said):
    answer = fill(cast.coordinator, URL, **{**SAID, "public_organisation": "varmland", **typed})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text
    assert "Den idéburna sektorn i Värmland" in text
    assert not Agreement.objects.exists()


def test_one_may_be_prepared_by_the_parties_alone(cast, region):
    said = SAID | {"public_organisation": "varmland", "private": "on"}
    fill(cast.coordinator, URL, **said)
    page = Agreement.objects.get().get_absolute_url()
    assert cast.coordinator.get(page).status_code == 200
    assert cast.anonymous.get(page).status_code == 404
    assert "Värmland" not in cast.anonymous.get("/overenskommelser/").content.decode()


def test_whoever_is_no_party_does_not_prepare_one_in_private(cast, region):
    said = {"civil_organisation": "foreningen", "public_organisation": "varmland", "private": "on"}
    answer = fill(cast.coordinator, URL, **(SAID | said))
    assert answer.status_code == 422
    assert "måste paraplyet vara en av dem" in answer.content.decode().lower()


def test_others_may_not(cast):
    assert cast.member.get(URL).status_code == 403
    assert cast.outsider.post(URL, SAID).status_code == 403
    assert cast.anonymous.get(URL).status_code == 302
    assert cast.coordinator.put(URL).status_code == 405
    assert not Agreement.objects.exists()


def test_own_organisation_stands_there_already(cast):
    assert opened(cast.coordinator, URL)["civil_organisation"]
    assert opened(cast.official, URL)["public_organisation"]


def test_one_that_begins_later_is_written_before_that(cast, region):
    said = SAID | {"public_organisation": "varmland", "private": "on", "start": "2035"}
    page = fill(cast.coordinator, URL, **said)["Location"]
    assert cast.coordinator.get(page).status_code == 200
    it = Agreement.objects.get()
    assert (
        fill(cast.coordinator, f"{it.get_absolute_url()}versioner/ny/", label="Första").status_code
        == 302
    )
    assert cast.anonymous.get(it.get_absolute_url()).status_code == 404


def test_who_comes_to_be_party_later_to_what_has_begun_has_no_say_yet(skane, cast, rf):
    PartyFactory(
        agreement=skane, organisation=Organisation.objects.get(key="foreningen"), start="2099"
    )
    assert not rules.may_draft(viewer(rf), skane)
