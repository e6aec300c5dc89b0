"""The page of all that can be changed of an organisation."""

import pytest

from tillit.kit.changes import Actor
from tillit.register.models import Organisation, Person
from tillit.register.tests.factories import (
    AddressFactory,
    IdentifierFactory,
    MandateFactory,
    NameFactory,
    PresenceFactory,
    ProposalFactory,
    TopicFactory,
    UnitFactory,
)
from tillit.register.tests.filling import page, tree

pytestmark = pytest.mark.django_db
MINA = Actor("person:mina", "organisation:foreningen")
PAGE = "/organisationer/foreningen/redigera/"


@pytest.fixture
def foreningen(cast):
    it = Organisation.objects.get(key="foreningen")
    it.topics.add(TopicFactory())
    NameFactory(organisation=it, name="Gamla namnet", start="1990", end="1999")
    IdentifierFactory(organisation=it)
    AddressFactory(organisation=it)
    PresenceFactory(organisation=it)
    UnitFactory(organisation=it, key="foreningen.styrelsen")
    return it


def links(client, url=PAGE):
    return [it.get("href") for it in page(client, url).iter("a") if it.get("href")]


@pytest.mark.parametrize("role", ["coordinator", "member", "outsider", "official"])
def test_everything_has_one_action_each(cast, foreningen, role):
    found = links(getattr(cast, role))
    for slug, rows in [
        ("namn", foreningen.names.all()),
        ("nummer", foreningen.identifiers.all()),
        ("adress", foreningen.addresses.all()),
        ("plats", foreningen.presences.all()),
        ("enhet", foreningen.units.all()),
        ("roll", foreningen.roles.all()),
    ]:
        assert found.count(f"{PAGE}{slug}/ny/") == 1
        for row in rows:
            assert found.count(f"{PAGE}{slug}/{row.key}/") == 1
    assert found.count(f"{PAGE}uppgifter/foreningen/rattelse/") == 1


@pytest.mark.parametrize("role", ["coordinator", "member", "outsider"])
def test_it_asks_the_database_at_most_twelve_times(cast, foreningen, most_queries, role):
    client = getattr(cast, role)
    client.get(PAGE)
    with most_queries():
        assert client.get(PAGE).status_code == 200


def test_who_edits_is_led_here_from_the_page_of_the_organisation(cast, foreningen):
    assert PAGE in links(cast.member, "/organisationer/foreningen/")
    assert PAGE in links(cast.outsider, "/organisationer/foreningen/")
    assert PAGE not in links(cast.anonymous, "/organisationer/foreningen/")


@pytest.mark.parametrize("role", ["coordinator", "member"])
def test_who_edits_sees_how_many_proposals_wait(cast, foreningen, role):
    ProposalFactory(organisation=foreningen)
    assert "/organisationer/foreningen/forslag/" in links(getattr(cast, role))
    assert "/organisationer/foreningen/forslag/" not in links(cast.outsider)


def test_the_anonymous_sign_in_first(cast, foreningen):
    assert cast.anonymous.get(PAGE).status_code == 302


def test_it_is_only_read(cast, foreningen):
    assert cast.member.post(PAGE).status_code == 405


def test_of_what_is_protected_others_see_neither_place_nor_people(cast, foreningen):
    foreningen.protect(MINA, "")
    for client in (cast.coordinator, cast.outsider):
        text = client.get(PAGE).content.decode()
        assert "Ledebursgatan" not in text
        assert foreningen.roles.get().key not in text
        assert f"{PAGE}roll/ny/" not in text
        assert f"{PAGE}namn/ny/" in text
    text = cast.member.get(PAGE).content.decode()
    assert "Ledebursgatan" in text
    assert f"{PAGE}roll/ny/" in text


@pytest.mark.parametrize(
    ("rest", "heading", "kicker"),
    [
        ("uppgifter/foreningen/rattelse", "Redigera beskrivning och fakta: Foreningen", ""),
        ("adress/ny", "Lägg till adress", "Foreningen"),
        ("adress/kontoret/rattelse", "Ledebursgatan 5, 211 55 Lund", "Foreningen · Det var fel"),
    ],
)
def test_a_form_says_what_is_done_with_what(cast, rest, heading, kicker):
    AddressFactory(
        organisation=Organisation.objects.get(key="foreningen"), key="kontoret", town="Lund"
    )
    root = tree(cast.member.get(f"/organisationer/foreningen/redigera/{rest}/"))
    said = "".join(next(root.iter("h1")).itertext()).replace("\xad", "")
    above = [it.text for it in root.iter("p") if it.get("class") == "hero__kicker"]
    assert (said, above) == (heading, [kicker] if kicker else [])


def test_who_edits_it_by_another_mandate_is_led_to_choose_that_one(cast, foreningen):
    MandateFactory(
        person=Person.objects.get(key="mina"),
        organisation=Organisation.objects.get(key="regionen"),
        extent="lead",
        start="2010",
        end="..",
    )
    answer = cast.member.get(PAGE)
    assert [it.title for it in answer.context["others"]] == ["Foreningen"]
    said = {"capacity": "mina", "next": PAGE}
    assert 'name="capacity" value="mina"' in answer.content.decode()
    assert cast.member.post("/uppdrag/valj/", said)["Location"] == PAGE
    answer = cast.member.get(PAGE)
    assert answer.context["may_edit"]
    assert answer.context["others"] == []
    assert cast.outsider.get(PAGE).context["others"] == []
