"""One membership: the member says that it leaves, the office ends it, and both see why."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from tillit.kit.access import viewer_for
from tillit.kit.contributions import asked_of, links_to, panels_on
from tillit.kit.models import Activity
from tillit.post.models import Message
from tillit.register.members import MembersOn
from tillit.register.models import Membership, MembershipDecision, Organisation, Resignation
from tillit.register.tests.factories import ContactFactory, MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
PAGE = "/organisationer/paraplyet/medlemmar/foreningen/"
END = f"{PAGE}avslut/"
LEAVE = f"{PAGE}uttrade/"
ENDED = {
    "kind": "excluded",
    "day": "2026-06-30",
    "decided_on": "2026-06-01",
    "decided_by": "Årsmötet",
    "reference": "",
    "reason": "Skälet.",
}
LEAVING = {"last_day": "2026-12-31", "reason": "Vi lägger ner."}


@pytest.fixture
def it(cast):
    umbrella, member = (Organisation.objects.get(key=key) for key in ("paraplyet", "foreningen"))
    return MembershipFactory(umbrella=umbrella, member=member, start="2020-01-01")


def viewer_of(name, django_user_model):
    return viewer_for(django_user_model.objects.get(email=f"{name}@example.org").pk)


@pytest.mark.parametrize(
    ("path", "roles"),
    [(PAGE, ["coordinator", "member"]), (END, ["coordinator"]), (LEAVE, ["member"])],
)
def test_those_concerned_open_it_within_twelve_questions(cast, it, most_queries, path, roles):
    for role in roles:
        with most_queries():
            assert getattr(cast, role).get(path).status_code == 200


@pytest.mark.parametrize("path", [PAGE, END, LEAVE])
def test_nobody_else_knows_of_it(cast, it, path):
    for client in (cast.official, cast.outsider):
        assert client.get(path).status_code == 404
    assert cast.anonymous.get(path).status_code == 302


def test_each_does_only_the_own_part(cast, it):
    assert cast.member.post(END, ENDED).status_code == 403
    assert cast.coordinator.post(LEAVE, LEAVING).status_code == 403
    for client in (cast.official, cast.outsider):
        assert client.post(END, ENDED).status_code == 404
        assert client.post(LEAVE, LEAVING).status_code == 404
    assert cast.anonymous.post(END, ENDED).status_code == 403
    it.refresh_from_db()
    assert it.end == ""


@pytest.mark.parametrize("path", [PAGE, END, LEAVE])
def test_no_other_method(cast, it, path):
    assert cast.coordinator.delete(path).status_code == 405


def test_a_pair_without_a_membership_is_not_found(cast):
    assert cast.coordinator.get(PAGE).status_code == 404
    assert (
        cast.coordinator.get("/organisationer/paraplyet/medlemmar/finns-inte/").status_code == 404
    )


class TestEnding:
    def test_the_office_ends_it_with_a_day_and_a_reason(self, cast, it):
        assert cast.coordinator.post(END, ENDED).status_code == 302
        it.refresh_from_db()
        assert it.end == "2026-06-30"
        row = MembershipDecision.objects.get()
        assert (row.kind, row.day, row.decided_by, row.reason) == (
            "excluded",
            date(2026, 6, 30),
            "Årsmötet",
            "Skälet.",
        )

    def test_the_year_s_figures_follow(self, cast, it, django_user_model):
        cast.coordinator.post(END, ENDED)
        viewer = viewer_of("karin", django_user_model)
        members = MembersOn(it.umbrella, viewer, date(2026, 12, 31))
        assert {year.year: year.left for year in members.by_year(2026)}[2026] == 1

    def test_the_public_sees_the_day_and_never_how_or_why(self, cast, it):
        cast.coordinator.post(END, ENDED)
        for path in (
            "/organisationer/paraplyet/medlemmar/?on=2026-06-01",
            "/organisationer/foreningen/?on=2026-06-01",
            "/organisationer/foreningen/",
        ):
            page = cast.anonymous.get(path).content.decode()
            assert "Skälet" not in page
            assert "Årsmötet" not in page
        assert (
            "2026"
            in cast.anonymous.get(
                "/organisationer/paraplyet/medlemmar/?on=2026-06-01"
            ).content.decode()
        )
        public = Activity.objects.filter(circle="public")
        assert public.filter(subject=it.subject).exists()
        assert "Skälet" not in str(list(public.values_list("reason", "changes")))
        assert "excluded" not in str(list(public.values_list("reason", "changes")))

    def test_the_member_and_the_umbrella_see_why(self, cast, it):
        cast.coordinator.post(END, ENDED)
        for client in (cast.coordinator, cast.member):
            assert "Skälet." in client.get(PAGE).content.decode()

    def test_the_member_s_contact_persons_are_told(self, cast, it):
        ContactFactory(organisation=it.member, email="mina@example.org")
        ContactFactory(organisation=it.member, email="tyst@example.org", gets_letters=False)
        ContactFactory(organisation=it.member, email="forr@example.org", end="2012")
        cast.coordinator.post(END, ENDED)
        assert list(Message.objects.values_list("to_email", flat=True)) == ["mina@example.org"]

    def test_an_exclusion_needs_a_reason_and_the_others_do_not(self, cast, it):
        assert cast.coordinator.post(END, {**ENDED, "reason": ""}).status_code == 422
        assert (
            cast.coordinator.post(END, {**ENDED, "reason": "", "kind": "merged"}).status_code == 302
        )

    def test_a_last_day_before_the_first_is_told(self, cast, it):
        response = cast.coordinator.post(END, {**ENDED, "day": "2019-12-31"})
        assert response.status_code == 422
        assert "Skälet." in response.content.decode()
        assert not MembershipDecision.objects.exists()

    @pytest.mark.parametrize(
        ("field", "value"),
        [("kind", "admitted"), ("kind", ""), ("day", "igår"), ("decided_by", "")],
    )
    def test_bad_input(self, cast, it, field, value):
        assert cast.coordinator.post(END, {**ENDED, field: value}).status_code == 422

    def test_what_has_ended_does_not_end_again(self, cast, it):
        cast.coordinator.post(END, ENDED)
        assert cast.coordinator.post(END, ENDED).status_code == 409
        assert cast.coordinator.get(END).status_code == 409

    def test_it_is_taken_back_and_the_member_told(self, cast, it):
        ContactFactory(organisation=it.member)
        cast.coordinator.post(END, ENDED)
        decision = MembershipDecision.objects.get()
        path = reverse("register:membership-taking-back", args=["paraplyet", decision.key])
        assert path in cast.coordinator.get(PAGE).content.decode()
        assert path not in cast.member.get(PAGE).content.decode()
        assert (
            cast.member.post(path, {"decided_on": "2026-06-02", "decided_by": "Jag"}).status_code
            == 403
        )
        cast.coordinator.post(path, {"decided_on": "2026-06-02", "decided_by": "Styrelsen"})
        it.refresh_from_db()
        assert it.end == ""
        assert Message.objects.filter(kind="membership-ending-taken-back").count() == 1
        assert cast.coordinator.post(END, ENDED).status_code == 302


class TestLeaving:
    def test_the_member_says_so_and_the_office_notes_it(self, cast, it, django_user_model):
        assert cast.member.post(LEAVE, LEAVING).status_code == 302
        it.refresh_from_db()
        assert it.end == ""
        row = Resignation.objects.get()
        assert (row.last_day, row.reason, row.asked_by) == (
            date(2026, 12, 31),
            "Vi lägger ner.",
            "person:mina",
        )
        waiting = [
            item.url for item in asked_of(viewer_of("karin", django_user_model), date(2026, 6, 1))
        ]
        assert END in waiting

        form = cast.coordinator.get(END).content.decode()
        assert "2026-12-31" in form
        assert "Vi lägger ner." in form
        cast.coordinator.post(END, {**ENDED, "kind": "left", "day": "2026-12-31"})
        row.refresh_from_db()
        assert row.decision == MembershipDecision.objects.get()
        assert END not in [
            item.url for item in asked_of(viewer_of("karin", django_user_model), date(2026, 6, 1))
        ]

    def test_it_may_change_its_mind(self, cast, it):
        cast.member.post(LEAVE, LEAVING)
        assert cast.member.post(LEAVE, {"do": "withdraw"}).status_code == 302
        assert Resignation.objects.get().withdrawn_at
        assert cast.member.post(LEAVE, LEAVING).status_code == 302
        assert Resignation.objects.open().count() == 1

    def test_it_says_so_once(self, cast, it):
        cast.member.post(LEAVE, LEAVING)
        assert cast.member.post(LEAVE, LEAVING).status_code == 422
        assert Resignation.objects.count() == 1

    def test_the_notice_waits_again_when_the_end_is_taken_back(self, cast, it):
        cast.member.post(LEAVE, LEAVING)
        cast.coordinator.post(END, {**ENDED, "kind": "left"})
        decision = MembershipDecision.objects.get()
        path = reverse("register:membership-taking-back", args=["paraplyet", decision.key])
        cast.coordinator.post(path, {"decided_on": "2026-06-02", "decided_by": "Styrelsen"})
        assert Resignation.objects.open().exists()

    @pytest.mark.parametrize("day", ["", "snart", "2026-13-01"])
    def test_bad_input(self, cast, it, day):
        response = cast.member.post(LEAVE, {**LEAVING, "last_day": day})
        assert response.status_code == 422
        assert "Vi lägger ner." in response.content.decode()

    def test_html_in_the_reason_is_text(self, cast, it):
        cast.member.post(LEAVE, {**LEAVING, "reason": "<script>alert(1)</script>"})
        assert "<script>alert" not in cast.coordinator.get(PAGE).content.decode()


def test_those_who_act_for_the_member_find_the_way_from_its_page(cast, it, django_user_model):
    def titles(name):
        panels = panels_on(
            "organisation:foreningen", viewer_of(name, django_user_model), date(2026, 1, 1)
        )
        return [panel.template for panel in panels]

    assert "register/membership/panel.html" in titles("mina")
    assert "register/membership/panel.html" not in titles("ulf")
    assert PAGE in cast.member.get("/organisationer/foreningen/").content.decode()


def test_decisions_have_a_title_for_those_who_may_read_them(cast, it, django_user_model):
    cast.coordinator.post(END, ENDED)
    subject = MembershipDecision.objects.get().subject
    assert subject in links_to([subject], viewer_of("mina", django_user_model))
    assert subject not in links_to([subject], viewer_of("ulf", django_user_model))


def test_an_umbrella_and_a_member_of_it_alone_see_their_decisions(cast, it):
    cast.coordinator.post(END, ENDED)
    other = MembershipFactory(umbrella=it.umbrella, member=OrganisationFactory(key="granne"))
    page = f"/organisationer/paraplyet/medlemmar/{other.member.key}/"
    assert cast.member.get(page).status_code == 404


class TestOverlap:
    @pytest.mark.parametrize(
        ("former", "later"),
        [
            (("2006", "2010"), ("2010", "..")),
            (("2006-01-01", "2010-05-31"), ("2010-06-01", "")),
            (("", "2010"), ("2011", "")),
        ],
    )
    def test_one_may_follow_another(self, it, former, later):
        Membership.objects.all().delete()
        pair = {"umbrella": it.umbrella, "member": it.member}
        MembershipFactory(**pair, start=former[0], end=former[1])
        Membership(key="m2", **pair, start=later[0], end=later[1]).refuse_overlap()

    @pytest.mark.parametrize(
        ("former", "later"),
        [
            (("2006", "2010"), ("2009", "")),
            (("2020-01-01", ""), ("2026-01-01", "")),
            (("", ""), ("2026-01-01", "")),
            (("2006-01-01", "2010-06-01"), ("2010-06-01", "")),
        ],
    )
    def test_but_not_stand_beside_it(self, it, former, later):
        Membership.objects.all().delete()
        pair = {"umbrella": it.umbrella, "member": it.member}
        MembershipFactory(**pair, start=former[0], end=former[1])
        with pytest.raises(ValidationError):
            Membership(key="m2", **pair, start=later[0], end=later[1]).refuse_overlap()
