"""The addresses of an organisation; those of functions pass from hand to hand, one holder a day."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.core.exceptions import ValidationError
from django.test import Client

from tillit.accounts.actions import own
from tillit.accounts.owners import found_by, own_addresses
from tillit.kit.changes import Actor, change, create
from tillit.kit.contributions import account_of
from tillit.kit.days import today
from tillit.post.models import Message
from tillit.register.models import Contact, Mandate, Organisation, Person
from tillit.register.tests.acting import CODE, accept, code_to, invitation, leader, mandate_of
from tillit.register.tests.factories import ContactFactory, MandateFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
NEW = "/organisationer/foreningen/kontakter/ny/"
PEOPLE = "/organisationer/foreningen/behorigheter/"
CHAIR = "ordforande@foreningen.example.org"
SAID = {"kind": "chair", "email": "kansli@example.org", "language": "sv", "gets_letters": "on"}


@pytest.fixture
def led(cast):
    leader()
    return Organisation.objects.get(key="foreningen")


@pytest.fixture
def chair(led):
    """Ulf is the chair: he signs in by the address of the function, and edits by it."""
    ulf = Person.objects.get(key="ulf")
    contact = ContactFactory(
        key="ordf",
        organisation=led,
        person=ulf,
        kind="chair",
        email=CHAIR,
        is_function=True,
        confirmed_at="2020-01-01T12:00Z",
    )
    MandateFactory(key="ordfs", organisation=led, person=ulf, through=contact)
    return contact


def signed_in_by(address):
    """A browser in which somebody has signed in by a code to the address."""
    browser = Client()
    browser.post("/logga-in/", {"email": address})
    return browser, browser.post("/logga-in/kod/", {"code": code_to(address)})


def test_a_leader_adds_a_contact(cast, led, most_queries):
    with most_queries():
        assert cast.member.get(NEW).status_code == 200
    assert cast.member.post(NEW, {**SAID, "person": "mina"})["Location"] == PEOPLE
    row = Contact.objects.get()
    assert (row.email, row.person.key, row.start, row.end) == (
        "kansli@example.org",
        "mina",
        today().isoformat(),
        "..",
    )
    assert "kansli@example.org" in cast.member.get(PEOPLE).content.decode()


def test_a_contact_person_with_a_name_is_added_and_has_no_role_by_it(cast, led):
    assert "new_name" in cast.member.get(NEW).context["form"].fields
    said = {**SAID, "kind": "contact_person", "new_name": "Nina Ny"}
    assert cast.member.post(NEW, said)["Location"] == PEOPLE
    person = Contact.objects.get().person
    assert person.name == "Nina Ny"
    assert not person.roles.exists()
    assert "Nina Ny" in cast.member.get(PEOPLE).content.decode()
    assert "Nina Ny" not in cast.anonymous.get("/personer/").content.decode()
    assert cast.member.post(NEW, {**said, "person": "mina"}).status_code == 422


def test_others_don_t(cast, led):
    for client, status in ((cast.outsider, 403), (cast.official, 403), (cast.anonymous, 403)):
        assert client.post(NEW, SAID).status_code == status
    assert cast.anonymous.get(NEW).status_code == 302
    assert cast.member.delete(NEW).status_code == 405
    assert not Contact.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "", "phone": ""},
        {"email": "kansli"},
        {"kind": "x"},
        {"person": "omar"},
        {"language": "x"},
        {"phone": "1" * 41},
        {"email": "", "phone": "040-1", "is_function": "on"},
    ],
)
def test_what_can_t_be_taken_is_told(cast, led, wrong):
    response = cast.member.post(NEW, {**SAID, **wrong})
    assert response.status_code == 422
    assert not Contact.objects.exists()


def test_one_s_own_address_is_nobody_s_function_without_being_asked(cast, led):
    """A leader can't make the address by which Omar signs in that of a function."""
    own(get_user(cast.official), "omar@example.org")
    response = cast.member.post(NEW, {**SAID, "email": "omar@example.org", "is_function": "on"})
    assert response.status_code == 422
    assert own_addresses(get_user(cast.official)) == ["omar@example.org"]


def test_a_function_that_a_leader_adds_opens_nothing_before_it_is_confirmed(cast, led):
    """Otherwise whoever leads an association could sign in as anybody who acts for it."""
    mandate_of("ulf", "foreningen", extent="edit")
    said = {**SAID, "email": CHAIR, "person": "ulf", "is_function": "on"}
    assert cast.member.post(NEW, said).status_code == 302
    assert account_of(CHAIR) is None
    Client().post("/logga-in/", {"email": CHAIR})
    assert not [mail for mail in Message.objects.filter(to_email=CHAIR) if CODE.search(mail.text)]


def test_its_holder_confirms_by_a_code_to_the_address(cast, led):
    contact = ContactFactory(
        key="ny",
        organisation=led,
        person=Person.objects.get(key="ulf"),
        email=CHAIR,
        is_function=True,
    )
    page = "/funktionsadress/ny/"
    assert cast.outsider.get(page).status_code == 200
    assert cast.member.get(page).status_code == 404
    assert cast.anonymous.get(page).status_code == 302
    assert cast.outsider.post(page)["Location"] == f"{page}kod/"
    assert cast.outsider.get(f"{page}kod/").status_code == 200
    wrong = "000000" if code_to(CHAIR) != "000000" else "111111"
    assert cast.outsider.post(f"{page}kod/", {"code": wrong}).status_code == 422
    assert account_of(CHAIR) is None
    assert cast.outsider.post(f"{page}kod/", {"code": code_to(CHAIR)}).status_code == 302
    assert account_of(CHAIR) == get_user(cast.outsider)
    contact.refresh_from_db()
    assert contact.confirmed_at is not None
    assert cast.outsider.get(page).status_code == 302


def test_the_code_of_another_browser_confirms_nothing(cast, led):
    ContactFactory(
        key="ny",
        organisation=led,
        person=Person.objects.get(key="ulf"),
        email=CHAIR,
        is_function=True,
    )
    assert cast.outsider.get("/funktionsadress/ny/kod/")["Location"] == "/funktionsadress/ny/"


def test_one_signs_in_by_the_address_of_a_function(chair):
    browser, response = signed_in_by(CHAIR)
    assert response.status_code == 302
    assert get_user(browser) == chair.person.account


def test_the_successor_signs_in_by_it_and_the_predecessor_can_t(cast, led, chair):
    """Ulf hands over to Mina; she confirms, and what was held by the address is hers."""
    predecessor, _response = signed_in_by(CHAIR)
    page = "/kontakter/ordf/overlamning/"
    assert cast.member.get(page).status_code == 200
    said = {"successor": "mina", "first_day": today().isoformat()}
    assert cast.member.post(page, said)["Location"] == PEOPLE
    predecessor.get("/")
    assert not get_user(predecessor).is_authenticated  # out at once
    assert found_by(CHAIR) is None  # and nobody in, before the mail and the person have been shown
    former = Mandate.objects.get(key="ordfs")
    assert not former.stands(today())
    new = Contact.objects.get(person__key="mina", email=CHAIR)
    cast.member.post(f"/funktionsadress/{new.key}/")
    cast.member.post(f"/funktionsadress/{new.key}/kod/", {"code": code_to(CHAIR)})
    successor, _response = signed_in_by(CHAIR)
    assert get_user(successor) == get_user(cast.member)
    assert account_of(CHAIR) == get_user(cast.member)


def test_what_was_held_by_the_address_passes_on_with_it(cast, led, chair):
    """Eva acts for the association as a reader, and is the next chair."""
    mandate_of("omar", "foreningen", extent="read")
    day = today() + timedelta(days=10)
    said = {"successor": "omar", "first_day": day.isoformat()}
    assert cast.member.post("/kontakter/ordf/overlamning/", said).status_code == 302
    before = (day - timedelta(days=1)).isoformat()
    former, new = Contact.objects.filter(email=CHAIR).order_by("start")
    assert (former.end, new.start, new.end) == (before, day.isoformat(), "..")
    assert account_of(CHAIR) == former.person.account  # still, until that day
    assert Mandate.objects.get(key="ordfs").end == before
    passed = Mandate.objects.get(person__key="omar", through=new)
    assert (passed.extent, passed.start) == ("edit", day.isoformat())


@pytest.mark.parametrize(
    "wrong",
    [
        {"successor": ""},
        {"successor": "karin"},
        {"successor": "ulf"},
        {"first_day": ""},
        {"first_day": "2020-01-01"},
        {"first_day": "i dag"},
    ],
)
def test_it_passes_only_to_who_acts_for_it_and_from_today(cast, led, chair, wrong):
    said = {"successor": "mina", "first_day": today().isoformat(), **wrong}
    assert cast.member.post("/kontakter/ordf/overlamning/", said).status_code == 422
    assert Contact.objects.get(email=CHAIR) == chair


def test_the_holder_doesn_t_hand_it_over_without_leading(cast, led, chair):
    page = "/kontakter/ordf/overlamning/"
    assert cast.outsider.get(page).status_code == 403
    assert cast.official.get(page).status_code == 404


def test_an_invited_successor_is_in_with_the_answer_and_the_predecessor_out(
    cast, led, chair, client
):
    predecessor, _response = signed_in_by(CHAIR)
    _row, url = invitation(email=CHAIR, name="Nina Ny", is_function=True, kind="chair")
    accept(client, url, CHAIR)
    nina = Person.objects.get(name="Nina Ny")
    assert get_user(client) == nina.account == account_of(CHAIR)
    assert own_addresses(nina.account) == []
    predecessor.get("/")
    assert not get_user(predecessor).is_authenticated
    assert not Mandate.objects.get(key="ordfs").stands(today())
    assert Mandate.objects.get(person=nina).through.email == CHAIR


def test_an_inviter_who_names_somebody_gets_nobody_s_account_by_a_function(cast, led, client):
    """That the mail of a function is read says nothing of who the person is."""
    mandate_of("karin", "foreningen", extent="read")
    _row, url = invitation(
        email=CHAIR, name="Karin", is_function=True, person=Person.objects.get(key="karin")
    )
    accept(client, url, CHAIR)
    assert get_user(client) != get_user(cast.coordinator)
    assert account_of(CHAIR) != get_user(cast.coordinator)


def test_the_address_of_another_organisation_s_function_is_not_taken(cast, led, chair):
    other = OrganisationFactory(key="andra")
    row = Contact(organisation=other, email=CHAIR, is_function=True, start="2026-01-01", end="..")
    with pytest.raises(ValidationError):
        create(row, Actor("person:mina"))
    mandate_of("omar", "andra")
    _row, url = invitation("omar", "andra", email=CHAIR, is_function=True)
    response = accept(cast.anonymous, url, CHAIR)
    assert response.status_code == 409
    assert Contact.objects.get(email=CHAIR) == chair


@pytest.mark.parametrize("end", ["..", "", "2030-12-31"])
def test_on_any_day_it_has_one_holder(led, chair, end):
    row = Contact(
        organisation=led, email=CHAIR.upper(), is_function=True, start="2025-01-01", end=end
    )
    with pytest.raises(ValidationError):
        create(row, Actor("person:mina"))
    earlier = Contact(
        organisation=led, email=CHAIR, is_function=True, start="2005-01-01", end="2009-12-31"
    )
    create(earlier, Actor("person:mina"))
    with pytest.raises(ValidationError):
        change(earlier, {"end": ".."}, Actor("person:mina"))


def test_one_puts_one_s_own_address_right(cast, led):
    ContactFactory(key="ulfs", organisation=led, person=Person.objects.get(key="ulf"))
    page = "/kontakter/ulfs/andring/"
    assert cast.outsider.get(page).status_code == 200
    assert cast.outsider.post(page, {**SAID, "phone": "040-123"}).status_code == 302
    assert Contact.objects.get(key="ulfs").phone == "040-123"
    assert cast.official.get(page).status_code == 404
    assert cast.outsider.get("/kontakter/ulfs/avslut/").status_code == 403


def test_whose_it_is_and_of_which_function_is_not_put_right_but_handed_over(cast, led, chair):
    said = {**SAID, "email": "annan@example.org", "person": "mina", "is_function": ""}
    assert cast.member.post("/kontakter/ordf/andring/", said).status_code == 302
    chair.refresh_from_db()
    assert (chair.email, chair.person.key, chair.is_function) == (CHAIR, "ulf", True)


def test_it_ends_with_a_last_day_and_what_was_held_by_it_too(cast, led, chair):
    page = "/kontakter/ordf/avslut/"
    assert cast.member.get(page).status_code == 200
    assert cast.member.post(page, {"last_day": "2020-01-01"}).status_code == 422
    assert cast.member.post(page, {"last_day": today().isoformat()}).status_code == 302
    chair.refresh_from_db()
    assert chair.end == today().isoformat()
    assert Mandate.objects.get(key="ordfs").end == today().isoformat()
    assert cast.official.get(page).status_code == 404


class TestWhatIsHeldByAnAddress:
    """A leader has no say over who works in a secretariat or administers, by whatever way."""

    @pytest.fixture(params=["secretariat", "administer"])
    def office(self, cast, request):
        """Karin coordinates by the address of a function; Ulf leads the organisation, and no more."""
        it = Organisation.objects.get(key="paraplyet")
        karin = Person.objects.get(key="karin")
        contact = ContactFactory(
            key="samordnare",
            organisation=it,
            person=karin,
            email="samordnare@paraplyet.example.org",
            is_function=True,
            confirmed_at="2020-01-01T12:00Z",
        )
        kept = it.secretariats.get() if request.param == "secretariat" else None
        MandateFactory(
            organisation=it, person=karin, extent=request.param, secretariat=kept, through=contact
        )
        mandate_of("ulf", "paraplyet", extent="lead")
        return contact

    def held_by(self, name):
        return {it.extent for it in Mandate.objects.standing(today()).filter(person__key=name)}

    def test_it_is_not_handed_to_oneself(self, cast, office):
        before = self.held_by("karin")
        said = {"successor": "ulf", "first_day": today().isoformat()}
        response = cast.outsider.post("/kontakter/samordnare/overlamning/", said)
        assert "arbetar någon i ett kansli" in response.content.decode()
        assert self.held_by("ulf") == {"lead"}
        assert self.held_by("karin") == before

    def test_it_is_not_ended(self, cast, office):
        said = {"last_day": today().isoformat()}
        response = cast.outsider.post("/kontakter/samordnare/avslut/", said)
        assert "arbetar någon i ett kansli" in response.content.decode()
        assert Contact.objects.get(key="samordnare").end == ".."

    def test_it_is_not_taken_by_an_invitation(self, cast, office, client):
        _row, url = invitation(
            "ulf", "paraplyet", email=office.email, is_function=True, kind="coordinator"
        )
        before = self.held_by("karin")
        assert accept(client, url, office.email).status_code == 403
        assert self.held_by("karin") == before

    def test_who_has_it_hands_it_on(self, cast, office):
        said = {"successor": "ulf", "first_day": today().isoformat()}
        assert cast.coordinator.post("/kontakter/samordnare/overlamning/", said).status_code == 302
        assert office.mandates.get().extent not in self.held_by("karin") - {"secretariat"}


@pytest.mark.parametrize("page", ["andring", "avslut", "overlamning"])
def test_an_address_with_nul_in_it_is_no_contact_s(cast, page):
    """PostgreSQL can't be asked for it."""
    for ask in (cast.member.get, cast.member.post):
        assert ask(f"/kontakter/a%00b/{page}/").status_code == 404
