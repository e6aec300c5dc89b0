"""Choosing who gets a letter."""

import pytest
from django.utils import timezone

from tillit.kit import contributions as kit
from tillit.letters import choosing as forms
from tillit.letters.models import Letter
from tillit.register.models import Contact, Mandate, Organisation, Person, Secretariat
from tillit.register.tests.factories import (
    ContactFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    PlaceFactory,
    PresenceFactory,
    RoleFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db
PAGE = "/utskick/brevet/urval/"


def choose(client, **said):
    answer = client.post(PAGE, {"group": "looked_after", **said})
    assert answer.status_code == 302, answer.context["form"].errors
    return client.get(PAGE).context["chosen"]


def emails(chosen):
    return [it.email for it in chosen.receivers]


@pytest.fixture
def umbrella_leader(cast):
    """Mina leads her organisation, which nobody but itself and the secretariat sees into."""
    Mandate.objects.filter(person__key="mina").update(extent="lead")
    return cast.member


def test_all_that_the_secretariat_looks_after_by_name(cast, write, looked_after, most_queries):
    write()
    looked_after("zeta", "z@example.org")
    looked_after("aengen", "a@example.org", name="Ängen")
    looked_after("regionalt", "r@example.org", side="public")
    with most_queries():
        answer = cast.coordinator.get(PAGE)
    assert emails(answer.context["chosen"]) == ["z@example.org", "a@example.org"]
    assert "Zeta" in answer.content.decode()


def test_the_other_side_does_just_the_same(cast, write, looked_after):
    write(side="public")
    looked_after("civilt", "c@example.org")
    looked_after("kommunen", "k@example.org", side="public")
    assert emails(choose(cast.official)) == ["k@example.org"]


def test_one_address_gets_one_mail_for_all_its_organisations(cast, write, looked_after):
    write()
    looked_after("alfa", "Anna@example.org")
    looked_after("beta", "anna@example.org")
    [one] = choose(cast.coordinator).receivers
    assert (one.email, one.title, one.name) == ("anna@example.org", "Alfa, Beta", "Anna")


def test_organisations_without_an_address_are_listed_with_a_link(cast, write, looked_after):
    write()
    looked_after("tyst")
    looked_after("avstar", "nej@example.org", contact={"gets_letters": False})
    looked_after("slutat", "slut@example.org", contact={"end": "2020-12-31"})
    looked_after("telefon", contact={})
    ContactFactory(organisation=Organisation.objects.get(key="telefon"), email="", phone="040-1")
    answer = cast.coordinator.get(PAGE)
    names = [it.title for it in answer.context["unreachable"]]
    assert names == ["Avstar", "Foreningen", "Paraplyet", "Slutat", "Telefon", "Tyst"]
    assert 'href="/organisationer/tyst/kontakter/ny/"' in answer.content.decode()
    assert emails(answer.context["chosen"]) == []


def test_a_protected_organisation_is_never_chosen_and_never_shown(cast, write, looked_after):
    write()
    it = looked_after("skyddad", "hemlig@example.org", protected=True)
    contact = Contact.objects.get()
    for by_hand in (contact.subject, it.subject):
        cast.coordinator.post(PAGE, {"add": by_hand})
    answer = cast.coordinator.get(PAGE, {"q": "hemlig"})
    assert emails(answer.context["chosen"]) == []
    assert answer.context["found"] == []
    assert "hemlig@" not in answer.content.decode()
    assert "Hemlig<" not in answer.content.decode()


def test_a_protected_person_gets_the_letter_without_being_named(cast, write, looked_after):
    write()
    looked_after("alfa", "anna@example.org")
    Person.objects.filter(name="Anna").update(protected=True)
    [one] = choose(cast.coordinator).receivers
    assert one.name == ""


def test_roles_by_the_address_and_by_the_person(cast, write, looked_after):
    write()
    it = looked_after("alfa", "anna@example.org", "bo@example.org", "cia@example.org")
    Contact.objects.filter(email="anna@example.org").update(kind="chair")
    RoleFactory(
        organisation=it,
        person=Person.objects.get(name="Bo"),
        kind="chair",
        start="2010-01-01",
        end="..",
    )
    assert emails(choose(cast.coordinator, roles=["chair"])) == [
        "anna@example.org",
        "bo@example.org",
    ]


def test_place_form_and_theme_narrow(cast, write, looked_after):
    write()
    malmö = looked_after("malmo", "m@example.org", form="foundation")
    lund = looked_after("lund", "l@example.org", form="association")
    PresenceFactory(organisation=malmö, start="2010-01-01", end="..")
    PresenceFactory(
        organisation=lund,
        place=PlaceFactory(code="1281", name="Lund"),
        start="2010-01-01",
        end="..",
    )
    malmö.topics.add(TopicFactory(key="kultur"))
    assert emails(choose(cast.coordinator, place="1280")) == ["m@example.org"]
    assert emails(choose(cast.coordinator, place="12")) == ["l@example.org", "m@example.org"]
    assert emails(choose(cast.coordinator, form="association")) == ["l@example.org"]
    assert emails(choose(cast.coordinator, theme="kultur")) == ["m@example.org"]
    assert emails(choose(cast.coordinator, theme="kultur", form="association")) == []


def test_members_on_a_day(cast, write, looked_after):
    write()
    umbrella = Organisation.objects.get(key="paraplyet")
    was = looked_after("var", "var@example.org")
    MembershipFactory(umbrella=umbrella, member=was, start="2010", end="2015")
    MembershipFactory(
        umbrella=umbrella, member=looked_after("ar", "ar@example.org"), start="2018", end=".."
    )
    looked_after("aldrig", "aldrig@example.org")
    assert emails(choose(cast.coordinator, group="members")) == ["ar@example.org"]
    assert emails(choose(cast.coordinator, group="members", on="2012-06-01")) == ["var@example.org"]


def test_an_umbrella_reaches_its_members_without_seeing_their_addresses(umbrella_leader, cast):
    umbrella = Organisation.objects.get(key="foreningen")
    member = OrganisationFactory(key="medlem", name="Medlemmen", sector="civil")
    ContactFactory(
        organisation=member, email="dold@example.org", person=PersonFactory(name="Dolda Dora")
    )
    MembershipFactory(umbrella=umbrella, member=member, start="2010", end="..")
    hidden = MembershipFactory(
        umbrella=umbrella,
        member=OrganisationFactory(key="jour", protected=True),
        start="2010",
        end="..",
    )
    ContactFactory(organisation=hidden.member, email="jour@example.org")
    Letter.objects.create(
        key="brevet",
        organisation=umbrella,
        touched_at=timezone.now(),
        subject_line="Hej",
        text="Hej {namn}",
    )
    assert emails(choose(umbrella_leader, group="members")) == ["dold@example.org"]
    for query in ({}, {"q": "Dora"}, {"q": "dold@"}, {"q": "medlem"}):
        page = umbrella_leader.get(PAGE, query).content.decode()
        assert "dold@example.org" not in page
        assert "Dolda" not in page
    assert umbrella_leader.get(PAGE, {"q": "Dora"}).context["found"] == []
    [found] = umbrella_leader.get(PAGE, {"q": "medlem"}).context["found"]
    assert found.subject == "organisation:medlem"
    file = umbrella_leader.get("/utskick/brevet/urval.csv").getvalue().decode()
    assert "Medlemmen" in file
    assert "dold@" not in file
    preview = umbrella_leader.get("/utskick/brevet/granskning/").content.decode()
    framed = umbrella_leader.get("/utskick/brevet/granskning/mejl/").content.decode()
    assert "dold@" not in preview + framed
    assert "Dora" not in preview + framed
    umbrella_leader.post(PAGE, {"leave": "organisation:medlem"})
    assert emails(umbrella_leader.get(PAGE).context["chosen"]) == []


def test_an_umbrella_may_not_begin_with_what_a_secretariat_looks_after(umbrella_leader, cast):
    umbrella = Organisation.objects.get(key="foreningen")
    Letter.objects.create(key="brevet", organisation=umbrella, touched_at=timezone.now())
    answer = umbrella_leader.post(PAGE, {"group": "looked_after"})
    assert answer.status_code == 422
    assert "group" in answer.context["form"].errors


def test_who_has_not_answered_by_what_a_context_says(cast, write, looked_after, monkeypatch):
    write()
    looked_after("svarat", "ja@example.org")
    looked_after("inte", "nej@example.org")
    looked_after("annans", "annan@example.org", side="public")
    silent = kit.Audience(
        "enquiries.2026", "has not answered", lambda viewer: ["inte", "annans", "okand"]
    )
    contexts = kit.contributions()
    another = kit.Contributions(audiences=lambda viewer: [silent])
    monkeypatch.setattr(kit, "contributions", lambda: (*contexts, another))
    assert emails(choose(cast.coordinator, audience="enquiries.2026")) == ["nej@example.org"]
    monkeypatch.setattr(kit, "contributions", lambda: contexts)
    answer = cast.coordinator.get(PAGE)
    assert answer.context["audience_gone"]
    assert emails(answer.context["chosen"]) == []


def test_single_ones_are_added_and_left_out_by_hand(cast, write, looked_after):
    write()
    looked_after("alfa", "anna@example.org", "bo@example.org")
    anna, bo = (Contact.objects.get(email=f"{name}@example.org").subject for name in ("anna", "bo"))
    answer = cast.coordinator.post(PAGE, {"leave": anna})
    assert answer.url == PAGE
    page = cast.coordinator.get(PAGE)
    assert emails(page.context["chosen"]) == ["bo@example.org"]
    assert [(key, it.email) for key, it in page.context["left_out"]] == [(anna, "anna@example.org")]
    cast.coordinator.post(PAGE, {"back": anna})
    assert emails(cast.coordinator.get(PAGE).context["chosen"]) == [
        "anna@example.org",
        "bo@example.org",
    ]
    assert emails(choose(cast.coordinator, group="nobody")) == []
    [found] = cast.coordinator.get(PAGE, {"q": "BO"}).context["found"]
    assert found.subject == bo
    assert cast.coordinator.post(PAGE, {"add": bo, "q": "BO"}).url == f"{PAGE}?q=BO#by-hand"
    assert emails(cast.coordinator.get(PAGE).context["chosen"]) == ["bo@example.org"]
    cast.coordinator.post(PAGE, {"add": "organisation:alfa"})
    assert len(cast.coordinator.get(PAGE).context["chosen"].receivers) == 2


def test_nobody_beyond_reach_is_found_or_added(cast, write, looked_after):
    write()
    it = looked_after("annans", "annan@example.org", side="public")
    assert cast.coordinator.get(PAGE, {"q": "annan"}).context["found"] == []
    for subject in (
        it.subject,
        Contact.objects.get().subject,
        "contact:",
        "person:karin",
        "x",
        "organisation:finns-inte",
    ):
        cast.coordinator.post(PAGE, {"add": subject})
    assert emails(cast.coordinator.get(PAGE).context["chosen"]) == []


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "group"),
        ({"group": "everybody"}, "group"),
        ({"group": "members", "on": "2012-02-30"}, "on"),
        ({"group": "members", "roles": ["king"]}, "roles"),
        ({"group": "members", "place": "9999"}, "place"),
        ({"group": "members", "theme": "finns-inte"}, "theme"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(cast, write, data, field):
    letter = write()
    answer = cast.coordinator.post(PAGE, data)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    letter.refresh_from_db()
    assert letter.choice["group"] == "looked_after"


def test_a_long_list_has_pages_and_a_file(cast, write, looked_after):
    write()
    for number in range(103):
        looked_after(f"nr-{number:03}", f"nr-{number:03}@example.org")
    page = cast.coordinator.get(PAGE)
    assert page.context["chosen"].count == 103
    assert len(page.context["shown"]) == 100
    assert [it.email for it in cast.coordinator.get(f"{PAGE}?page=2").context["shown"]][
        -1
    ] == "nr-102@example.org"
    assert cast.coordinator.get(f"{PAGE}?page=x").status_code == 200
    assert len(cast.coordinator.get("/utskick/brevet/urval.csv").getvalue().splitlines()) == 104


def test_others_are_turned_away(cast, write):
    write()
    assert cast.official.get(PAGE).status_code == 404
    assert cast.official.post(PAGE, {"group": "members"}).status_code == 404
    assert cast.member.post(PAGE).status_code == 403
    assert cast.outsider.get(PAGE).status_code == 403
    assert cast.anonymous.get(PAGE).status_code == 302
    assert cast.coordinator.put(PAGE).status_code == 405


def test_roles_that_nobody_has_are_not_offered(cast, write, looked_after):
    write()
    looked_after("alfa", "a@example.org", contact={"kind": "manager"})
    offered = [
        value
        for value, _label in cast.coordinator.get(PAGE).context["form"].fields["roles"].choices
    ]
    assert offered == ["chair", "manager", "contact_person"]
    assert set(offered) >= forms.USUAL_ROLES


def test_a_letter_for_another_capacity_says_so(cast, write):
    write()
    Mandate.objects.filter(person__key="karin").update(extent="lead", secretariat=None)
    assert Secretariat.objects.get(side="civil").own_circle
    assert cast.coordinator.get(PAGE).status_code == 403


def test_nul_is_left_out_of_whom_somebody_adds_by_hand(cast, write):
    """PostgreSQL can't keep it in the choice."""
    write()
    assert cast.coordinator.post(PAGE, {"add": "organisation:\0fore\0ningen"}).status_code == 302
    assert "organisation:foreningen" in str(Letter.objects.get().choice)
