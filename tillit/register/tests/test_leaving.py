"""Somebody leaves: all that is held is on one page, and goes on in one act."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user

from tillit.kit.access import viewer_for
from tillit.kit.contributions import asked_of, holdings_of
from tillit.kit.days import today
from tillit.kit.models import Activity
from tillit.post.models import Message
from tillit.register.models import (
    Contact,
    Handover,
    Invitation,
    Mandate,
    Organisation,
    Person,
    Role,
    Secretariat,
)
from tillit.register.tests.acting import accept, invitation, leader, link_in, mandate_of
from tillit.register.tests.factories import (
    ContactFactory,
    MandateFactory,
    OrganisationFactory,
    PersonFactory,
    RoleFactory,
)

pytestmark = pytest.mark.django_db
CHAIR = "ordforande@foreningen.example.org"
URL = "/organisationer/foreningen/lamnar/ulf/"


@pytest.fixture
def most_queries(django_assert_max_num_queries):
    """Each noun that somebody may hold is asked once, as on the desk."""
    return lambda: django_assert_max_num_queries(16)


@pytest.fixture
def leaving(cast):
    """Ulf is the chair of Mina's association, holds its address, and has invited Nils."""
    leader()
    it = Organisation.objects.get(key="foreningen")
    ulf = Person.objects.get(key="ulf")
    RoleFactory(key="ulfs", person=ulf, organisation=it, kind="chair", start="2020-01-01", end="..")
    chair = ContactFactory(
        key="ordf",
        organisation=it,
        person=ulf,
        email=CHAIR,
        is_function=True,
        confirmed_at="2020-01-01T12:00Z",
    )
    ContactFactory(key="egen", organisation=it, person=ulf, email="ulf@hemma.example.org")
    MandateFactory(key="ordfs", organisation=it, person=ulf, extent="lead", through=chair)
    invitation("ulf", email="nils@example.org", name="Nils")
    MandateFactory(key="evas", organisation=it, person=PersonFactory(key="eva", name="Eva Efter"))
    RoleFactory(
        key="annan", person=ulf, organisation=OrganisationFactory(key="annan"), start="2020"
    )
    return it


def held(person="ulf", organisation="foreningen"):
    viewer = viewer_for(Person.objects.get(key="mina").account_id)
    return holdings_of(f"person:{person}", f"organisation:{organisation}", viewer)


def said(successor="eva", **more):
    """What is filled in: everything goes on, and what can't ends."""
    fates = {
        f"fate:{it.subject}": "hand-on" if it.passes_on else "end" for it in held() if not it.fixed
    }
    return {"last_day": today().isoformat(), "successor": successor, **fates, **more}


def test_all_that_is_held_for_the_organisation_is_listed(cast, leaving, most_queries):
    cast.member.get(URL)
    with most_queries():
        page = cast.member.get(URL)
    assert page.status_code == 200
    assert {it.subject.partition(":")[0] for it in held()} == {
        "role",
        "mandate",
        "contact",
        "invitation",
    }
    assert len(held()) == 5
    assert CHAIR in page.content.decode()
    assert "annan" not in {it.title for it in held()}


def test_only_who_decides_may(cast, leaving):
    assert cast.official.get(URL).status_code == 403
    assert cast.official.post(URL, {}).status_code == 403
    assert cast.coordinator.get(URL).status_code == 200  # her secretariat looks after it
    assert cast.anonymous.get(URL).status_code == 302
    assert cast.anonymous.post(URL).status_code == 403
    assert cast.member.delete(URL).status_code == 405
    assert cast.member.get("/organisationer/foreningen/lamnar/finns-inte/").status_code == 404


def test_nothing_is_done_before_it_has_been_confirmed(cast, leaving):
    look = cast.member.post(URL, said())
    assert look.status_code == 200
    assert look.context["form"].successor_name == "Eva Efter"
    assert not Handover.objects.exists()
    assert Contact.objects.get(key="ordf").end == ".."
    back = cast.member.post(URL, {**said(note="Nyckeln ligger i lådan"), "change": "1"})
    assert "Nyckeln ligger i lådan" in back.content.decode()
    assert not Handover.objects.exists()


def test_a_successor_who_acts_for_it_has_everything(cast, leaving):
    response = cast.member.post(URL, {**said(note="Nyckeln ligger i lådan."), "confirm": "1"})
    done = Handover.objects.get()
    assert response["Location"] == f"/overlamningar/{done.key}/"
    tomorrow = (today() + timedelta(days=1)).isoformat()
    eva = Person.objects.get(key="eva")
    role = Role.objects.get(person=eva)
    assert (role.kind, role.start, role.end) == ("chair", tomorrow, "..")
    assert Role.objects.get(key="ulfs").end == today().isoformat()
    mandate = Mandate.objects.get(person=eva, extent="lead")
    assert mandate.start == tomorrow
    assert Mandate.objects.get(key="ordfs").end == today().isoformat()
    assert Contact.objects.get(person=eva).start == tomorrow
    assert Contact.objects.get(key="egen").end == today().isoformat()
    assert Role.objects.get(key="annan").end == ""  # of another organisation
    assert held() == []


def test_who_sees_the_receipt_and_the_note(cast, leaving, most_queries):
    cast.member.post(URL, {**said(note="Nyckeln ligger i lådan."), "confirm": "1"})
    page = Handover.objects.get().get_absolute_url()
    cast.member.get(page)  # takes what was said when it was done
    with most_queries():
        receipt = cast.member.get(page)
    assert "Nyckeln ligger i lådan." in receipt.content.decode()
    assert cast.official.get(page).status_code == 404
    assert cast.anonymous.get(page).status_code == 302
    assert cast.member.post(page).status_code == 405
    assert "Nyckeln" not in str(list(Activity.objects.values()))


def test_each_part_stands_in_the_list_of_changes(cast, leaving):
    before = Activity.objects.count()
    cast.member.post(URL, {**said(), "confirm": "1"})
    subjects = set(Activity.objects.order_by("pk")[before:].values_list("subject", flat=True))
    assert {"role:ulfs", "mandate:ordfs", "contact:ordf", "contact:egen"} <= subjects
    assert all(it.actor == "person:mina" for it in Activity.objects.order_by("pk")[before:])


def test_each_thing_has_its_own_fate(cast, leaving):
    fates = {"fate:role:ulfs": "stay", "fate:contact:ordf": "end", "fate:contact:egen": "stay"}
    cast.member.post(URL, {**said(), **fates, "confirm": "1"})
    assert Role.objects.get(key="ulfs").end == ".."
    assert Contact.objects.get(key="egen").end == ".."
    assert Contact.objects.get(key="ordf").end == today().isoformat()
    assert not Contact.objects.filter(person__key="eva").exists()


def test_without_a_successor_everything_ends(cast, leaving):
    ending = {f"fate:{it.subject}": "end" for it in held() if not it.fixed}
    cast.member.post(URL, {**said("nobody"), **ending, "confirm": "1"})
    assert held() == []
    assert not Role.objects.filter(person__key="eva").exists()
    assert Invitation.objects.get().withdrawn_at is not None


def test_nothing_is_handed_on_to_nobody(cast, leaving):
    """Who forgets to say who takes over loses nothing by it."""
    before = held()
    for successor in ("", "nobody"):
        answer = cast.member.post(URL, {**said(successor), "confirm": "1"})
        assert answer.context["form"].errors
    assert held() == before


def test_somebody_new_is_invited_and_has_everything_with_the_answer(cast, leaving, client):
    new = {"name": "Nina Ny", "email": "nina@example.org", "note": "Välkommen"}
    cast.member.post(URL, {**said(successor="new"), **new, "confirm": "1"})
    assert held() == []
    nina = Person.objects.get(name="Nina Ny")
    assert nina.account is None
    row = Invitation.objects.get(person=nina)
    assert row.extent == "lead"
    accept(client, link_in(row))
    nina.refresh_from_db()
    assert get_user(client) == nina.account
    mandate = Mandate.objects.get(person=nina)
    assert mandate.accepted_at is not None
    assert Role.objects.get(person=nina).kind == "chair"
    assert Contact.objects.get(person=nina).email == CHAIR
    assert client.get(Handover.objects.get().get_absolute_url()).status_code == 200


def test_somebody_new_who_turns_out_to_be_known_has_it_too(cast, leaving):
    """Omar, signed in, answers an invitation that was sent to another address of his."""
    new = {"name": "Omar", "email": "omar@hemma.example.org"}
    cast.member.post(URL, {**said(successor="new"), **new, "confirm": "1"})
    row = Invitation.objects.get(email="omar@hemma.example.org")
    accept(cast.official, link_in(row), row.email)
    omar = Person.objects.get(key="omar")
    assert Mandate.objects.get(person=omar, organisation=leaving).extent == "lead"
    assert Role.objects.get(person=omar, organisation=leaving).kind == "chair"
    assert Contact.objects.get(person=omar).email == CHAIR
    assert Handover.objects.get().successor == omar
    assert not Person.objects.filter(name="Omar").exclude(key="omar").exists()


def test_somebody_new_who_says_no_holds_nothing(cast, leaving, client):
    new = {"name": "Nina Ny", "email": "nina@example.org"}
    cast.member.post(URL, {**said(successor="new"), **new, "confirm": "1"})
    row = Invitation.objects.get(person__name="Nina Ny")
    client.post(f"{link_in(row)}avbojande/", {})
    assert not Mandate.objects.filter(person__name="Nina Ny", stopped_at=None).exists()


def test_the_receipt_says_how_far_an_invited_successor_has_come(cast, leaving, client):
    new = {"name": "Nina Ny", "email": "nina@example.org"}
    answer = cast.member.post(URL, {**said(successor="new"), **new, "confirm": "1"}, follow=True)
    assert "Nina Ny har bjudits in att ta över" in answer.content.decode()
    page, row = Handover.objects.get().get_absolute_url(), Invitation.objects.get(name="Nina Ny")
    receipt = cast.member.get(page).content.decode()
    assert "Nina Ny har bjudits in, och har inte svarat" in receipt
    assert "Efterträdaren tar över det" not in receipt
    client.post(f"{link_in(row)}avbojande/", {})
    assert "Nina Ny har tackat nej" in cast.member.get(page).content.decode()


def test_the_receipt_says_who_took_over_once_the_answer_is_yes(cast, leaving, client, most_queries):
    new = {"name": "Nina Ny", "email": "nina@example.org"}
    cast.member.post(URL, {**said(successor="new"), **new, "confirm": "1"})
    page = Handover.objects.get().get_absolute_url()
    cast.member.get(page)
    with most_queries():
        assert cast.member.get(page).context["answer"] == "waiting"
    accept(client, link_in(Invitation.objects.get(name="Nina Ny")))
    receipt = cast.member.get(page)
    assert receipt.context["asked"] is None
    assert "Efterträdaren tar över det" in receipt.content.decode()


def test_where_nothing_can_be_decided_there_is_no_form_but_who_can(cast):
    """Ulf administers the installation for the umbrella; Mina leads the umbrella."""
    mandate_of("mina", "paraplyet", key="leder", extent="lead")
    mandate_of("ulf", "paraplyet", key="admin", extent="administer")
    cast.member.post("/uppdrag/valj/", {"capacity": "leder"})
    page = cast.member.get("/organisationer/paraplyet/lamnar/ulf/")
    assert page.status_code == 200
    assert "form" not in page.context
    assert "av en administratör" in page.content.decode()
    assert cast.member.post("/organisationer/paraplyet/lamnar/ulf/", {}).status_code == 200
    assert not Handover.objects.exists()


def test_who_has_handed_over_is_not_asked_to_do_it_again(cast, leaving):
    people = "/organisationer/foreningen/behorigheter/"
    assert URL in cast.member.get(people).content.decode()
    cast.member.post(URL, {**said(), "confirm": "1"})
    page = cast.member.get(people).content.decode()
    assert URL not in page
    assert Handover.objects.get().get_absolute_url() in page
    assert "/uppdrag/ordfs/omfattning/" not in page


def test_the_successor_gets_the_note_by_mail(cast, leaving):
    mandate_of("omar", "foreningen", extent="read")
    more = {"note": "Nyckeln ligger i lådan.", "confirm": "1"}
    cast.member.post(URL, {**said(successor="omar"), **more})
    mail = Message.objects.get(kind="handover")
    assert mail.to_email == "omar@example.org"
    assert "Nyckeln ligger i lådan." in mail.text


def test_what_waits_for_an_answer_goes_on_in_the_name_of_who_may_give_it(cast, leaving):
    mandate_of("omar", "foreningen", extent="lead")
    cast.member.post(URL, {**said(successor="omar"), "confirm": "1"})
    assert Invitation.objects.get().given_by == "person:omar"


@pytest.mark.parametrize(
    "wrong",
    [
        {"last_day": ""},
        {"last_day": "2020-01-01"},
        {"last_day": "nu"},
        {"successor": "ulf"},
        {"successor": "karin"},
        {"successor": "new"},
        {"successor": "new", "name": "Nina", "email": "nina"},
        {"fate:role:ulfs": ""},
        {"fate:role:ulfs": "x"},
        {"fate:contact:egen": "hand-on"},
        {"note": "x" * 4001},
    ],
)
def test_what_can_t_be_taken_is_told_and_kept(cast, leaving, wrong):
    response = cast.member.post(URL, {**said(), **wrong, "confirm": "1"})
    assert response.status_code == 422
    assert not Handover.objects.exists()
    [(name, value)] = list(wrong.items())[-1:]
    assert response.context["form"][name].value() == value


def test_who_holds_nothing_more_leaves_nothing(cast, leaving):
    cast.member.post(URL, {**said(), "confirm": "1"})
    page = cast.member.get(URL)
    assert page.status_code == 200
    assert Handover.objects.get().get_absolute_url() in page.content.decode()


def test_what_one_may_not_decide_about_is_shown_and_stays(cast, leaving):
    mandate_of("ulf", "foreningen", key="admin", extent="administer")
    assert [it.subject for it in held() if it.fixed] == ["mandate:admin"]
    cast.member.post(URL, {**said(), "confirm": "1"})
    assert Mandate.objects.get(key="admin").stands(today())


def test_the_last_of_a_secretariat_is_told_of(cast):
    mandate_of("ulf", "regionen", key="ulfs", extent="administer")
    url = "/organisationer/regionen/lamnar/omar/"
    viewer = viewer_for(Person.objects.get(key="omar").account_id)
    fates = {
        f"fate:{it.subject}": "end"
        for it in holdings_of("person:omar", "organisation:regionen", viewer)
    }
    filled = {"last_day": today().isoformat(), "successor": "nobody", **fates, "confirm": "1"}
    refused = cast.official.post(url, filled)
    assert refused.status_code == 409
    assert not Handover.objects.exists()
    assert Role.objects.get(person__key="omar").end == ".."
    assert cast.official.post(url, {**filled, "knowing": "1"}).status_code == 302
    assert Secretariat.objects.get(side="public").organisation.key == "regionen"


@pytest.mark.parametrize(
    ("who", "organisation", "person"),
    [("coordinator", "paraplyet", "karin"), ("official", "regionen", "omar")],
)
def test_both_sides_have_the_same_page(cast, who, organisation, person):
    PersonFactory(key="eva")
    mandate_of("eva", organisation)
    page = getattr(cast, who).get(f"/organisationer/{organisation}/lamnar/{person}/")
    fields = [name.partition(":")[0] for name in page.context["form"].fields]
    assert fields.count("fate") == 2
    assert page.status_code == 200


def test_on_the_desk_the_successor_is_led_to_the_note(cast, leaving):
    mandate_of("omar", "foreningen", extent="read")
    cast.member.post(URL, {**said(successor="omar"), "confirm": "1"})
    viewer = viewer_for(Person.objects.get(key="omar").account_id)
    urls = [it.url for it in asked_of(viewer, today())]
    assert Handover.objects.get().get_absolute_url() in urls


class TestSomebodyNewWhoHasNotAnswered:
    """What waits for somebody is opened by the invitation that goes with it, and by no other."""

    PAGE = "/organisationer/paraplyet/lamnar/karin/"

    @pytest.fixture
    def waiting(self, cast, administrator):
        """Karin leaves her office to Nils Ny, whom nobody has seen yet. Ulf leads the umbrella."""
        mandate_of("ulf", "paraplyet", extent="lead")
        viewer = viewer_for(Person.objects.get(key="karin").account_id)
        held = holdings_of("person:karin", "organisation:paraplyet", viewer)
        fates = {f"fate:{it.subject}": "hand-on" if it.passes_on else "end" for it in held}
        new = {"successor": "new", "name": "Nils Ny", "email": "nils@example.org"}
        sent = {"last_day": today().isoformat(), **new, **fates, "confirm": "1", "knowing": "1"}
        cast.coordinator.post(self.PAGE, sent)
        return Invitation.objects.get(email="nils@example.org")

    def test_another_s_to_the_same_name_leads_to_none_of_it(self, waiting, client):
        said = {"email": "u@example.org", "name": "Nils Ny", "extent": "read"}
        _row, url = invitation("ulf", "paraplyet", person=waiting.person, **said)
        accept(client, url, "u@example.org")
        got = Mandate.objects.filter(person__account=get_user(client))
        assert [it.extent for it in got] == ["read"]
        assert not Mandate.objects.filter(person=waiting.person, accepted_at__isnull=False)

    def test_it_is_answered_though_the_leaver_is_gone(self, waiting, client):
        for mandate in Mandate.objects.filter(person__key="karin"):
            mandate.end = (today() - timedelta(days=1)).isoformat()
            mandate.save()
        accept(client, link_in(waiting), "nils@example.org")
        got = Mandate.objects.get(person=waiting.person)
        assert got.extent == "secretariat"
        assert got.accepted_at


def test_a_mandate_for_one_more_day_goes_on_for_that_day_alone(cast, leaving):
    end = today() + timedelta(days=5)
    mandate = Mandate.objects.get(key="ordfs")
    mandate.end = end.isoformat()
    mandate.save()
    last_day = (end - timedelta(days=1)).isoformat()
    cast.member.post(URL, {**said(last_day=last_day), "confirm": "1"})
    assert Mandate.objects.get(person__key="eva", extent="lead").end == end.isoformat()
