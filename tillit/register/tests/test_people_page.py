"""Who acts for an organisation: seen by those concerned, changed by those who lead."""

from datetime import timedelta

import pytest

from tillit.kit.access import viewer_for
from tillit.kit.changes import Actor
from tillit.kit.days import format_day, today
from tillit.kit.models import Activity
from tillit.post.models import Message
from tillit.register.models import Contact, Invitation, Mandate, Organisation, Person, Secretariat
from tillit.register.tests.acting import NAMES, invitation, leader, mandate_of, yesterday
from tillit.register.tests.factories import (
    ContactFactory,
    MandateFactory,
    OrganisationFactory,
    PersonFactory,
    RoleFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db
URL = "/organisationer/foreningen/behorigheter/"
INVITE = f"{URL}inbjudan/"


@pytest.fixture
def led(cast):
    """Mina leads the association, Karin's secretariat looks after it, and Ulf edits for it."""
    it = Organisation.objects.get(key="foreningen")
    it.secretariat = Secretariat.objects.get(key="civil")
    it.save()
    leader()
    MandateFactory(
        key="ulfs",
        person=Person.objects.get(key="ulf"),
        organisation=it,
        start="2020-01-01",
        end="..",
        given_by="person:mina",
    )
    return it


def body(response):
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode()


def test_those_concerned_see_it_within_twelve_questions(cast, led, most_queries):
    ContactFactory(organisation=led)
    for number in range(8):
        MandateFactory(organisation=led, person=PersonFactory(name=f"Person {number}"))
    invitation()
    for client in (cast.member, cast.coordinator, cast.outsider):
        with most_queries():
            response = client.get(URL)
        assert response.status_code == 200
        assert "Nina Ny" in body(response)


def test_others_don_t_see_it(cast, led):
    assert cast.official.get(URL).status_code == 403
    assert cast.anonymous.get(URL).status_code == 302
    assert cast.member.get("/organisationer/regionen/behorigheter/").status_code == 403
    assert cast.member.get("/organisationer/finns-inte/behorigheter/").status_code == 404


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_it_is_a_file_for_those_concerned_alone(cast, led, kind):
    ContactFactory(organisation=led, email="kansli@example.org")
    for name in ("behorigheter", "kontakter"):
        url = f"/organisationer/foreningen/{name}.{kind}"
        assert cast.official.get(url).status_code == 403
        assert cast.anonymous.get(url).status_code == 302
        response = cast.member.get(url)
        assert response.status_code == 200
        content = response.getvalue()
        if kind == "xlsx":
            assert content.startswith(b"PK")
        else:
            text = content.decode()
            assert ("Ulf" if name == "behorigheter" else "kansli@example.org") in text


def test_who_reads_or_edits_changes_nothing(cast, led):
    page = body(cast.outsider.get(URL))
    assert INVITE not in page
    assert cast.outsider.get(INVITE).status_code == 403
    assert cast.outsider.get("/uppdrag/mina/omfattning/").status_code == 403
    assert cast.outsider.post("/uppdrag/mina/avslut/", {"when": "now"}).status_code == 403


def test_of_a_protected_organisation_only_itself_knows(cast, led):
    led.protect(actor(), "hotad")
    assert "Ulf" in body(cast.member.get(URL))
    page = cast.coordinator.get(URL)
    assert page.status_code == 200
    assert "Ulf" not in body(page)
    assert "Ulf" not in body(cast.coordinator.get("/organisationer/foreningen/behorigheter.csv"))
    led.unprotect(actor(), "inte längre")
    assert "Ulf" in body(cast.coordinator.get(URL))


def actor():
    return Actor("person:mina", "organisation:foreningen")


def test_what_one_reads_follows_who_looks_after_it(cast, led):
    """Given to another secretariat, the former one sees no more of it."""
    other = OrganisationFactory(key="andra-paraplyet")
    kept = Secretariat.objects.create(
        key="andra", side="civil", organisation=other, start="2010-01-01", end=".."
    )
    led.give_to(kept, actor())
    assert cast.coordinator.get(URL).status_code == 403
    for row in (*Mandate.objects.filter(organisation=led), *Contact.objects.all()):
        assert row.also == kept.own_circle


def test_a_leader_invites_after_a_look_at_the_mail(cast, led):
    said = {**NAMES, "note": "Välkommen <b>hit</b>!", "gets_letters": "on"}
    look = cast.member.post(INVITE, said)
    assert look.status_code == 200
    assert not Invitation.objects.exists()
    assert not Message.objects.filter(kind="invitation").exists()
    assert "Välkommen &lt;b&gt;hit&lt;/b&gt;!" in body(look)
    sent = cast.member.post(INVITE, {**said, "send": "1", "person": ""})
    assert sent["Location"] == URL
    row = Invitation.objects.get()
    assert (row.email, row.extent, row.gets_letters) == ("nina@example.org", "edit", True)
    assert row.given_by == "person:mina"
    mail = Message.objects.get(kind="invitation")
    assert mail.to_email == "nina@example.org"


def test_before_it_is_sent_it_can_be_changed(cast, led):
    back = cast.member.post(INVITE, {**NAMES, "change": "1"})
    assert back.status_code == 200
    assert "Nina Ny" in body(back)
    assert not Invitation.objects.exists()


def test_the_inviter_says_whether_it_is_a_person_whom_the_register_knows(cast, led):
    known = PersonFactory(name="Nina Ny")
    RoleFactory(person=known, organisation=led)
    look = cast.member.post(INVITE, NAMES)
    assert known.key in body(look)
    cast.member.post(INVITE, {**NAMES, "send": "1", "person": known.key})
    assert Invitation.objects.get().person == known


def test_persons_of_others_are_not_proposed(cast, led):
    RoleFactory(person=PersonFactory(key="annan", name="Nina Ny"))
    assert "annan" not in body(cast.member.post(INVITE, NAMES))
    cast.member.post(INVITE, {**NAMES, "send": "1", "person": "annan"})
    assert not Invitation.objects.filter(person__isnull=False).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "nina"},
        {"email": ""},
        {"name": ""},
        {"extent": "secretariat"},
        {"extent": "administer"},
        {"extent": "x"},
        {"end": yesterday()},
        {"start": "2030-01-01", "end": "2029-01-01"},
        {"end": "igår"},
        {"kind": "x"},
        {"language": "x"},
        {"note": "x" * 2001},
        {"name": "x" * 121},
    ],
)
def test_what_can_t_be_taken_is_told_and_kept(cast, led, wrong):
    response = cast.member.post(INVITE, {**NAMES, **wrong, "send": "1"})
    assert response.status_code == 422
    assert not Invitation.objects.exists()
    [(name, value)] = list(wrong.items())[-1:]
    assert response.context["form"][name].value() == value


def test_a_leader_of_units_alone_is_not_given(cast, led):
    unit = UnitFactory(organisation=led)
    response = cast.member.post(INVITE, {**NAMES, "extent": "lead", "unit": unit.key, "send": "1"})
    assert response.status_code == 422
    assert "unit" in response.context["form"].errors


def test_the_same_is_not_invited_twice(cast, led):
    invitation()
    response = cast.member.post(INVITE, {**NAMES, "send": "1"})
    assert response.status_code == 422


def test_one_who_has_got_in_by_fraud_can_t_flood_the_world(cast, led, monkeypatch):
    monkeypatch.setattr("tillit.register.actions.inviting.MOST_A_DAY", 2)
    for number in range(2):
        said = {**NAMES, "email": f"n{number}@example.org", "send": "1", "person": ""}
        assert cast.member.post(INVITE, said).status_code == 302
    assert cast.member.post(INVITE, {**NAMES, "send": "1", "person": ""}).status_code == 429


def test_an_invitation_whose_mail_did_not_arrive_says_so(cast, led):
    row, _url = invitation()
    Message.objects.filter(about=row.subject).update(state="bounced")
    assert "chip--bad" in body(cast.member.get(URL))


def test_a_leader_changes_how_far_somebody_acts(cast, led):
    page = "/uppdrag/ulfs/omfattning/"
    assert cast.member.get(page).status_code == 200
    assert cast.member.post(page, {"extent": "read"})["Location"] == URL
    former, new = Mandate.objects.filter(person__key="ulf").order_by("pk")
    assert former.stopped_at is not None
    assert (new.extent, new.start, new.end) == ("read", today().isoformat(), "..")
    assert new.given_by == "person:mina"
    assert Message.objects.get(kind="mandate-changed").to_email == "ulf@example.org"
    assert cast.member.post("/uppdrag/ulfs/omfattning/", {"extent": "edit"}).status_code == 404


def test_an_extent_that_is_not_on_the_ladder_is_refused(cast, led):
    page = "/uppdrag/ulfs/omfattning/"
    for extent in ("secretariat", "administer", "", "x"):
        assert cast.member.post(page, {"extent": extent}).status_code == 422
    assert cast.member.post(page, {"extent": "edit"}).status_code == 302
    assert Mandate.objects.filter(person__key="ulf").count() == 1


def test_a_leader_ends_a_mandate_at_once_and_the_person_is_out(cast, led):
    assert cast.outsider.get(URL).status_code == 200
    page = "/uppdrag/ulfs/avslut/"
    assert cast.member.get(page).status_code == 200
    assert cast.member.post(page, {"when": "now", "reason": "Har flyttat"})["Location"] == URL
    assert cast.outsider.get(URL).status_code == 403
    row = Mandate.objects.get(key="ulfs")
    assert (row.ended_by, row.end_reason) == ("person:mina", "Har flyttat")
    assert Message.objects.get(kind="mandate-ended").to_email == "ulf@example.org"


def test_or_with_a_last_day(cast, led):
    day = (today() + timedelta(days=3)).isoformat()
    cast.member.post("/uppdrag/ulfs/avslut/", {"when": "later", "last_day": day})
    assert Mandate.objects.get(key="ulfs").end == day
    assert cast.outsider.get(URL).status_code == 200


@pytest.mark.parametrize("day", ["", "igår", yesterday(), "2019-12-31"])
def test_a_last_day_is_today_or_later(cast, led, day):
    response = cast.member.post("/uppdrag/ulfs/avslut/", {"when": "later", "last_day": day})
    assert response.status_code == 422
    assert Mandate.objects.get(key="ulfs").end == ".."


def test_one_that_ended_yesterday_opens_nothing_and_is_not_ended_again(cast, led):
    row = Mandate.objects.get(key="ulfs")
    row.end = yesterday()
    row.save()
    assert cast.outsider.get(URL).status_code == 403
    assert cast.member.get("/uppdrag/ulfs/avslut/").status_code == 404
    assert viewer_for(row.person.account_id).identity.capacities == ()


def test_one_s_own_is_given_up_for_its_organisation_whatever_one_has_chosen(cast, led):
    other = mandate_of("ulf", "regionen", key="annat")
    cast.outsider.post("/uppdrag/valj/", {"capacity": other.key, "next": "/"})
    cast.outsider.post("/uppdrag/ulfs/avslut/", {"when": "now"})
    assert Activity.objects.get(subject="mandate:ulfs").behalf == "organisation:foreningen"


def test_given_up_by_oneself_those_who_lead_get_to_know(cast, led):
    said = {"when": "now", "suggestion": "Nina Ny kan ta över"}
    assert cast.outsider.post("/uppdrag/ulfs/avslut/", said)["Location"] == "/uppdrag/"
    mail = Message.objects.get(kind="mandate-given-up")
    assert mail.to_email == "mina@example.org"
    assert "Nina Ny kan ta över" in mail.text


def test_given_up_by_oneself_one_reads_of_oneself(cast, led):
    day = today() + timedelta(days=3)
    said = {"when": "later", "last_day": day.isoformat()}
    page = cast.outsider.post("/uppdrag/ulfs/avslut/", said, follow=True).content.decode()
    assert f"Ditt uppdrag för Foreningen upphör {format_day(day)}." in page
    assert "Lämna det genast" in page


def test_each_deed_says_of_whom_and_what(cast, led):
    page = cast.member.get(URL).content.decode()
    for words in ("Ändra omfattning", "Avsluta uppdraget", "Lämna över allt …"):
        assert f'{words}<span class="vh">' in page


def test_my_mandates_are_listed_whatever_their_time(cast, led, most_queries):
    mandate_of("ulf", "paraplyet", key="sen", start=(today() + timedelta(days=9)).isoformat())
    mandate_of("ulf", "regionen", key="slut", end="2015-12-31", extent="read")
    with most_queries():
        response = cast.outsider.get("/uppdrag/")
    context = response.context
    assert [it.key for it, _giver in context["standing"]] == ["ulfs"]
    assert [it.key for it, _giver in context["coming"]] == ["sen"]
    assert [it.key for it, _giver in context["ended"]] == ["slut"]
    assert context["standing"][0][1] == "Mina"
    assert cast.anonymous.get("/uppdrag/").status_code == 302
    assert cast.outsider.post("/uppdrag/").status_code == 405


def test_without_a_mandate_my_page_says_what_to_do(cast):
    assert cast.outsider.get("/uppdrag/").status_code == 200


def test_nobody_sees_the_mandates_of_others(cast, led):
    """Omar has nothing to do with the association: its mandates are not there for him."""
    for page in ("avslut", "omfattning", "valkommen"):
        assert cast.official.get(f"/uppdrag/ulfs/{page}/").status_code == 404


def test_a_page_that_opens_in_another_capacity_offers_it(cast, led):
    mandate_of("mina", "regionen", key="annat", extent="secretariat", secretariat=kept())
    response = cast.member.get(INVITE)
    assert response.status_code == 403
    assert [it.key for it in response.context["others"]] == ["mina"]
    cast.member.post("/uppdrag/valj/", {"capacity": "mina", "next": INVITE})
    assert cast.member.get(INVITE).status_code == 200


def kept():
    return Secretariat.objects.get(key="public")


def test_both_sides_can_do_the_same(cast, led):
    """What Karin's secretariat does with its association, Omar's does with its municipality."""
    kommun = OrganisationFactory(key="kommunen", sector="public", secretariat=kept())
    PersonFactory(key="eva", name="Eva")
    MandateFactory(key="evas", organisation=kommun, person=Person.objects.get(key="eva"))
    for client, key, mandate, extents in (
        (cast.coordinator, "foreningen", "ulfs", 3),
        (cast.official, "kommunen", "evas", 3),
    ):
        page = client.get(f"/organisationer/{key}/behorigheter/")
        assert page.status_code == 200
        form = client.get(f"/organisationer/{key}/behorigheter/inbjudan/").context["form"]
        assert len(form.fields["extent"].choices) == extents
        assert client.get(f"/uppdrag/{mandate}/avslut/").status_code == 200
        assert client.get(f"/uppdrag/{mandate}/omfattning/").status_code == 200
        assert client.get(f"/organisationer/{key}/kontakter/ny/").status_code == 200


def test_who_edits_sees_what_one_may_do_oneself_and_whom_to_ask(cast):
    """Mina edits: no empty column, her own address to put right, her mandate to give up."""
    organisation = Organisation.objects.get(key="foreningen")
    own = ContactFactory(organisation=organisation, person=Person.objects.get(key="mina"))
    other = ContactFactory(organisation=organisation, person=PersonFactory())
    page = cast.member.get(URL)
    assert len(page.context["listing"].listing.columns) == 5
    content = page.content.decode().partition("<main")[2]
    assert f"/kontakter/{own.key}/andring/" in content
    assert f"/kontakter/{other.key}/andring/" not in content
    assert 'href="/uppdrag/"' in content
    assert "Paraplyet" in content
