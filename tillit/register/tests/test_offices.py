"""Administrators and secretariats: anyone may know who keeps which, and none is left without anybody."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tillit.kit.changes import Actor
from tillit.kit.days import today
from tillit.kit.models import Activity
from tillit.kit.refusal import Refused
from tillit.register import keeping
from tillit.register.looking_after import give_secretariat
from tillit.register.models import Invitation, Mandate, Organisation, Person, Secretariat
from tillit.register.tests.acting import NAMES, accept, invitation, link_in, mandate_of, yesterday
from tillit.register.tests.factories import (
    ContactFactory,
    MandateFactory,
    OrganisationFactory,
    PersonFactory,
    PlaceFactory,
    PresenceFactory,
)

pytestmark = pytest.mark.django_db
PAGE = "/administratorer/"
PLACES = "/kanslier/"
NOW = {"when": "now"}


@pytest.fixture
def administrator(cast):
    """Ulf keeps the installation running, and nothing else."""
    mandate_of("ulf", "paraplyet", key="ulfs", extent="administer")
    return cast.outsider


@pytest.fixture
def two(administrator, cast):
    mandate_of("mina", "paraplyet", key="minas", extent="administer")
    cast.member.post("/uppdrag/valj/", {"capacity": "minas"})
    return administrator


def test_administrators_see_each_other_and_nobody_else_does(cast, two, most_queries):
    with most_queries():
        page = two.get(PAGE)
    assert page.status_code == 200
    assert [it.key for it, _giver in page.context["administrators"]] == ["minas", "ulfs"]
    assert cast.coordinator.get(PAGE).status_code == 403
    assert cast.anonymous.get(PAGE).status_code == 302
    assert two.post(PAGE).status_code == 405


def test_who_administers_sees_no_organisation_s_own_matters(administrator):
    for key in ("paraplyet", "foreningen"):
        assert administrator.get(f"/organisationer/{key}/behorigheter/").status_code == 403


def test_an_administrator_invites_another(administrator, client):
    url = "/organisationer/regionen/behorigheter/inbjudan/?extent=administer"
    assert administrator.get(url).status_code == 200
    said = {**NAMES, "extent": "administer", "send": "1", "person": ""}
    assert administrator.post(url, said)["Location"] == PAGE
    row = Invitation.objects.get()
    assert "Nina Ny" in administrator.get(PAGE).content.decode()
    accept(client, link_in(row))
    assert client.get(PAGE).status_code == 200


def test_others_invite_no_administrators(cast):
    url = "/organisationer/paraplyet/behorigheter/inbjudan/"
    said = {**NAMES, "extent": "administer", "send": "1", "person": ""}
    assert cast.coordinator.post(url, said).status_code == 422


def test_the_last_administrator_can_t_leave(administrator):
    response = administrator.post("/uppdrag/ulfs/avslut/", NOW)
    assert response.status_code == 422
    assert Mandate.objects.get(key="ulfs").stands(today())


def test_nor_with_a_later_last_day(administrator):
    day = (today() + timedelta(days=300)).isoformat()
    response = administrator.post("/uppdrag/ulfs/avslut/", {"when": "later", "last_day": day})
    assert response.status_code == 422
    assert Mandate.objects.get(key="ulfs").end == ".."


@pytest.mark.parametrize("other", [{"end": "2099-12-31"}, {"start": "2099-01-01"}, {"end": "2020"}])
def test_another_who_will_leave_or_has_not_come_is_not_enough(administrator, other):
    mandate_of("mina", "paraplyet", extent="administer", **other)
    assert administrator.post("/uppdrag/ulfs/avslut/", NOW).status_code == 422


def test_nor_is_one_who_can_t_sign_in(administrator):
    MandateFactory(
        organisation=Organisation.objects.get(key="paraplyet"),
        person=PersonFactory(),
        extent="administer",
    )
    assert administrator.post("/uppdrag/ulfs/avslut/", NOW).status_code == 422


def test_of_two_one_can_be_removed_and_then_no_more(cast, two):
    assert two.post("/uppdrag/minas/avslut/", NOW)["Location"] == PAGE
    assert cast.member.get(PAGE).status_code == 403
    assert two.post("/uppdrag/ulfs/avslut/", NOW).status_code == 422


def test_of_what_ended_administrators_neither_undo_nor_end_again(two):
    two.post("/uppdrag/minas/avslut/", NOW)
    assert two.post("/uppdrag/minas/avslut/", NOW).status_code == 404


def test_the_last_of_a_secretariat_is_told_before_leaving(cast, administrator):
    page = "/uppdrag/karin/avslut/"
    assert cast.coordinator.post(page, NOW).status_code == 422
    assert cast.coordinator.get("/organisationer/paraplyet/behorigheter/").status_code == 200
    assert cast.coordinator.post(page, {**NOW, "knowing": "on"}).status_code == 302
    assert cast.coordinator.get("/organisationer/paraplyet/behorigheter/").status_code == 403


def test_without_an_administrator_the_last_of_a_secretariat_can_t_leave(cast):
    response = cast.official.post("/uppdrag/omar/avslut/", {**NOW, "knowing": "on"})
    assert response.status_code == 422
    assert Mandate.objects.get(key="omar").stands(today())


def test_of_two_in_a_secretariat_one_leaves_as_anywhere(cast):
    mandate_of("ulf", "paraplyet", extent="secretariat", secretariat=kept("civil"))
    assert cast.coordinator.post("/uppdrag/karin/avslut/", NOW).status_code == 302


def kept(side):
    return Secretariat.objects.get(side=side)


def test_a_secretariat_brings_in_its_own_successors_and_not_the_other_s(cast):
    said = {**NAMES, "extent": "secretariat", "send": "1", "person": ""}
    own = "/organisationer/paraplyet/behorigheter/inbjudan/"
    assert cast.coordinator.post(own, said).status_code == 302
    assert Invitation.objects.get().secretariat == kept("civil")
    other = "/organisationer/regionen/behorigheter/inbjudan/"
    assert cast.coordinator.get(other).status_code == 403


def test_anyone_may_know_who_keeps_the_secretariats(cast, most_queries):
    for client in (cast.anonymous, cast.outsider, cast.coordinator):
        with most_queries():
            page = client.get(PLACES)
        assert page.status_code == 200
        assert [len(rows) for _side, rows in page.context["sides"]] == [1, 1]
    assert "Regionen" in page.content.decode()


def test_on_another_day_others_kept_it(client, cast):
    page = client.get(f"{PLACES}?on=2005-01-01")
    assert [len(rows) for _side, rows in page.context["sides"]] == [0, 0]
    assert client.get(f"{PLACES}?on=x").status_code == 400


def test_only_administrators_say_who_keeps_one(cast, administrator):
    row = kept("civil")
    for page in ("nytt/", f"{row.key}/avslut/"):
        assert administrator.get(f"{PLACES}{page}").status_code == 200
        assert cast.coordinator.get(f"{PLACES}{page}").status_code == 403
        assert cast.anonymous.get(f"{PLACES}{page}").status_code == 302
    assert cast.coordinator.post(f"{PLACES}{row.key}/upptagande/").status_code == 403
    assert administrator.get(f"{PLACES}{row.key}/upptagande/").status_code == 405
    assert administrator.post(f"{PLACES}finns-inte/upptagande/").status_code == 404


def test_another_keeper_takes_over_all_of_it(cast, administrator):
    """What Karin's office looked after is the new one's, and she reads it no more."""
    it = Organisation.objects.get(key="foreningen")
    it.give_to(kept("civil"), Actor("person:ulf"))
    contact = ContactFactory(organisation=it)
    new = OrganisationFactory(key="nya-paraplyet", name="Nya paraplyet")
    said = {"side": "civil", "organisation": "nya paraplyet", "place": ""}
    assert administrator.post(f"{PLACES}nytt/", said)["Location"] == PLACES
    now = Secretariat.objects.on(today()).get(side="civil")
    assert now.organisation == new
    it.refresh_from_db()
    assert it.secretariat == now
    contact.refresh_from_db()
    assert contact.also == now.own_circle
    assert cast.coordinator.get("/organisationer/foreningen/behorigheter/").status_code == 403
    assert not Mandate.objects.get(key="karin").stands(today())


@pytest.mark.parametrize(
    "wrong",
    [
        {"organisation": "finns inte"},
        {"organisation": ""},
        {"organisation": "regionen"},
        {"side": "x"},
        {"side": ""},
        {"place": "x"},
    ],
)
def test_what_can_t_be_taken_is_told(administrator, cast, wrong):
    said = {"side": "civil", "organisation": "foreningen", "place": "", **wrong}
    response = administrator.post(f"{PLACES}nytt/", said)
    assert response.status_code == 422
    assert Secretariat.objects.count() == 2


def test_of_several_by_one_name_the_keys_are_told(administrator):
    for key in ("ett", "tva"):
        OrganisationFactory(key=key, name="Samma namn")
    response = administrator.post(f"{PLACES}nytt/", {"side": "civil", "organisation": "samma namn"})
    assert "Samma namn (ett), Samma namn (tva)" in response.content.decode()


def test_ended_nobody_looks_after_what_it_did(cast, administrator):
    it = Organisation.objects.get(key="foreningen")
    it.give_to(kept("civil"), Actor("person:ulf"))
    row = kept("civil")
    page = f"{PLACES}{row.key}/avslut/"
    assert administrator.post(page, {"reason": ""}).status_code == 422
    assert administrator.post(page, {"reason": "Upphör"}).status_code == 302
    it.refresh_from_db()
    assert it.secretariat is None
    assert not Mandate.objects.get(key="karin").stands(today())
    assert cast.coordinator.get("/organisationer/foreningen/behorigheter/").status_code == 403
    assert administrator.post(page, {"reason": "Upphör"}).status_code == 404


def test_it_takes_up_what_nobody_looks_after_and_is_its_own(administrator, cast):
    skane = PlaceFactory(code="12", kind="county", name="Skåne län", parent=country())
    varmland = PlaceFactory(code="17", kind="county", name="Värmlands län", parent=country())
    malmo = PlaceFactory(code="1280", parent=skane)
    row = kept("civil")
    row.place = skane
    row.save()
    here, there, nowhere = (OrganisationFactory(key=key) for key in ("har", "dar", "ingenstans"))
    PresenceFactory(organisation=here, place=malmo)
    PresenceFactory(organisation=there, place=varmland)
    kommun = OrganisationFactory(key="kommunen", sector="public")
    contact = ContactFactory(organisation=here)
    administrator.post(f"{PLACES}{row.key}/upptagande/")
    taken = set(Organisation.objects.filter(secretariat=row).values_list("key", flat=True))
    assert {"har", "ingenstans"} <= taken
    assert not {"dar", "kommunen"} & taken
    contact.refresh_from_db()
    assert contact.also == row.own_circle
    assert there.key not in taken
    assert kommun.key not in taken
    assert nowhere.key in taken


def country():
    return PlaceFactory(code="SE", kind="country", name="Sverige", parent=None)


def test_a_keeper_from_today_follows_without_a_gap(cast):
    """The same by command: one ends the day before the other begins; nothing is kept by two."""
    new = OrganisationFactory(key="nya")
    now = timezone.now()
    give_secretariat("civil", None, new, Actor("person:ulf"), now)
    earlier, later = Secretariat.objects.filter(side="civil").order_by("pk")
    assert (earlier.end, later.start) == (yesterday(), today().isoformat())
    assert give_secretariat("civil", None, new, Actor("person:ulf"), now) == later


def test_the_last_administrator_is_not_erased_and_of_two_one_is(administrator, cast):
    mandate_of("ulf", "regionen", extent="administer")
    with pytest.raises(Refused):
        keeping.erase_mandates("person:ulf")
    mandate_of("mina", "paraplyet", extent="administer")
    assert keeping.erase_mandates("person:ulf") == 2


def test_what_is_done_with_offices_is_told_to_administrators(two):
    two.post("/uppdrag/minas/avslut/", NOW)
    told = Activity.objects.filter(subject="mandate:minas").latest("pk")
    assert told.also == "administrators"
    assert told.actor == "person:ulf"


def test_an_invitation_to_administer_is_no_matter_of_the_secretariat(cast, administrator):
    invitation("ulf", "paraplyet", extent="administer")
    row = Invitation.objects.get()
    assert row.also == "administrators"
    assert Person.objects.filter(key="ulf").exists()


@pytest.mark.parametrize("page", ["avslut", "upptagande"])
def test_an_address_with_nul_in_it_is_no_secretariat_s(administrator, page):
    """PostgreSQL can't be asked for it."""
    assert administrator.post(f"/kanslier/a%00b/{page}/").status_code == 404
