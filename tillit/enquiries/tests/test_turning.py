"""Opened, reminded of, closed and published: by the office, or by the schedule on its day."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tillit.enquiries import sending, tasks, turning
from tillit.enquiries.models import Answer, Asked, Deed, Enquiry, Round, Sending
from tillit.enquiries.tests.factories import AskedFactory, EnquiryFactory, QuestionFactory
from tillit.kit.access import viewer_for
from tillit.kit.changes import Actor
from tillit.kit.contributions import asked_of, audiences_for, confirmed_in
from tillit.post.models import Message
from tillit.register.models import Contact, Membership, Organisation
from tillit.register.tests.factories import ContactFactory, MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
KARIN = Actor("person:karin", "organisation:paraplyet")
PAGE = "/arsfragor/fragan/"
TODAY = timezone.localdate


def days(number):
    return TODAY() + timedelta(days=number)


def send(round_=None):
    """What the background does."""
    for it in [round_] if round_ else Round.objects.unfinished():
        tasks.send_round.func(it.pk)


@pytest.fixture
def draft(story):
    Asked.objects.all().delete()
    Enquiry.objects.update(state="draft", opens=None, closes=days(10))
    story.enquiry.refresh_from_db()
    story.contact()
    return story.enquiry


class TestOpening:
    def test_all_members_of_the_day_are_asked_and_written_to(self, cast, draft, story):
        silent = OrganisationFactory(key="tyst")
        MembershipFactory(umbrella=story.umbrella, member=silent)
        former = OrganisationFactory(key="forr")
        MembershipFactory(umbrella=story.umbrella, member=former, start="2010", end="2012")
        assert cast.coordinator.get(f"{PAGE}oppning/").status_code == 200
        assert not Asked.objects.exists()
        assert cast.coordinator.post(f"{PAGE}oppning/", {"when": "now"}).url == PAGE
        draft.refresh_from_db()
        assert (draft.state, draft.opens) == ("open", TODAY())
        assert set(Asked.objects.values_list("member__key", flat=True)) == {"foreningen", "tyst"}
        assert Deed.objects.get().by == "person:karin"
        send()
        assert list(Message.objects.values_list("to_email", flat=True)) == ["mina@example.org"]
        assert dict(Sending.objects.values_list("asked__member__key", "addresses")) == {
            "foreningen": 1,
            "tyst": 0,
        }

    def test_the_mail_is_in_the_umbrella_s_name_and_leads_to_the_page(self, cast, draft):
        turning.open_to_members(draft, KARIN, timezone.now())
        send()
        message = Message.objects.get()
        assert message.secret
        assert message.topic == "enquiries"
        assert "Hjälp oss att ha rätt uppgifter." in message.text
        link = re.search(r"/fraga/fragan/[\w-]+/", message.text)[0]
        assert Client().get(link).status_code == 200

    def test_nobody_is_written_to_by_two_rounds_at_once(self, draft):
        opening = turning.open_to_members(draft, KARIN, timezone.now())
        meanwhile = turning.begin_round(draft, KARIN, timezone.now())  # for new members
        [asked] = sending.left_in(meanwhile, timezone.now())
        send(opening)
        assert sending.send_once(asked, meanwhile, timezone.now()) == 0
        assert Message.objects.count() == Sending.objects.count() == 1

    def test_nobody_is_written_to_who_has_gone_since_the_batch_began(self, draft, story):
        it = turning.open_to_members(draft, KARIN, timezone.now())
        [asked] = sending.left_in(it, timezone.now())
        Contact.objects.all().delete()
        assert sending.send_once(asked, it, timezone.now()) == 1
        assert Sending.objects.get().addresses == 0
        assert not Message.objects.exists()

    def test_nobody_is_written_to_twice(self, draft):
        it = turning.open_to_members(draft, KARIN, timezone.now())
        for _time in range(3):
            Round.objects.update(finished_at=None)
            send(it)
        assert Message.objects.count() == 1

    def test_a_round_that_broke_off_goes_on_where_it_stopped(self, draft, story, monkeypatch):
        for number in range(4):
            member = OrganisationFactory(key=f"m{number}")
            MembershipFactory(umbrella=story.umbrella, member=member)
            ContactFactory(organisation=member, email=f"m{number}@example.org")
        it = turning.open_to_members(draft, KARIN, timezone.now())
        really, count = sending.write, []

        def dies(*args, **kwargs):
            count.append(1)
            if len(count) == 3:
                raise ConnectionError
            return really(*args, **kwargs)

        monkeypatch.setattr(sending, "write", dies)
        with pytest.raises(ConnectionError):
            send(it)
        assert Message.objects.count() == 2
        assert tasks.is_left()
        tasks.go_on_sending.func()
        assert sorted(Message.objects.values_list("to_email", flat=True)) == [
            "m0@example.org",
            "m1@example.org",
            "m2@example.org",
            "m3@example.org",
            "mina@example.org",
        ]
        assert not tasks.is_left()

    def test_one_contact_of_two_members_gets_a_link_for_each(self, draft, story):
        other = OrganisationFactory(key="andra")
        MembershipFactory(umbrella=story.umbrella, member=other)
        ContactFactory(organisation=other, email="mina@example.org")
        turning.open_to_members(draft, KARIN, timezone.now())
        send()
        links = {re.search(r"/fraga/fragan/[\w-]+/", it.text)[0] for it in Message.objects.all()}
        assert len(links) == 2

    def test_not_twice(self, cast, draft):
        cast.coordinator.post(f"{PAGE}oppning/", {"when": "now"})
        assert cast.coordinator.post(f"{PAGE}oppning/", {"when": "now"}).status_code == 409
        assert Asked.objects.count() == 1

    @pytest.mark.parametrize("closes", [None, -1])
    def test_not_without_a_day_to_come(self, cast, draft, closes):
        Enquiry.objects.update(closes=None if closes is None else days(closes))
        assert cast.coordinator.post(f"{PAGE}oppning/", {"when": "now"}).status_code == 409
        assert not Asked.objects.exists()

    def test_not_without_members(self, cast, draft):
        Membership.objects.all().delete()
        assert cast.coordinator.post(f"{PAGE}oppning/", {"when": "now"}).status_code == 409

    @pytest.mark.parametrize(
        "said",
        [{}, {"when": "sometime"}, {"when": "later"}, {"when": "later", "opens": "2020-01-01"}],
    )
    def test_bad_input(self, cast, draft, said):
        assert cast.coordinator.post(f"{PAGE}oppning/", said).status_code == 422

    def test_those_that_came_since_are_asked_too(self, cast, draft, story):
        turning.open_to_members(draft, KARIN, timezone.now())
        send()
        late = OrganisationFactory(key="sen")
        MembershipFactory(umbrella=story.umbrella, member=late)
        ContactFactory(organisation=late, email="sen@example.org")
        assert f"{PAGE}nya-medlemmar/" in cast.coordinator.get(PAGE).content.decode()
        assert cast.coordinator.get(f"{PAGE}nya-medlemmar/").status_code == 405
        cast.coordinator.post(f"{PAGE}nya-medlemmar/")
        send()
        assert Asked.objects.filter(member=late).exists()
        assert sorted(Message.objects.values_list("to_email", flat=True)) == [
            "mina@example.org",
            "sen@example.org",
        ]


class TestThePlan:
    def test_it_opens_by_itself_on_its_day(self, cast, draft):
        cast.coordinator.post(f"{PAGE}oppning/", {"when": "later", "opens": str(days(2))})
        draft.refresh_from_db()
        assert draft.state == "planned"
        now = timezone.now()
        assert turning.turn(now) == 0
        assert turning.turn(now + timedelta(days=2)) == 1
        draft.refresh_from_db()
        assert draft.state == "open"
        assert list(Deed.objects.values_list("kind", "by")) == [
            ("planned", "person:karin"),
            ("opened", ""),
        ]
        assert Asked.objects.exists()
        assert turning.turn(now + timedelta(days=2)) == 0

    def test_it_is_made_a_draft_again(self, cast, draft):
        turning.plan(draft, days(2), KARIN, timezone.now())
        cast.coordinator.post(f"{PAGE}oppning/", {"do": "draft"})
        assert Enquiry.objects.get().state == "draft"
        assert turning.turn(timezone.now() + timedelta(days=3)) == 0

    def test_what_can_t_be_opened_is_a_draft_again(self, draft):
        turning.plan(draft, days(2), KARIN, timezone.now())
        Membership.objects.all().delete()
        turning.turn(timezone.now() + timedelta(days=2))
        assert Enquiry.objects.get().state == "draft"

    def test_it_closes_by_itself_after_its_last_day(self, story):
        now = timezone.now()
        assert turning.turn(now + timedelta(days=14)) == 0
        assert turning.turn(now + timedelta(days=15)) == 1
        story.enquiry.refresh_from_db()
        assert (story.enquiry.state, story.enquiry.closes) == ("closed", days(14))

    def test_the_schedule_knows_whether_there_is_need(self, story):
        assert not turning.is_due()
        Enquiry.objects.update(closes=days(-1), opens=days(-9))
        assert turning.is_due()


class TestReminding:
    @pytest.fixture
    def waiting(self, story):
        story.contact()
        answered = OrganisationFactory(key="klar")
        MembershipFactory(umbrella=story.umbrella, member=answered)
        ContactFactory(organisation=answered, email="klar@example.org")
        AskedFactory(enquiry=story.enquiry, member=answered, answered_at=timezone.now())
        left = OrganisationFactory(key="borta")
        ContactFactory(organisation=left, email="borta@example.org")
        AskedFactory(enquiry=story.enquiry, member=left)
        return story

    def test_it_is_looked_at_first_and_goes_to_those_who_have_not_answered(
        self, cast, waiting, most_queries
    ):
        cast.coordinator.get(f"{PAGE}paminnelse/")
        with most_queries():
            cast.coordinator.get(f"{PAGE}paminnelse/")
        page = cast.coordinator.post(f"{PAGE}paminnelse/", {"do": "look", "words": "Snälla ni!"})
        assert page.status_code == 200
        assert page.content.decode().count("Snälla ni!") == 2
        assert not Round.objects.exists()
        assert (
            cast.coordinator.post(f"{PAGE}paminnelse/", {"do": "send", "words": "Snälla ni!"}).url
            == PAGE
        )
        send()
        message = Message.objects.get()
        assert (message.to_email, message.kind) == ("mina@example.org", "enquiry-reminder")
        assert "Snälla ni!" in message.text

    def test_one_round_at_a_time(self, cast, waiting):
        cast.coordinator.post(f"{PAGE}paminnelse/", {"do": "send"})
        assert cast.coordinator.post(f"{PAGE}paminnelse/", {"do": "send"}).status_code == 409

    def test_who_answers_meanwhile_gets_none(self, waiting):
        it = turning.remind(waiting.enquiry, "", KARIN, timezone.now())
        Asked.objects.filter(pk=waiting.asked.pk).update(answered_at=timezone.now(), way="link")
        send(it)
        assert not Message.objects.exists()

    def test_not_when_it_is_closed(self, cast, waiting):
        Enquiry.objects.update(state="closed")
        assert cast.coordinator.post(f"{PAGE}paminnelse/", {"do": "send"}).status_code == 409

    def test_too_many_words(self, cast, waiting):
        assert (
            cast.coordinator.post(
                f"{PAGE}paminnelse/", {"do": "send", "words": "x" * 2001}
            ).status_code
            == 422
        )

    @pytest.mark.parametrize("role", ["official", "member", "outsider", "anonymous"])
    def test_nobody_else(self, cast, waiting, role):
        response = getattr(cast, role).post(f"{PAGE}paminnelse/", {"do": "send"})
        assert response.status_code in {403, 404}
        assert not Round.objects.exists()


class TestClosing:
    def test_the_office_closes_it_and_opens_it_again(self, cast, story):
        assert cast.coordinator.get(f"{PAGE}sista-dag/").status_code == 200
        cast.coordinator.post(f"{PAGE}sista-dag/", {"do": "close"})
        story.enquiry.refresh_from_db()
        assert (story.enquiry.state, story.enquiry.closes) == ("closed", TODAY())
        cast.coordinator.post(f"{PAGE}sista-dag/", {"closes": str(days(5))})
        story.enquiry.refresh_from_db()
        assert (story.enquiry.state, story.enquiry.closes) == ("open", days(5))
        assert list(Deed.objects.values_list("kind", flat=True)) == ["closed", "reopened"]

    def test_the_last_day_is_moved(self, cast, story):
        cast.coordinator.post(f"{PAGE}sista-dag/", {"closes": str(days(30))})
        story.enquiry.refresh_from_db()
        assert (story.enquiry.state, story.enquiry.closes) == ("open", days(30))

    @pytest.mark.parametrize(("closes", "status"), [("", 422), ("igår", 422), ("2020-01-01", 409)])
    def test_bad_input(self, cast, story, closes, status):
        assert cast.coordinator.post(f"{PAGE}sista-dag/", {"closes": closes}).status_code == status

    def test_what_has_been_forgotten_does_not_open_again(self, cast, story):
        Enquiry.objects.update(state="closed", forgotten_at=timezone.now())
        assert (
            cast.coordinator.post(f"{PAGE}sista-dag/", {"closes": str(days(5))}).status_code == 409
        )

    @pytest.mark.parametrize("role", ["official", "member", "outsider", "anonymous"])
    def test_nobody_else(self, cast, story, role):
        assert getattr(cast, role).post(f"{PAGE}sista-dag/", {"do": "close"}).status_code in {
            403,
            404,
        }
        assert Enquiry.objects.get().state == "open"


class TestPublishing:
    PUBLIC = "/arsfragor/fragan/sammanfattning/"

    def test_nothing_is_public_before_the_umbrella_chooses(self, cast, story):
        assert cast.anonymous.get(self.PUBLIC).status_code == 404
        assert cast.coordinator.post(f"{PAGE}publicering/", {"do": "publish"}).status_code == 409
        Enquiry.objects.update(state="closed")
        assert cast.anonymous.get(self.PUBLIC).status_code == 404

    def test_figures_are_shown_and_taken_back_and_texts_never_are(self, cast, story, most_queries):
        question = QuestionFactory(enquiry=story.enquiry, text="Vad önskar ni?")
        count = QuestionFactory(enquiry=story.enquiry, kind="number", text="Hur många?")
        Asked.objects.update(answered_at=timezone.now(), way="link", answered_by="Mina Menig")
        Answer.objects.create(asked=story.asked, question=question, value="Hemligt")
        Answer.objects.create(asked=story.asked, question=count, value="1234")
        Enquiry.objects.update(state="closed")
        cast.coordinator.post(f"{PAGE}publicering/", {"do": "publish"})
        with most_queries():
            response = cast.anonymous.get(self.PUBLIC)
        page = response.content.decode()
        assert response.status_code == 200
        assert "Hur många?" in page
        assert "1234" in page
        for hidden in ("Hemligt", "Vad önskar ni?", "Mina Menig", "Foreningen"):
            assert hidden not in page
        cast.coordinator.post(f"{PAGE}publicering/", {"do": "withdraw"})
        assert cast.anonymous.get(self.PUBLIC).status_code == 404
        assert list(Deed.objects.values_list("kind", flat=True)) == ["published", "unpublished"]

    @pytest.mark.parametrize("role", ["official", "member", "outsider", "anonymous"])
    def test_nobody_else(self, cast, story, role):
        Enquiry.objects.update(state="closed")
        assert getattr(cast, role).post(f"{PAGE}publicering/", {"do": "publish"}).status_code in {
            403,
            404,
        }
        assert Enquiry.objects.get().published_at is None


class TestWhatWaits:
    def waiting(self, name, django_user_model, day=None):
        viewer = viewer_for(django_user_model.objects.get(email=f"{name}@example.org").pk)
        return [it.url for it in asked_of(viewer, day or TODAY())]

    def test_the_member_is_asked_to_answer(self, cast, story, django_user_model):
        url = "/fraga/fragan/organisation/foreningen/"
        assert url in self.waiting("mina", django_user_model)
        assert url not in self.waiting("karin", django_user_model)
        Asked.objects.update(answered_at=timezone.now(), way="link")
        assert url not in self.waiting("mina", django_user_model)

    def test_the_office_is_asked_to_remind_in_the_last_week(self, cast, story, django_user_model):
        url = f"{PAGE}paminnelse/"
        assert url not in self.waiting("karin", django_user_model)
        assert url in self.waiting("karin", django_user_model, days(8))
        assert url not in self.waiting("mina", django_user_model, days(8))

    def test_letters_may_go_to_those_who_have_not_answered(self, cast, story, django_user_model):
        karin, mina = (
            viewer_for(django_user_model.objects.get(email=f"{it}@example.org").pk)
            for it in ("karin", "mina")
        )
        audience = next(it for it in audiences_for(karin) if it.key == story.enquiry.subject)
        assert list(audience.receivers(karin)) == ["foreningen"]
        assert story.enquiry.subject not in {it.key for it in audiences_for(mina)}
        Asked.objects.update(answered_at=timezone.now(), way="link")
        assert list(audience.receivers(karin)) == []

    def test_the_members_list_tells_when_contacts_were_confirmed(
        self, cast, story, django_user_model
    ):
        Asked.objects.update(contacts_at=timezone.now())
        karin, ulf = (
            viewer_for(django_user_model.objects.get(email=f"{it}@example.org").pk)
            for it in ("karin", "ulf")
        )
        assert confirmed_in("organisation:paraplyet", karin, TODAY()) == {
            "organisation:foreningen": TODAY()
        }
        assert confirmed_in("organisation:paraplyet", ulf, TODAY()) == {}


def test_an_umbrella_s_and_a_member_s_page_lead_there(cast, story):
    assert PAGE in cast.coordinator.get("/organisationer/paraplyet/").content.decode()
    assert (
        "/fraga/fragan/organisation/foreningen/"
        in cast.member.get("/organisationer/foreningen/").content.decode()
    )
    for client in (cast.anonymous, cast.outsider):
        for key in ("paraplyet", "foreningen"):
            page = client.get(f"/organisationer/{key}/").content.decode()
            assert "fragan" not in page


def test_an_enquiry_of_a_public_umbrella_is_run_by_its_own_side(cast):
    """Both sides do the same."""
    region = Organisation.objects.get(key="regionen")
    MembershipFactory(umbrella=region, member=OrganisationFactory(key="kommunen", sector="public"))
    it = EnquiryFactory(umbrella=region, key="regionens", state="draft")
    assert cast.coordinator.get(it.get_absolute_url()).status_code == 404
    assert (
        cast.official.post(f"{it.get_absolute_url()}oppning/", {"when": "now"}).status_code == 302
    )
