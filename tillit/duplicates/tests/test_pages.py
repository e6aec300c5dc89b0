"""The pages: what may be the same, two side by side, merging, and what has been merged."""

import pytest
from django.utils import timezone

from tillit.duplicates import pairing
from tillit.duplicates.merging import merge
from tillit.duplicates.models import Merge, Pair, State
from tillit.duplicates.tests.twins import organisation, pair_of, person, viewer
from tillit.kit.days import today
from tillit.register.models import Organisation
from tillit.register.tests.factories import MembershipFactory, PresenceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(cast):
    return organisation("tallen", name="Föreningen Tallen"), organisation(
        "tallens", name="Föreningen Tallen i Lund"
    )


@pytest.fixture
def pair(two):
    return pair_of(*two)


def addresses(pair):
    return [
        "/dubbletter/",
        pair.get_absolute_url(),
        f"{pair.get_absolute_url()}beslut/refused/",
        f"{pair.get_absolute_url()}sammanslagning/",
        "/dubbletter/ny/organisation/tallen/",
        "/sammanslagningar/",
    ]


def test_only_secretariats_see_what_may_be_the_same(pair, cast):
    for address in addresses(pair):
        assert cast.coordinator.get(address).status_code == 200, address
        assert cast.member.get(address).status_code == 403, address
        assert cast.outsider.get(address).status_code == 403, address
        assert cast.anonymous.get(address).status_code == 302, address


def test_the_other_sides_secretariat_has_none_of_it(pair, cast):
    assert "Tallen" not in cast.official.get("/dubbletter/").content.decode()
    assert cast.official.get(pair.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("number", range(6))
def test_no_page_asks_more_than_twelve_times(pair, cast, most_queries, number):
    cast.coordinator.get(addresses(pair)[number])
    with most_queries():
        cast.coordinator.get(addresses(pair)[number])


def test_two_persons_side_by_side_ask_no_more_than_twelve_times(two, cast, most_queries):
    pair = pair_of(
        person("monika", two[0], name="Monika Ek"), person("monica", two[1], name="Monica Ek")
    )
    for address in (pair.get_absolute_url(), f"{pair.get_absolute_url()}sammanslagning/"):
        assert cast.coordinator.get(address).status_code == 200
        with most_queries():
            cast.coordinator.get(address)


def test_the_list_says_what_speaks_for_and_against(pair, cast):
    page = cast.coordinator.get("/dubbletter/").content.decode().replace("\xa0", " ")
    assert "Föreningen Tallen – Föreningen Tallen i Lund" in page
    assert "kanske samma" in page
    assert "Bara det ena namnet nämner en plats: Lund." in page


def test_the_list_goes_out_as_a_file(pair, cast):
    text = b"".join(cast.coordinator.get("/dubbletter.csv")).decode()
    assert "tallens" in text
    assert b"".join(cast.coordinator.get("/sammanslagningar.xlsx")).startswith(b"PK")


def test_two_stand_side_by_side(pair, two, cast):
    PresenceFactory(organisation=two[0])
    page = cast.coordinator.get(pair.get_absolute_url()).content.decode()
    assert "Malmö" in page
    assert "Det är samma: slå samman" in page


def test_they_are_put_off_and_come_back_on_the_day(pair, cast):
    address = f"{pair.get_absolute_url()}beslut/later/"
    wrong = cast.coordinator.post(address, {"until": "2020-01-01", "why": "Vi frågar dem."})
    assert wrong.status_code == 422
    assert "Vi frågar dem." in wrong.content.decode()
    cast.coordinator.post(address, {"until": "2030-01-01", "why": "Vi frågar dem."})
    pair.refresh_from_db()
    assert (pair.state, str(pair.until)) == (State.LATER, "2030-01-01")
    assert not Pair.objects.waiting(today()).exists()
    assert Pair.objects.waiting(pair.until).exists()


def test_they_are_said_to_be_two_and_that_is_taken_back(pair, cast):
    cast.coordinator.post(f"{pair.get_absolute_url()}beslut/refused/", {"why": "Två orter."})
    assert Pair.objects.get().state == State.REFUSED
    cast.coordinator.post(f"{pair.get_absolute_url()}beslut/open/", {})
    assert Pair.objects.get().state == State.OPEN


def test_merging_asks_which_stays_and_says_what_was_done(pair, two, cast):
    kept, gone = two
    Organisation.objects.filter(pk=kept.pk).update(web="https://a.se")
    Organisation.objects.filter(pk=gone.pk).update(web="https://b.se")
    address = f"{pair.get_absolute_url()}sammanslagning/"
    assert cast.coordinator.post(address, {"kept": "tallen"}).status_code == 422
    sent = {"kept": "tallen", "web": "tallens", "why": "Samma styrelse."}
    answer = cast.coordinator.post(address, sent, follow=True)
    page = answer.content.decode()
    assert "är nu ett med" in page
    assert "Samma styrelse." in page
    kept.refresh_from_db()
    assert kept.web == "https://b.se"
    assert cast.coordinator.get("/organisationer/tallens/")["Location"] == "/organisationer/tallen/"


def test_what_hinders_a_merge_is_said_and_the_form_kept(pair, two, cast):
    kept, gone = two
    MembershipFactory(umbrella=kept, member=gone)
    page = cast.coordinator.get(pair.get_absolute_url()).content.decode()
    assert "ingen är medlem i sig själv" in page
    answer = cast.coordinator.post(
        f"{pair.get_absolute_url()}sammanslagning/", {"kept": "tallen", "why": "Samma."}
    )
    assert answer.status_code == 422
    assert "Samma." in answer.content.decode()
    assert Merge.objects.count() == 0


def test_a_merge_is_undone_from_its_page(two, cast):
    kept, gone = two
    done = merge(kept, gone, viewer("karin"), timezone.now(), chosen={})
    address = done.get_absolute_url()
    assert "Ångra sammanslagningen" in cast.coordinator.get(address).content.decode()
    assert cast.official.get(address).status_code == 404
    assert cast.member.get(address).status_code == 403
    assert cast.coordinator.get(f"{address}angring/").status_code == 200
    answer = cast.coordinator.post(f"{address}angring/", {"why": "Fel."}, follow=True)
    assert "De är två igen." in answer.content.decode()
    assert Organisation.objects.filter(key="tallens").exists()
    assert cast.coordinator.get("/sammanslagningar/").status_code == 200


def test_the_other_one_is_found_by_hand(two, cast):
    address = "/dubbletter/ny/organisation/tallen/"
    page = cast.coordinator.get(f"{address}?q=lund").content.decode()
    assert "Föreningen Tallen i Lund" in page
    answer = cast.coordinator.post(address, {"other": "tallens"})
    assert answer["Location"] == Pair.objects.get().get_absolute_url()
    again = cast.coordinator.post("/dubbletter/ny/organisation/tallens/", {"other": "tallen"})
    assert again["Location"] == answer["Location"]
    assert cast.coordinator.post(address, {"other": "tallen"}).status_code == 400
    for nobody in ("finns-inte", "", "tallens\x00", "x" * 300):
        assert cast.coordinator.post(address, {"other": nobody}).status_code == 404
    assert cast.coordinator.get("/dubbletter/ny/plats/malmo/").status_code == 404


def test_nobody_lays_beside_each_other_what_others_look_after(cast):
    answer = cast.official.post("/dubbletter/ny/organisation/paraplyet/", {"other": "foreningen"})
    assert answer.status_code == 403
    assert not Pair.objects.exists()


def test_the_pages_of_both_lead_there_for_who_may(two, cast):
    address = "/dubbletter/ny/organisation/tallen/"
    assert address in cast.coordinator.get("/organisationer/tallen/").content.decode()
    assert address not in cast.member.get("/organisationer/tallen/").content.decode()


def test_the_desk_says_how_many_wait(pair, cast):
    page = cast.coordinator.get("/skrivbord/").content.decode()
    assert "1 möjlig dubblett" in page


def test_the_wrong_method_is_refused(pair, cast):
    assert cast.coordinator.post("/dubbletter/").status_code == 405
    assert cast.coordinator.post(pair.get_absolute_url()).status_code == 405
    assert cast.coordinator.get("/dubbletter/sokning/").status_code == 405


def test_a_search_finds_what_is_written_in_two_ways(cast):
    organisation("skogens-vanner", name="Skogens Vänner")
    organisation("skogens-vanner-2", name="Föreningen Skogens vänner")
    at = organisation("annan", name="Något helt annat")
    person("peter", organisation("ort", name="Orten"), name="Peter Nilsson")
    person("peter-2", at, name="Peter Nilsson")
    person("monika", at, name="Monika Ek")
    person("monica", at, name="Monica Ek")
    found = pairing.find_all(today())
    pairs = {frozenset(it.keys) for it in Pair.objects.all()}
    assert frozenset({"skogens-vanner", "skogens-vanner-2"}) in pairs
    assert frozenset({"monika", "monica"}) in pairs
    assert frozenset({"peter", "peter-2"}) not in pairs
    assert found.new == len(pairs)
    assert pairing.find_all(today()).new == 0


def test_what_was_decided_is_not_proposed_again_and_what_is_gone_goes(cast):
    organisation("skogens-vanner", name="Skogens Vänner")
    other = organisation("skogens-vanner-2", name="Föreningen Skogens vänner")
    pairing.find_all(today())
    Pair.objects.update(state=State.REFUSED)
    pairing.find_all(today())
    assert Pair.objects.get().state == State.REFUSED
    other.names.all().delete()
    other.delete()
    assert pairing.find_all(today()).gone == 1


def test_looking_for_them_now_is_done_in_the_background(cast):
    answer = cast.coordinator.post("/dubbletter/sokning/", follow=True)
    assert "Sökningen har börjat" in answer.content.decode()


def test_a_protected_organisation_is_laid_beside_nothing_that_shows_it(cast):
    shelter = organisation("skyddet", name="Skyddet", protected=True)
    PresenceFactory(organisation=shelter)
    other = organisation("skyddet-2", name="Skyddet")
    pair = pair_of(shelter, other)
    page = cast.coordinator.get(pair.get_absolute_url()).content.decode()
    assert "Malmö" not in page
    assert f"{pair.get_absolute_url()}sammanslagning/" not in page
