"""Who can't be reached, and why."""

import pytest

from tillit.post.models import OptOut, Suppression
from tillit.register.models import Contact, Organisation

pytestmark = pytest.mark.django_db
PAGE = "/utskick/nas-inte/"


@pytest.fixture
def two(cast, looked_after):
    looked_after("alfa", "anna@example.org")
    looked_after("beta", "bo@example.org")
    looked_after("gamma", "cia@example.org")
    looked_after("kommunen", "kim@example.org", side="public")
    sender = Organisation.objects.get(key="paraplyet")
    Suppression.objects.create(email="anna@example.org", reason="mailbox full")
    Suppression.objects.create(email="kim@example.org")
    OptOut.objects.create(email="bo@example.org", topic=f"news.{sender.pk}")
    OptOut.objects.create(
        email="cia@example.org", topic=f"news.{Organisation.objects.get(key='regionen').pk}"
    )


def emails(answer):
    return [row.email for row in answer.context["listing"].slice.rows]


def test_addresses_that_bounce_and_those_who_have_said_no(cast, two, most_queries):
    with most_queries():
        answer = cast.coordinator.get(PAGE)
    assert emails(answer) == ["anna@example.org", "bo@example.org"]
    assert emails(cast.coordinator.get(PAGE, {"why": "bounces"})) == ["anna@example.org"]
    assert emails(cast.coordinator.get(PAGE, {"why": "opted-out"})) == ["bo@example.org"]
    assert emails(cast.official.get(PAGE)) == ["kim@example.org"]
    assert cast.coordinator.get(PAGE, {"why": "rain"}).status_code == 400


def test_organisations_for_which_nobody_takes_letters(cast, two):
    page = cast.coordinator.get(PAGE)
    assert [it.title for it in page.context["silent"]] == ["Foreningen", "Paraplyet"]
    assert 'href="/organisationer/foreningen/kontakter/ny/"' in page.content.decode()
    assert [it.title for it in cast.official.get(PAGE).context["silent"]] == ["Regionen"]


def test_it_comes_as_files(cast, two):
    file = cast.coordinator.get("/utskick/nas-inte.csv").getvalue().decode()
    assert "anna@example.org" in file
    assert "Paraplyet" in file
    assert "kim@example.org" not in file
    assert cast.coordinator.get("/utskick/nas-inte.xlsx").getvalue().startswith(b"PK")


def test_an_address_that_bounced_is_tried_once_more(cast, two):
    key = Contact.objects.get(email="anna@example.org").key
    assert cast.coordinator.post(f"{PAGE}{key}/igen/").url == PAGE
    assert Suppression.objects.get(email="anna@example.org").lifted_at
    assert cast.coordinator.post(f"{PAGE}{key}/igen/").status_code == 404
    other = Contact.objects.get(email="kim@example.org").key
    assert cast.coordinator.post(f"{PAGE}{other}/igen/").status_code == 404
    assert cast.coordinator.get(f"{PAGE}{key}/igen/").status_code == 405


def test_a_protected_organisation_is_not_told_of(cast, two):
    Organisation.objects.filter(key="alfa").update(protected=True)
    answer = cast.coordinator.get(PAGE)
    assert emails(answer) == ["bo@example.org"]
    assert "anna@" not in answer.content.decode()


def test_others_are_turned_away(cast, two):
    assert cast.member.get(PAGE).status_code == 403
    assert cast.outsider.get(PAGE).status_code == 403
    assert cast.anonymous.get(PAGE).status_code == 302
    assert cast.coordinator.post(PAGE).status_code == 405
