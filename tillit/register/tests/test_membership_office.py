"""The office of an umbrella: sees applications, asks for more, admits, declines, and takes back."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from tillit.kit.access import viewer_for
from tillit.kit.contributions import asked_of
from tillit.kit.models import Activity
from tillit.post.models import Message
from tillit.register import membership_demo
from tillit.register.models import (
    Admissions,
    Application,
    Contact,
    Membership,
    MembershipDecision,
    Organisation,
    Person,
    Supplement,
)
from tillit.register.tests.factories import (
    AdmissionsFactory,
    ApplicationFactory,
    MembershipFactory,
    OrganisationFactory,
    PlaceFactory,
)

pytestmark = pytest.mark.django_db
LIST = "/organisationer/paraplyet/medlemmar/ansokningar/"
TERMS = "/organisationer/paraplyet/medlemmar/villkor/"
ADMIT = {
    "outcome": "admitted",
    "day": "2026-01-01",
    "decided_on": "2025-12-10",
    "decided_by": "Styrelsen § 12",
    "reference": "2025/7",
    "reason": "Välkomna.",
    "add_contact": "on",
}
DECLINE = {**ADMIT, "outcome": "declined", "day": "", "reason": "Ni är ett aktiebolag."}


@pytest.fixture
def umbrella(cast):
    return Organisation.objects.get(key="paraplyet")


@pytest.fixture
def it(umbrella):
    return ApplicationFactory(
        umbrella=umbrella,
        key="ansokan",
        number="802435-6498",
        form="association",
        place=PlaceFactory(),
    )


def url(name, it):
    return reverse(f"register:{name}", args=[it.umbrella.key, it.key])


@pytest.fixture
def decide(cast, it):
    def decide(said, client=None):
        return (client or cast.coordinator).post(url("application-decision", it), said)

    return decide


PAGES = [
    LIST,
    f"{LIST}?state=waiting",
    f"{LIST}ansokan/",
    f"{LIST}ansokan/beslut/",
    f"{LIST}ansokan/komplettering/",
    TERMS,
]


@pytest.mark.parametrize("path", PAGES)
def test_the_office_opens_it_within_twelve_questions(cast, it, most_queries, path):
    with most_queries():
        assert cast.coordinator.get(path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("role", ["official", "member", "outsider"])
def test_nobody_else_opens_it(cast, it, path, role):
    client = getattr(cast, role)
    assert client.get(path).status_code == 403
    assert client.post(path, ADMIT).status_code in {403, 405}
    assert Application.objects.get().state == "waiting"


@pytest.mark.parametrize("path", PAGES)
def test_the_anonymous_is_asked_to_sign_in(cast, it, path):
    assert cast.anonymous.get(path).status_code == 302
    assert cast.anonymous.post(path, ADMIT).status_code in {403, 405}


@pytest.mark.parametrize("path", PAGES)
def test_no_other_method(cast, it, path):
    assert cast.coordinator.put(path).status_code == 405


def test_the_list_has_what_was_confirmed_and_nothing_of_others(cast, umbrella, it):
    ApplicationFactory(umbrella=umbrella, name="Obekräftad", state="unconfirmed")
    ApplicationFactory(umbrella=OrganisationFactory(), name="Någon annans")
    page = cast.coordinator.get(LIST).content.decode()
    assert "Nya föreningen" in page
    assert "Obekräftad" not in page
    assert "Någon annans" not in page


def test_the_list_is_narrowed_by_state_and_refuses_nonsense(cast, it):
    assert (
        "Nya föreningen" not in cast.coordinator.get(LIST, {"state": "admitted"}).content.decode()
    )
    assert cast.coordinator.get(LIST, {"state": "nonsens"}).status_code == 400


def test_the_files_have_the_addresses(cast, it):
    csv = b"".join(cast.coordinator.get(LIST[:-1] + ".csv").streaming_content).decode()
    assert "nina@example.org" in csv
    workbook = cast.coordinator.get(LIST[:-1] + ".xlsx")
    assert workbook.status_code == 200
    assert b"".join(workbook.streaming_content)
    assert cast.member.get(LIST[:-1] + ".csv").status_code == 403


def test_another_umbrella_s_application_is_not_found_here(cast, umbrella):
    other = ApplicationFactory(umbrella=OrganisationFactory())
    assert cast.coordinator.get(f"{LIST}{other.key}/").status_code == 404
    assert cast.coordinator.post(f"{LIST}{other.key}/beslut/", ADMIT).status_code == 404


def test_a_doubtful_number_is_flagged(cast, it):
    Application.objects.update(number="232100-0205")
    assert "chip--warn" in cast.coordinator.get(f"{LIST}ansokan/").content.decode()


class TestAskingForMore:
    def test_the_question_goes_by_mail_and_the_answer_comes_by_the_link(self, cast, it):
        response = cast.coordinator.post(
            url("application-supplement", it), {"question": "Hur många är ni?\n\n# Skriv"}
        )
        assert response.url == it.get_absolute_url()
        it.refresh_from_db()
        assert it.state == "asked"
        message = Message.objects.get()
        assert (message.kind, message.to_email) == ("application-question", "nina@example.org")
        link = re.search(r"/medlemsansokan/[\w-]+/", message.text)[0]

        assert cast.anonymous.post(link, {"do": "answer", "answer": ""}).status_code == 422
        assert cast.anonymous.post(link, {"do": "answer", "answer": "Tolv."}).status_code == 302
        it.refresh_from_db()
        assert it.state == "waiting"
        assert "Tolv." in cast.coordinator.get(it.get_absolute_url()).content.decode()

    def test_two_questions_wait_for_two_answers(self, cast, it):
        for question in ("Först?", "Sedan?"):
            cast.coordinator.post(url("application-supplement", it), {"question": question})
        link = reverse("register:own-application", args=[it.token])
        cast.anonymous.post(link, {"do": "answer", "answer": "Ja."})
        assert Application.objects.get().state == "asked"
        cast.anonymous.post(link, {"do": "answer", "answer": "Nej."})
        assert Application.objects.get().state == "waiting"
        assert list(Supplement.objects.values_list("answer", flat=True)) == ["Ja.", "Nej."]

    def test_nothing_is_asked_of_what_is_settled(self, cast, it):
        Application.objects.update(state="withdrawn", settled_at=timezone.now())
        assert (
            cast.coordinator.post(url("application-supplement", it), {"question": "?"}).status_code
            == 409
        )


class TestAdmitting:
    def test_a_new_organisation_is_entered_looked_after_and_a_member(
        self, cast, decide, it, umbrella
    ):
        assert decide(ADMIT).status_code == 302
        membership = Membership.objects.get()
        member = membership.member
        assert (membership.umbrella, membership.start, membership.end) == (
            umbrella,
            "2026-01-01",
            "",
        )
        assert (member.name, member.sector, member.form) == (
            "Nya föreningen",
            "civil",
            "association",
        )
        assert member.secretariat == umbrella.secretariat
        assert member.identifiers.get().value == "802435-6498"
        assert member.presences.get().place_id == "1280"
        it.refresh_from_db()
        assert (it.state, it.member) == ("admitted", member)
        assert (
            member.get_absolute_url()
            in cast.coordinator.get(it.get_absolute_url()).content.decode()
        )

    def test_the_decision_is_a_row_with_who_when_and_why(self, decide, it):
        decide(ADMIT)
        row = MembershipDecision.objects.get()
        assert (row.kind, row.day, row.decided_on) == (
            "admitted",
            date(2026, 1, 1),
            date(2025, 12, 10),
        )
        assert (row.decided_by, row.reference, row.reason) == (
            "Styrelsen § 12",
            "2025/7",
            "Välkomna.",
        )
        assert (row.noted_by, row.application, row.membership) == (
            "person:karin",
            it,
            Membership.objects.get(),
        )

    def test_the_applicant_is_told(self, decide, it):
        decide(ADMIT)
        message = Message.objects.get()
        assert (message.kind, message.to_email) == ("application-decided", "nina@example.org")
        assert "Styrelsen § 12" in message.text

    def test_the_contact_person_can_be_invited_with_a_form_that_is_filled_in(
        self, cast, decide, it
    ):
        decide(ADMIT)
        it.refresh_from_db()
        page = cast.coordinator.get(it.get_absolute_url()).content.decode()
        invite = reverse("register:invite", args=[it.member.key])
        assert f'action="{invite}"' in page
        said = {
            "email": "nina@example.org",
            "name": "Nina Ny",
            "language": "sv",
            "extent": "edit",
            "change": "1",
        }
        form = cast.coordinator.post(invite, said)
        assert form.status_code == 200
        assert 'value="nina@example.org"' in form.content.decode()
        assert not Message.objects.exclude(kind="application-decided").exists()

    def test_the_contact_person_is_kept_but_shown_to_nobody_else(self, cast, decide):
        decide(ADMIT)
        contact = Contact.objects.get(email="nina@example.org")
        assert (contact.person.name, contact.start) == ("Nina Ny", "2026-01-01")
        assert contact.circle == contact.organisation.own_circle
        assert cast.anonymous.get(contact.person.get_absolute_url()).status_code == 404
        told = Activity.objects.filter(circle="public").values_list("changes", flat=True)
        assert "Nina" not in str(list(told))

    def test_or_not_if_the_office_does_not_want_it(self, decide):
        decide({**ADMIT, "add_contact": ""})
        assert not Contact.objects.exists()
        assert not Person.objects.filter(name="Nina Ny").exists()

    def test_one_of_the_register_is_not_entered_again(self, decide, it):
        member = Organisation.objects.get(key="foreningen")
        Application.objects.update(member=member)
        before = Organisation.objects.count()
        decide(ADMIT)
        assert Organisation.objects.count() == before
        assert Membership.objects.get().member == member

    def test_a_public_body_stands_on_the_public_side_without_the_civil_secretariat(self, decide):
        Application.objects.update(form="municipality")
        decide(ADMIT)
        member = Membership.objects.get().member
        assert (member.sector, member.secretariat) == ("public", None)

    def test_no_two_memberships_of_a_pair_at_once(self, cast, decide, it, umbrella):
        member = Organisation.objects.get(key="foreningen")
        MembershipFactory(umbrella=umbrella, member=member, seen="2012-12-31")
        Application.objects.update(member=member)
        response = decide(ADMIT)
        assert response.status_code == 422
        assert Membership.objects.count() == 1
        assert not MembershipDecision.objects.exists()
        assert Application.objects.get().state == "waiting"
        assert not Message.objects.exists()

    def test_two_of_the_office_at_once_admit_once(self, cast, decide, it):
        assert decide(ADMIT).status_code == 302
        assert decide(ADMIT).status_code == 409
        assert Membership.objects.count() == 1

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("outcome", ""),
            ("outcome", "left"),
            ("day", ""),
            ("day", "2026-02-30"),
            ("decided_on", ""),
            ("decided_on", "2099-01-01"),
            ("decided_by", ""),
            ("decided_by", "x" * 201),
            ("reason", "x" * 2001),
        ],
    )
    def test_bad_input_is_told_and_the_form_kept(self, decide, field, value):
        response = decide({**ADMIT, field: value})
        assert response.status_code == 422
        assert "2025/7" in response.content.decode()
        assert not MembershipDecision.objects.exists()

    def test_the_activity_tells_no_reason_in_public(self, decide):
        decide({**ADMIT, "reason": "Hemligheten"})
        public = Activity.objects.filter(circle="public")
        assert public.exists()
        assert "Hemligheten" not in str(list(public.values_list("reason", "changes")))


class TestDeclining:
    def test_it_needs_a_reason_and_the_applicant_is_told_it(self, decide, it):
        assert decide({**DECLINE, "reason": ""}).status_code == 422
        assert decide(DECLINE).status_code == 302
        assert Application.objects.get().state == "declined"
        assert not Membership.objects.exists()
        assert "aktiebolag" in Message.objects.get().text

    def test_the_applicant_reads_it_by_the_link(self, cast, decide, it):
        decide(DECLINE)
        page = cast.anonymous.get(reverse("register:own-application", args=[it.token]))
        assert "aktiebolag" in page.content.decode()


class TestAdmissions:
    SAID = {"is_open": "on", "welcome": "Alla.", "terms": "Stadgarna."}

    def test_the_office_opens_and_closes_applications(self, cast, umbrella):
        assert cast.coordinator.post(TERMS, self.SAID).status_code == 302
        row = Admissions.objects.get()
        assert (row.is_open, row.welcome, row.terms) == (True, "Alla.", "Stadgarna.")
        cast.coordinator.post(TERMS, {**self.SAID, "is_open": ""})
        assert not Admissions.objects.get().is_open

    def test_too_long_a_text_is_told_and_kept(self, cast, umbrella):
        response = cast.coordinator.post(TERMS, {**self.SAID, "terms": "x" * 8001})
        assert response.status_code == 422
        assert "Alla." in response.content.decode()

    def test_who_comes_second_sees_what_changed_and_keeps_the_own_text(self, cast, umbrella):
        AdmissionsFactory(umbrella=umbrella)
        page = cast.coordinator.get(TERMS).content.decode()
        seen = re.search(r'name="seen" value="([^"]+)"', page)[1]
        Admissions.objects.update(welcome="Någon annans")
        response = cast.coordinator.post(TERMS, {**self.SAID, "seen": seen})
        assert response.status_code == 422
        page = response.content.decode()
        assert "Någon annans" in page
        assert "Alla." in page
        seen = re.search(r'name="seen" value="([^"]+)"', page)[1]
        assert cast.coordinator.post(TERMS, {**self.SAID, "seen": seen}).status_code == 302
        assert Admissions.objects.get().welcome == "Alla."


def test_the_members_page_leads_in_and_to_the_office(cast, umbrella, it, most_queries):
    AdmissionsFactory(umbrella=umbrella)
    MembershipFactory(umbrella=umbrella, member=Organisation.objects.get(key="foreningen"))
    path = "/organisationer/paraplyet/medlemmar/"
    cast.coordinator.get(path)  # the session has its token from now on
    with most_queries():
        office = cast.coordinator.get(path).content.decode()
    assert LIST in office
    assert "/medlemmar/foreningen/" in office
    public = cast.anonymous.get(path).content.decode()
    assert "/medlemmar/ansok/" in public
    assert LIST not in public
    assert "/medlemmar/foreningen/" not in public


def test_the_office_is_asked_to_decide_and_nobody_else(cast, it, django_user_model):
    def asked(name):
        viewer = viewer_for(django_user_model.objects.get(email=f"{name}@example.org").pk)
        return [
            item for item in asked_of(viewer, date(2026, 1, 1)) if item.url == it.get_absolute_url()
        ]

    found = asked("karin")
    assert len(found) == 1
    assert found[0].capacity == "karin"
    assert not asked("omar")
    assert not asked("mina")


def test_a_demo_has_an_invented_application_that_can_be_decided(cast, umbrella, decide):
    network = OrganisationFactory(key="natverket", secretariat=umbrella.secretariat)
    for _time in range(2):
        membership_demo.populate()
    row = Application.objects.get(umbrella=network)
    assert "påhittad" in row.name
    assert Admissions.objects.get(umbrella=network).is_open
    response = cast.coordinator.post(url("application-decision", row), ADMIT)
    assert response.status_code == 302
    assert Message.objects.get().to_email.endswith("@example.org")
