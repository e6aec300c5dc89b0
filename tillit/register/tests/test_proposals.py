"""Whoever has signed in proposes; who edits answers; who proposed sees what became of it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client
from django.utils import timezone

from tillit.accounts.models import User
from tillit.kit.changes import Actor, change
from tillit.kit.days import today
from tillit.kit.models import Activity
from tillit.post.models import Message
from tillit.register.models import Address, Organisation, Proposal
from tillit.register.proposing import MOST_WAITING, purge
from tillit.register.tests.factories import (
    AddressFactory,
    OrganisationFactory,
    PlaceFactory,
    ProposalFactory,
)
from tillit.register.tests.filling import fill, opened, page

pytestmark = pytest.mark.django_db
EDIT = "/organisationer/foreningen/redigera/"
MINA = Actor("person:mina", "organisation:foreningen")
KARIN = Actor("person:karin", "organisation:paraplyet")
ADDRESS = {"kind": "visiting", "street": "Nya gatan 2", "postcode": "21155", "town": "Malmö"}


@pytest.fixture
def foreningen(cast):
    PlaceFactory()
    return Organisation.objects.get(key="foreningen")


@pytest.fixture
def proposed(cast, foreningen):
    """Ulf proposes another town for an address."""
    row = AddressFactory(organisation=foreningen, start="2001", town="Lund")
    url = f"{EDIT}adress/{row.key}/rattelse/"
    response = fill(cast.outsider, url, town="Eslöv", reason="flyttade ju")
    assert response.status_code == 302
    return Proposal.objects.get()


def url(proposal, deed=""):
    return f"/forslag/{proposal.key}/{f'{deed}/' if deed else ''}"


def row(proposal):
    return Address.objects.get(key=proposal.about_key)


# Proposing


def test_the_same_form_leads_to_a_proposal_and_changes_nothing(cast, proposed):
    assert row(proposed).town == "Lund"
    assert (proposed.deed, proposed.about_subject) == ("correct", row(proposed).subject)
    assert (proposed.values["town"], proposed.held["town"]) == ("Eslöv", "Lund")
    assert (proposed.proposer, proposed.behalf) == ("person:ulf", "")
    assert proposed.reason == "flyttade ju"
    noted = Activity.objects.get()
    assert noted.circle == "organisation:foreningen"
    assert "Eslöv" not in str(noted.changes)


def test_who_acts_for_another_proposes_on_its_behalf(cast, foreningen):
    fill(cast.official, f"{EDIT}adress/ny/", **ADDRESS)
    assert Proposal.objects.get().behalf == "organisation:regionen"


def test_an_account_that_is_no_person_proposes_and_sees_its_own(cast, foreningen):
    client = Client()
    client.force_login(User.objects.create_user("ny@example.org"))
    response = fill(client, f"{EDIT}adress/ny/", **ADDRESS)
    assert client.get(response.url).status_code == 200
    assert Proposal.objects.get().proposer.startswith("account:")


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        ("outsider", True),  # whoever proposed it
        ("member", True),
        ("coordinator", True),
        ("official", False),
        ("anonymous", False),
    ],
)
def test_the_proposer_the_organisation_and_its_secretariat_read_it(cast, proposed, role, sees):
    status = getattr(cast, role).get(url(proposed)).status_code
    assert (status == 200) is sees
    assert status == {"anonymous": 302, "official": 404}.get(role, 200)


def test_of_what_is_protected_the_secretariat_reads_it_no_more(cast, proposed, foreningen):
    foreningen.protect(MINA, "")
    assert cast.coordinator.get(url(proposed)).status_code == 404
    assert cast.member.get(url(proposed)).status_code == 200
    text = cast.outsider.get(url(proposed)).content.decode()
    assert "Ledebursgatan" not in text  # what stands there is hidden, what he wrote is his own


def test_nobody_drowns_an_organisation_in_proposals(cast, foreningen):
    for _number in range(MOST_WAITING):
        ProposalFactory(organisation=foreningen)
    assert fill(cast.outsider, f"{EDIT}adress/ny/", **ADDRESS).status_code == 429


@pytest.mark.parametrize("typed", [{"town": ""}, {"start": "i fjol"}])
def test_what_is_wrong_is_explained_before_it_is_sent(cast, foreningen, typed):
    response = fill(cast.outsider, f"{EDIT}adress/ny/", **(ADDRESS | typed))
    assert response.status_code == 422
    assert not Proposal.objects.exists()


# Answering


@pytest.mark.parametrize("role", ["member", "coordinator"])
def test_who_edits_sees_what_stands_beside_what_is_proposed(cast, proposed, role):
    cells = [
        "".join(it.itertext()).strip() for it in page(getattr(cast, role), url(proposed)).iter("td")
    ]
    assert ("Lund", "Eslöv") in list(pairwise(cells))


@pytest.mark.parametrize("role", ["member", "coordinator"])
def test_accepting_does_what_is_proposed(cast, proposed, role):
    response = getattr(cast, role).post(url(proposed, "bifall"))
    assert response.url == url(proposed)
    proposed.refresh_from_db()
    assert row(proposed).town == "Eslöv"
    noted = Activity.objects.get(subject=row(proposed).subject)
    assert (noted.reason, noted.changes) == ("flyttade ju", {"town": ["Lund", "Eslöv"]})
    assert noted.actor == {"member": MINA, "coordinator": KARIN}[role].person
    assert proposed.outcome == noted
    assert proposed.accepted_at
    assert proposed.decided_by == noted.actor


def test_what_was_accepted_is_undone_as_any_change(cast, proposed):
    cast.member.post(url(proposed, "bifall"))
    noted = Activity.objects.get(subject=row(proposed).subject)
    undo = f"/organisationer/foreningen/andringar/{noted.pk}/angrande/"
    assert cast.member.post(undo).status_code == 302
    assert row(proposed).town == "Lund"


NEW = {
    "adress": ADDRESS,
    "namn": {"name": "Framsteg", "kind": "short"},
    "nummer": {"scheme": "orgnr", "value": "802435-6498"},
    "plats": {"kind": "works_in", "place": "1280"},
    "enhet": {"name": "Styrelsen", "kind": "board"},
    "roll": {"person": "", "new_name": "Åsa Öberg", "kind": "chair"},
}


@pytest.mark.parametrize("noun", NEW)
def test_something_new_of_any_noun_is_proposed_and_accepted(cast, foreningen, noun):
    fill(cast.outsider, f"{EDIT}{noun}/ny/", start="2024-05", **NEW[noun])
    proposal = Proposal.objects.get()
    page(cast.member, url(proposal))
    assert cast.member.post(url(proposal, "bifall")).status_code == 302
    proposal.refresh_from_db()
    assert proposal.accepted_at
    noted = proposal.outcome.parts.last() or proposal.outcome
    assert noted.changes["start"] == [None, "2024-05"]


@pytest.mark.parametrize(
    ("deed", "typed"),
    [
        ("andring", {"start": "2024", "town": "Eslöv"}),
        ("slut", {"end": "2024"}),
        ("borttagning", {"reason": "fel"}),
    ],
)
def test_any_deed_is_proposed_and_accepted(cast, foreningen, deed, typed):
    address = AddressFactory(organisation=foreningen, start="2001", town="Lund")
    fill(cast.outsider, f"{EDIT}adress/{address.key}/{deed}/", **typed)
    proposal = Proposal.objects.get()
    page(cast.member, url(proposal))
    cast.member.post(url(proposal, "bifall"))
    assert not Address.objects.filter(key=address.key, end="").exists()


def test_what_has_changed_since_is_shown_and_not_written_over_unseen(cast, proposed):
    change(row(proposed), {"town": "Hörby"}, KARIN)
    text = cast.member.get(url(proposed)).content.decode()
    assert "Hörby" in text
    assert url(proposed, "bifall") not in text
    cast.member.post(url(proposed, "bifall"))
    assert row(proposed).town == "Hörby"
    proposed.refresh_from_db()
    assert not proposed.accepted_at


def test_what_does_not_clash_is_merged_when_it_is_accepted(cast, proposed):
    change(row(proposed), {"street": "Andra gatan 3"}, KARIN)
    cast.member.post(url(proposed, "bifall"))
    assert (row(proposed).town, row(proposed).street) == ("Eslöv", "Andra gatan 3")


def test_it_is_accepted_with_adjustments_in_the_form(cast, proposed):
    adjust = next(
        it.get("href")
        for it in page(cast.member, url(proposed)).iter("a")
        if "?forslag=" in (it.get("href") or "")
    )
    typed = opened(cast.member, adjust)
    assert typed["town"] == "Eslöv"
    response = cast.member.post(adjust.partition("?")[0], typed | {"town": "Örtofta"})
    assert response.status_code == 302
    proposed.refresh_from_db()
    assert row(proposed).town == "Örtofta"
    assert proposed.accepted_at
    assert proposed.adjusted


def test_it_is_declined_with_words(cast, proposed):
    assert cast.member.post(url(proposed, "avslag"), {"why": ""}).status_code == 422
    cast.member.post(url(proposed, "avslag"), {"why": "Vi bor kvar."})
    proposed.refresh_from_db()
    assert proposed.declined_at
    assert row(proposed).town == "Lund"
    assert "Vi bor kvar." in cast.outsider.get(url(proposed)).content.decode()


def test_what_it_is_about_may_be_gone(cast, proposed):
    Address.objects.all().delete()
    for client in (cast.member, cast.outsider):
        assert client.get(url(proposed)).status_code == 200
    assert cast.member.post(url(proposed, "bifall")).status_code == 302
    proposed.refresh_from_db()
    assert not proposed.accepted_at
    cast.member.post(url(proposed, "avslag"), {"why": "Den finns inte längre."})
    proposed.refresh_from_db()
    assert proposed.declined_at


def test_what_breaks_a_rule_by_now_is_looked_at_in_the_form(cast, foreningen):
    fill(cast.outsider, f"{EDIT}namn/ny/", name="Framsteg", kind="official", start="2010")
    name = foreningen.names.get()
    change(name, {"start": "2000", "end": ".."}, MINA)
    proposal = Proposal.objects.get()
    response = cast.member.post(url(proposal, "bifall"))
    assert "?forslag=" in response.url
    assert foreningen.names.count() == 1
    assert name.name in cast.member.get(response.url).content.decode()


@pytest.mark.parametrize("role", ["outsider", "official", "anonymous"])
@pytest.mark.parametrize("deed", ["bifall", "avslag"])
def test_others_don_t_answer(cast, proposed, role, deed):
    status = getattr(cast, role).post(url(proposed, deed), {"why": "x"}).status_code
    assert status == {"outsider": 403, "official": 404, "anonymous": 403}[role]
    proposed.refresh_from_db()
    assert not proposed.settled_at


@pytest.mark.parametrize("deed", ["bifall", "avslag", "aterkallelse"])
def test_nothing_is_answered_by_a_link(cast, proposed, deed):
    assert cast.member.get(url(proposed, deed)).status_code == 405


# What became of it


def test_the_proposer_withdraws_it_and_nobody_else(cast, proposed):
    assert cast.member.post(url(proposed, "aterkallelse")).status_code == 403
    assert cast.outsider.post(url(proposed, "aterkallelse")).status_code == 302
    proposed.refresh_from_db()
    assert proposed.withdrawn_at
    assert cast.member.post(url(proposed, "bifall")).status_code == 409


def test_the_proposer_gets_a_mail(cast, proposed):
    user = User.objects.get(email="ulf@example.org")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    cast.member.post(url(proposed, "avslag"), {"why": "Vi bor <b>kvar</b>."})
    mail = Message.objects.get()
    assert (mail.to_email, mail.about) == ("ulf@example.org", proposed.subject)
    assert "Vi bor <b>kvar</b>." in mail.text
    assert "<b>kvar" not in mail.html
    assert url(proposed) in mail.text


def test_one_s_own_are_listed_with_their_answers(cast, proposed):
    text = cast.outsider.get("/forslag/").content.decode()
    assert url(proposed) in text
    assert url(proposed) not in cast.official.get("/forslag/").content.decode()
    assert cast.anonymous.get("/forslag/").status_code == 302


def test_those_to_answer_are_listed_for_the_chosen_capacity(cast, proposed):
    elsewhere = ProposalFactory(organisation=OrganisationFactory())
    for role, theirs in (("member", True), ("coordinator", True), ("official", False)):
        text = getattr(cast, role).get("/forslag/att-besvara/").content.decode()
        assert (url(proposed) in text) is theirs, role
        assert url(elsewhere) not in text
    assert url(proposed) not in cast.outsider.get("/forslag/att-besvara/").content.decode()
    cast.member.post(url(proposed, "bifall"))
    assert url(proposed) not in cast.member.get("/forslag/att-besvara/").content.decode()


def test_those_of_an_organisation_are_listed_for_who_edits_it(cast, proposed):
    address = "/organisationer/foreningen/forslag/"
    assert url(proposed) in cast.member.get(address).content.decode()
    assert cast.outsider.get(address).status_code == 403
    assert cast.anonymous.get(address).status_code == 302


@pytest.mark.parametrize(
    "address", ["/organisationer/foreningen/forslag", "/forslag", "/forslag/att-besvara"]
)
def test_each_list_is_had_as_a_file(cast, proposed, address):
    client = cast.outsider if address == "/forslag" else cast.member
    for kind in ("csv", "xlsx"):
        response = client.get(f"{address}.{kind}")
        assert response.status_code == 200
        content = b"".join(response)
        assert b"Foreningen" in content or kind == "xlsx"
        assert cast.anonymous.get(f"{address}.{kind}").status_code == 302


def test_the_pages_ask_the_database_at_most_twelve_times(cast, proposed, most_queries, foreningen):
    for number in range(3):
        ProposalFactory(organisation=foreningen, proposer=f"person:{number}")
    for client in (cast.member, cast.outsider):
        client.get("/forslag/")
        for address in ("/forslag/", "/forslag/att-besvara/", url(proposed)):
            with most_queries():
                assert client.get(address).status_code == 200
    with most_queries():
        cast.member.get("/organisationer/foreningen/forslag/")


def test_what_was_settled_long_ago_is_forgotten(cast, proposed):
    now = timezone.now()
    old = ProposalFactory(declined_at=now - timedelta(days=800))
    kept = ProposalFactory(declined_at=now - timedelta(days=10))
    assert purge(today()) == 1
    assert set(Proposal.objects.all()) == {proposed, kept}
    assert not Proposal.objects.filter(pk=old.pk).exists()


# At the very same time


@pytest.mark.django_db(transaction=True)
def test_of_two_who_answer_at_once_one_is_told(cast, proposed):
    def answer(asked):
        client, deed = asked
        try:
            return client.post(url(proposed, deed), {"why": "nej"}).status_code
        finally:
            connection.close()

    asked = [(cast.member, "bifall"), (cast.coordinator, "avslag"), (cast.coordinator, "bifall")]
    with ThreadPoolExecutor(3) as pool:
        assert sorted(pool.map(answer, asked)) == [302, 409, 409]
    proposed.refresh_from_db()
    assert bool(proposed.accepted_at) != bool(proposed.declined_at)
    assert (row(proposed).town == "Eslöv") is bool(proposed.accepted_at)
