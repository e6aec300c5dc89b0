"""Who answers, and when: too late, signed in for the member, or the office on the phone."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tillit.enquiries.models import Asked, Correction, Enquiry
from tillit.enquiries.tests.factories import QuestionFactory
from tillit.register.models import Contact, Mandate, Membership, Organisation
from tillit.register.tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db
DETAILS = {
    "step": "details",
    "do": "save",
    "name": "Foreningen",
    "web": "https://gammal.example.org",
    "street": "Ledebursgatan 5",
    "postcode": "211 55",
    "town": "Malmö",
}
NAME = {"step": "name", "do": "save", "answered_by": "Mina Menig", "answered_as": "ordförande"}


def seen_in(response):
    return re.search(r'name="seen" value="([^"]*)"', response.content.decode())[1]


def right(client, url, step):
    seen = seen_in(client.get(f"{url}?del={step}"))
    return client.post(url, {"step": step, "do": "right", "seen": seen})


def answer_all(client, url):
    for step in ("details", "contacts"):
        right(client, url, step)
    return client.post(url, NAME)


class TestTooLate:
    def test_after_closing_it_shows_what_was_answered_and_takes_nothing(self, cast, story):
        answer_all(cast.anonymous, story.link)
        Enquiry.objects.update(state="closed")
        response = cast.anonymous.get(story.link)
        assert response.status_code == 200
        assert "Mina Menig" in response.content.decode()
        assert cast.anonymous.post(story.link, {**NAME, "answered_by": "Nora"}).status_code == 409
        assert Asked.objects.get().answered_by == "Mina Menig"

    def test_the_last_day_counts_even_before_the_schedule_has_run(self, cast, story):
        Enquiry.objects.update(
            closes=timezone.localdate(), opens=timezone.localdate() - timedelta(days=2)
        )
        assert right(cast.anonymous, story.link, "details").status_code == 302
        Enquiry.objects.update(closes=timezone.localdate() - timedelta(days=1))
        assert cast.anonymous.post(story.link, DETAILS).status_code == 409

    def test_a_draft_can_t_be_answered(self, cast, story):
        Enquiry.objects.update(state="draft")
        assert cast.anonymous.post(story.link, DETAILS).status_code == 409

    def test_who_has_left_meanwhile_has_nothing_to_answer(self, cast, story):
        Membership.objects.all().delete()
        MembershipFactory(
            umbrella=story.umbrella, member=story.member, start="2020-01-01", end="2020-12-31"
        )
        response = cast.anonymous.get(story.link)
        assert response.status_code == 200
        assert "gammal.example.org" not in response.content.decode()
        assert cast.anonymous.post(story.link, DETAILS).status_code == 409
        assert not Correction.objects.exists()

    def test_a_link_that_was_cut_leads_nowhere(self, cast, story):
        link = story.link
        story.asked.cut_link()
        story.asked.save()
        assert cast.anonymous.get(link).status_code == 404


class TestSignedIn:
    URL = "/fraga/fragan/organisation/foreningen/"

    def test_who_may_change_the_entry_changes_it_at_once(self, cast, story):
        cast.member.post(self.URL, {**DETAILS, "web": "https://ny.example.org"})
        story.member.refresh_from_db()
        assert story.member.web == "https://ny.example.org"
        row = Correction.objects.get()
        assert row.taken_over_at
        assert row.settled_by == "person:mina"
        assert Asked.objects.get().way == "signed_in"

    def test_by_the_link_too_when_signed_in(self, cast, story):
        cast.member.post(story.link, {**DETAILS, "web": "https://ny.example.org"})
        story.member.refresh_from_db()
        assert story.member.web == "https://ny.example.org"

    def test_contact_persons_wait_for_who_leads(self, cast, story):
        story.contact(key="foreningen.mina")
        said = {
            "step": "contacts",
            "do": "save",
            "foreningen.mina-email": "mina@example.org",
            "foreningen.mina-phone": "1",
        }
        cast.member.post(self.URL, said)
        assert Correction.objects.waiting().count() == 1
        Mandate.objects.filter(key="mina").update(extent="lead")
        page = cast.member.get(f"{self.URL}?del=contacts")
        cast.member.post(self.URL, {**said, "foreningen.mina-phone": "2", "seen": seen_in(page)})
        assert not Correction.objects.waiting().exists()
        assert Contact.objects.get(key="foreningen.mina").phone == "2"

    def test_somebody_else_s_account_is_not_the_member(self, cast, story):
        for client in (cast.outsider, cast.official):
            assert client.get(self.URL).status_code == 404
            assert client.post(self.URL, DETAILS).status_code == 404
        assert cast.anonymous.get(self.URL).status_code == 302
        cast.outsider.post(story.link, {**DETAILS, "web": "https://ny.example.org"})
        assert Correction.objects.get().taken_over_at is None
        assert Asked.objects.get().by == ""

    def test_it_opens_within_twelve_questions(self, cast, story, most_queries):
        cast.member.get(self.URL)
        for step in ("details", "contacts", "name"):
            with most_queries():
                assert cast.member.get(f"{self.URL}?del={step}").status_code == 200


class TestByPhone:
    URL = "/fraga/fragan/organisation/foreningen/"

    def test_the_office_writes_down_what_the_member_says(self, cast, story):
        for step in ("details", "contacts"):
            right(cast.coordinator, self.URL, step)
        cast.coordinator.post(self.URL, NAME)
        it = Asked.objects.get()
        assert (it.way, it.by, it.answered_by) == ("office", "person:karin", "Mina Menig")

    def test_of_a_protected_member_it_sees_and_asks_only_the_own_questions(self, cast, story):
        Organisation.objects.filter(pk=story.member.pk).update(protected=True)
        QuestionFactory(enquiry=story.enquiry, text="Vad gör ni?")
        page = cast.coordinator.get(self.URL).content.decode()
        assert "Vad gör ni?" in page
        assert "Ledebursgatan" not in page
        assert cast.coordinator.post(self.URL, DETAILS).status_code == 404
        assert cast.coordinator.get(f"{self.URL}?del=contacts").status_code == 200
        assert (
            "mina@example.org"
            not in cast.coordinator.get(f"{self.URL}?del=contacts").content.decode()
        )
