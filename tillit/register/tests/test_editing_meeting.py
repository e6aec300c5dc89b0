"""Two who edit at once, and what has changed while a form stood open: nobody's text is lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from tillit.accounts.models import User
from tillit.kit.changes import Actor, change
from tillit.kit.models import Activity
from tillit.register.models import Address, Mandate, Organisation, Proposal, Role
from tillit.register.tests.factories import (
    AddressFactory,
    MandateFactory,
    OrganisationFactory,
    PersonFactory,
    RoleFactory,
    UnitFactory,
)
from tillit.register.tests.filling import held, opened, the_form, tree

EDIT = "/organisationer/foreningen/redigera/"
FACTS = f"{EDIT}uppgifter/foreningen/rattelse/"
KARIN = Actor("person:karin", "organisation:paraplyet")
MINA = Actor("person:mina", "organisation:foreningen")


@pytest.fixture
def foreningen(cast):
    it = Organisation.objects.get(key="foreningen")
    change(it, {"description": "Först", "web": "https://example.org"}, KARIN)
    return it


def address(it):
    return AddressFactory(organisation=it, start="2001", street="Gamla gatan 1", town="Lund")


def test_what_does_not_clash_merges_by_itself(cast, foreningen):
    typed = opened(cast.member, FACTS)
    change(foreningen, {"web": "https://example.com/ny"}, KARIN, "flyttad")
    response = cast.member.post(FACTS, typed | {"description": "Sedan"})
    assert response.status_code == 302
    foreningen.refresh_from_db()
    assert (foreningen.description, foreningen.web) == ("Sedan", "https://example.com/ny")
    assert Activity.objects.latest("pk").changes == {"description": ["Först", "Sedan"]}


def test_the_second_sees_who_changed_what_and_keeps_the_own_text(cast, foreningen):
    typed = opened(cast.member, FACTS) | {"description": "Minas text"}
    change(foreningen, {"description": "Karins text"}, KARIN, "ny text")
    response = cast.member.post(FACTS, typed)
    assert response.status_code == 409
    text = response.content.decode()
    for said in ("Karin", "ny text", "Först", "Karins text"):
        assert said in text
    form = the_form(tree(response))
    assert held(form)["description"] == "Minas text"
    assert any(it.get("name") == "take_description" for it in form.iter("input"))
    foreningen.refresh_from_db()
    assert foreningen.description == "Karins text"


@pytest.mark.parametrize(("take", "stands"), [([], "Minas text"), (["on"], "Karins text")])
def test_the_second_saves_over_or_takes_the_other_s(cast, foreningen, take, stands):
    typed = opened(cast.member, FACTS) | {"description": "Minas text", "web": "minas.example"}
    change(foreningen, {"description": "Karins text"}, KARIN)
    again = held(the_form(tree(cast.member.post(FACTS, typed))))
    more = {"take_description": take} if take else {}
    assert cast.member.post(FACTS, again | more).status_code == 302
    foreningen.refresh_from_db()
    assert (foreningen.description, foreningen.web) == (stands, "https://minas.example")


def test_a_third_who_comes_between_is_told_of_as_well(cast, foreningen):
    typed = opened(cast.member, FACTS) | {"description": "Minas text"}
    change(foreningen, {"description": "Karins text"}, KARIN)
    again = held(the_form(tree(cast.member.post(FACTS, typed))))
    change(foreningen, {"description": "Ännu en text"}, KARIN)
    response = cast.member.post(FACTS, again)
    assert response.status_code == 409
    assert "Ännu en text" in response.content.decode()


def test_what_the_second_left_alone_is_kept_when_the_clash_is_saved(cast, foreningen):
    typed = opened(cast.member, FACTS) | {"description": "Minas text"}
    change(foreningen, {"description": "Karins text", "web": "https://example.com/ny"}, KARIN)
    again = held(the_form(tree(cast.member.post(FACTS, typed))))
    assert cast.member.post(FACTS, again).status_code == 302
    foreningen.refresh_from_db()
    assert (foreningen.description, foreningen.web) == ("Minas text", "https://example.com/ny")


def test_a_mistake_in_between_hides_no_clash(cast, foreningen):
    typed = opened(cast.member, FACTS) | {"description": "Minas text", "start": "i går"}
    change(foreningen, {"description": "Karins text"}, KARIN)
    response = cast.member.post(FACTS, typed)
    assert response.status_code == 422
    again = held(the_form(tree(response))) | {"start": "1999"}
    response = cast.member.post(FACTS, again)
    assert response.status_code == 409
    assert cast.member.post(FACTS, held(the_form(tree(response)))).status_code == 302
    foreningen.refresh_from_db()
    assert (foreningen.description, foreningen.start) == ("Minas text", "1999")


def test_a_mistake_after_the_clash_asks_for_no_second_choice(cast, foreningen):
    typed = opened(cast.member, FACTS) | {"description": "Minas text"}
    change(foreningen, {"description": "Karins text"}, KARIN)
    again = held(the_form(tree(cast.member.post(FACTS, typed))))
    wrong = again | {"take_description": "on", "start": "i går"}
    response = cast.member.post(FACTS, wrong)
    assert response.status_code == 422
    put_right = held(the_form(tree(response))) | {"start": "1999"}
    assert put_right["description"] == "Karins text"
    assert cast.member.post(FACTS, put_right).status_code == 302
    foreningen.refresh_from_db()
    assert (foreningen.description, foreningen.start) == ("Karins text", "1999")


def test_a_clash_is_no_mistake(cast, foreningen):
    typed = opened(cast.member, FACTS) | {"description": "Minas text"}
    change(foreningen, {"description": "Karins text"}, KARIN)
    root = tree(cast.member.post(FACTS, typed))
    assert not [it for it in root.iter() if "errors" in (it.get("class") or "").split()]


def test_both_writing_the_same_is_no_clash(cast, foreningen):
    typed = opened(cast.member, FACTS) | {"description": "Samma"}
    change(foreningen, {"description": "Samma"}, KARIN)
    assert cast.member.post(FACTS, typed).status_code == 302


def test_who_did_it_is_not_told_to_those_outside(cast, foreningen):
    typed = opened(cast.outsider, FACTS) | {"description": "Ulfs text"}
    change(foreningen, {"description": "Minas text"}, MINA)
    text = cast.outsider.post(FACTS, typed).content.decode()
    assert "Minas text" in text
    assert ">Mina<" not in text.replace(", ", "<")
    assert foreningen.name in text


@pytest.mark.parametrize(("deed", "typed"), [("slut", {"end": "2024"}), ("borttagning", {})])
def test_what_somebody_has_changed_is_looked_at_before_it_ends_or_goes(
    cast, foreningen, deed, typed
):
    row = address(foreningen)
    url = f"{EDIT}adress/{row.key}/{deed}/"
    sent = opened(cast.member, url) | {"reason": "flytt", **typed}
    change(row, {"street": "Nya gatan 2"}, KARIN)
    response = cast.member.post(url, sent)
    assert response.status_code == 409
    assert "Nya gatan 2" in response.content.decode()
    assert cast.member.post(url, held(the_form(tree(response)))).status_code == 302
    assert not Address.objects.filter(pk=row.pk, end="").exists()


def test_what_somebody_has_ended_is_not_changed_unseen(cast, foreningen):
    row = address(foreningen)
    url = f"{EDIT}adress/{row.key}/andring/"
    sent = opened(cast.member, url) | {"town": "Eslöv", "start": "2024"}
    change(row, {"end": "2020"}, KARIN)
    assert cast.member.post(url, sent).status_code == 409
    assert Address.objects.count() == 1


def test_what_somebody_has_removed_is_not_found(cast, foreningen):
    row = address(foreningen)
    url = f"{EDIT}adress/{row.key}/rattelse/"
    sent = opened(cast.member, url)
    Address.objects.all().delete()
    assert cast.member.post(url, sent).status_code == 404


def test_a_seal_of_another_row_opens_nothing(cast, foreningen):
    one, other = address(foreningen), AddressFactory(organisation=foreningen, town="Ystad")
    sealed = opened(cast.member, f"{EDIT}adress/{other.key}/rattelse/")["seen"]
    url = f"{EDIT}adress/{one.key}/rattelse/"
    sent = opened(cast.member, url) | {"seen": sealed, "town": "Eslöv", "reason": "r"}
    response = cast.member.post(url, sent)
    assert response.status_code == 422
    assert held(the_form(tree(response)))["town"] == "Eslöv"
    assert cast.member.post(url, held(the_form(tree(response)))).status_code == 302


# What has changed around the form


def test_whose_mandate_has_ended_keeps_the_text_and_may_propose_it(cast, foreningen):
    typed = opened(cast.member, FACTS) | {"description": "Minas text"}
    Mandate.objects.filter(person__key="mina").update(stopped_at="2026-01-01T00:00Z")
    response = cast.member.post(FACTS, typed)
    assert response.status_code == 409
    again = held(the_form(tree(response)))
    assert again["description"] == "Minas text"
    foreningen.refresh_from_db()
    assert foreningen.description == "Först"
    assert cast.member.post(FACTS, again).status_code == 302
    assert Proposal.objects.get().values["description"] == "Minas text"


def test_who_may_edit_by_now_is_asked_to_save_and_not_to_propose(cast, foreningen):
    typed = opened(cast.outsider, FACTS) | {"description": "Ulfs text"}
    ulf = User.objects.get(email="ulf@example.org").person
    MandateFactory(person=ulf, organisation=foreningen)
    response = cast.outsider.post(FACTS, typed)
    assert response.status_code == 409
    assert cast.outsider.post(FACTS, held(the_form(tree(response)))).status_code == 302
    foreningen.refresh_from_db()
    assert foreningen.description == "Ulfs text"
    assert not Proposal.objects.exists()


def test_what_is_protected_meanwhile_is_written_by_its_own_within_its_circle(cast, foreningen):
    url = f"{EDIT}adress/ny/"
    typed = opened(cast.member, url) | {"town": "Hemligt"}
    foreningen.protect(MINA, "")
    assert cast.member.post(url, typed).status_code == 302
    assert Address.objects.get().circle == "organisation:foreningen"


def test_what_is_protected_meanwhile_is_closed_to_its_secretariat(cast, foreningen):
    row = address(foreningen)
    pages = [f"{EDIT}adress/ny/", f"{EDIT}adress/{row.key}/rattelse/"]
    typed = [opened(cast.coordinator, url) | {"town": "Lund", "reason": "r"} for url in pages]
    foreningen.protect(MINA, "")
    assert cast.coordinator.post(pages[0], typed[0]).status_code == 403
    response = cast.coordinator.post(pages[1], typed[1])
    assert response.status_code == 404
    assert "Gamla gatan" not in response.content.decode()
    assert Address.objects.count() == 1


def test_of_what_is_protected_meanwhile_the_secretariat_may_still_propose_a_description(
    cast, foreningen
):
    typed = opened(cast.coordinator, FACTS) | {"description": "Karins text"}
    foreningen.protect(MINA, "")
    response = cast.coordinator.post(FACTS, typed)
    assert response.status_code == 409
    assert cast.coordinator.post(FACTS, held(the_form(tree(response)))).status_code == 302
    proposal = Proposal.objects.get()
    assert (proposal.circle, proposal.also) == ("organisation:foreningen", "")


# Who acts for one unit alone


@pytest.fixture
def board(cast, foreningen):
    """Bo acts for the board of foreningen, and for nothing else of it."""
    unit = UnitFactory(organisation=foreningen, key="foreningen.styrelsen")
    user = User.objects.create_user("bo@example.org")
    MandateFactory(person=PersonFactory(key="bo", account=user), organisation=foreningen, unit=unit)
    browser = Client()
    browser.force_login(user)
    return browser, unit


def test_who_acts_for_a_unit_writes_its_people(board, foreningen):
    client, unit = board
    url = f"{EDIT}roll/ny/"
    typed = opened(client, url) | {"new_name": "Åsa Öberg", "kind": "chair"}
    assert client.post(url, typed | {"unit": ""}).status_code == 422
    assert client.post(url, typed | {"unit": unit.key}).status_code == 302
    assert Role.objects.get(person__name="Åsa Öberg").unit == unit
    assert not Proposal.objects.exists()


def test_who_acts_for_a_unit_proposes_the_rest(board, foreningen):
    client, unit = board
    other = RoleFactory(organisation=foreningen)
    own = RoleFactory(organisation=foreningen, unit=unit)
    for row, stands in ((own, "2024"), (other, "")):
        url = f"{EDIT}roll/{row.key}/slut/"
        assert client.post(url, opened(client, url) | {"end": "2024"}).status_code == 302
        row.refresh_from_db()
        assert row.end == stands
    assert Proposal.objects.get().about_key == other.key


def test_who_acts_for_a_unit_of_another_organisation_proposes(cast, foreningen):
    elsewhere = UnitFactory(organisation=OrganisationFactory())
    user = User.objects.create_user("bo@example.org")
    person = PersonFactory(account=user)
    MandateFactory(person=person, organisation=elsewhere.organisation, unit=elsewhere)
    client = Client()
    client.force_login(user)
    url = f"{EDIT}roll/ny/"
    typed = opened(client, url) | {"new_name": "Åsa Öberg", "kind": "chair"}
    assert client.post(url, typed).status_code == 302
    assert Proposal.objects.count() == 1
    assert not Role.objects.filter(person__name="Åsa Öberg").exists()


# At the very same time


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_the_second_is_told(cast, foreningen):
    sent = [
        (client, opened(client, FACTS) | {"description": text})
        for client, text in ((cast.member, "Minas"), (cast.coordinator, "Karins"))
    ]

    def save(sending):
        client, typed = sending
        try:
            return client.post(FACTS, typed).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(save, sent)) == [302, 409]
    changes = Activity.objects.filter(subject=foreningen.subject, changes__has_key="description")
    assert changes.count() == 2  # the first text, and one of the two


@pytest.mark.django_db(transaction=True)
def test_what_is_sent_many_times_at_once_is_written_once(cast, foreningen):
    url = f"{EDIT}adress/ny/"
    typed = opened(cast.member, url) | {"town": "Lund"}

    def save(_press):
        try:
            return cast.member.post(url, typed).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(save, range(4))) == [302] * 4
    assert Address.objects.count() == 1
