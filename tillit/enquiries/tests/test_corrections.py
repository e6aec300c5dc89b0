"""Corrections are taken over into the register by who may change it: a press each, or all at once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tillit.enquiries.models import Correction
from tillit.enquiries.tests.factories import AskedFactory, CorrectionFactory
from tillit.kit.access import viewer_for
from tillit.kit.contributions import asked_of
from tillit.kit.models import Activity
from tillit.register.models import Address, Contact, Name, Organisation, Person
from tillit.register.tests.factories import (
    ContactFactory,
    MandateFactory,
    MembershipFactory,
    NameFactory,
    OrganisationFactory,
    PersonFactory,
    SecretariatFactory,
)

pytestmark = pytest.mark.django_db
PAGE = "/arsfragor/fragan/rattelser/"


def one(client, it, do="take", **said):
    return client.post(f"{PAGE}{it.key}/", {"do": do, **said})


@pytest.fixture
def web(story):
    return CorrectionFactory(asked=story.asked, key="ratt")


class TestTheList:
    def test_it_shows_what_stood_and_what_shall_stand(self, cast, story, web, most_queries):
        cast.coordinator.get(PAGE)
        with most_queries():
            page = cast.coordinator.get(PAGE).content.decode()
        assert "https://gammal.example.org" in page
        assert "https://ny.example.org" in page
        assert f"{PAGE}ratt/" in page

    def test_the_member_sees_its_own_and_others_nothing(self, cast, story, web):
        neighbour = AskedFactory(enquiry=story.enquiry, member=OrganisationFactory(name="Grannen"))
        CorrectionFactory(asked=neighbour)
        page = cast.member.get(PAGE).content.decode()
        assert "https://ny.example.org" in page
        assert "Grannen" not in page
        assert cast.outsider.get(PAGE).status_code == 404
        assert cast.official.get(PAGE).status_code == 404
        assert cast.anonymous.get(PAGE).status_code == 302

    def test_what_is_said_of_a_protected_member_stays_with_itself(self, cast, story):
        Organisation.objects.filter(pk=story.member.pk).update(protected=True)
        asked = type(story.asked).objects.get(pk=story.asked.pk)
        CorrectionFactory(asked=asked, key="ratt", after={"web": "https://hemlig.example.org"})
        assert "hemlig" not in cast.coordinator.get(PAGE).content.decode()
        assert cast.coordinator.post(f"{PAGE}ratt/", {"do": "take"}).status_code == 404
        assert "hemlig" in cast.member.get(PAGE).content.decode()

    def test_contacts_of_a_member_that_others_look_after_are_not_told(self, cast, story):
        """An umbrella reads what is public of such a member, and not how it is reached."""
        elsewhere = SecretariatFactory(side="civil", organisation=OrganisationFactory(key="annat"))
        Organisation.objects.filter(pk=story.member.pk).update(secretariat=elsewhere)
        asked = type(story.asked).objects.get(pk=story.asked.pk)
        CorrectionFactory(
            asked=asked,
            key="ny",
            what="contact_new",
            row_key="",
            before={},
            after={"name": "Nora", "email": "nora@example.org", "phone": ""},
        )
        CorrectionFactory(asked=asked, key="ratt")
        page = cast.coordinator.get(PAGE).content.decode()
        assert "nora@example.org" not in page
        assert "https://ny.example.org" in page
        assert f"{PAGE}ratt/" not in page  # it sees, but does not change
        assert one(cast.coordinator, Correction.objects.get(key="ratt")).status_code == 403

    def test_html_is_text(self, cast, story):
        CorrectionFactory(asked=story.asked, after={"web": "<script>x</script>"})
        assert "<script>x" not in cast.coordinator.get(PAGE).content.decode()

    def test_it_waits_on_the_desk(self, cast, story, web, django_user_model):
        def waiting(name):
            viewer = viewer_for(django_user_model.objects.get(email=f"{name}@example.org").pk)
            return [it.url for it in asked_of(viewer, timezone.localdate())]

        assert PAGE in waiting("karin")
        assert PAGE in waiting("mina")
        assert PAGE not in waiting("omar")

    @pytest.mark.parametrize("method", ["put", "delete"])
    def test_no_other_method(self, cast, story, web, method):
        for path in (PAGE, f"{PAGE}ratt/", f"{PAGE}alla/"):
            assert getattr(cast.coordinator, method)(path).status_code == 405


class TestTakingOver:
    def test_the_website(self, cast, story, web):
        assert one(cast.coordinator, web).url == PAGE
        story.member.refresh_from_db()
        assert story.member.web == "https://ny.example.org"
        web.refresh_from_db()
        assert web.taken_over_at
        assert web.settled_by == "person:karin"
        activity = Activity.objects.get(subject=story.member.subject)
        assert activity == web.activity
        assert "Årets frågor" in activity.reason
        assert activity.actor == "person:karin"

    def test_the_member_itself_may(self, cast, story, web):
        assert one(cast.member, web).status_code == 302

    def test_a_name_is_new_from_the_day_it_was_said(self, cast, story):
        it = CorrectionFactory(
            asked=story.asked,
            what="name",
            before={"name": "Foreningen"},
            after={"name": "Föreningen Framåt"},
        )
        assert one(cast.coordinator, it).status_code == 302
        story.member.refresh_from_db()
        assert story.member.name == "Föreningen Framåt"
        former, later = Name.objects.filter(organisation=story.member).order_by("pk")
        today = timezone.localdate()
        assert (former.name, former.end) == ("Foreningen", str(today - timedelta(days=1)))
        assert (later.name, later.start) == ("Föreningen Framåt", str(today))

    def test_or_it_was_misspelt(self, cast, story):
        it = CorrectionFactory(
            asked=story.asked,
            what="name",
            before={"name": "Foreningen"},
            after={"name": "Föreningen"},
        )
        one(cast.coordinator, it, "mend")
        assert Name.objects.get(organisation=story.member).name == "Föreningen"
        story.member.refresh_from_db()
        assert story.member.name == "Föreningen"

    @pytest.mark.parametrize("do", ["take", "mend"])
    def test_an_address(self, cast, story, do):
        written = {"street": "Ledebursgatan 5", "postcode": "211 55", "town": "Malmö"}
        it = CorrectionFactory(
            asked=story.asked,
            what="address",
            row_key="foreningen.post",
            before=written,
            after={**written, "town": "Lund"},
        )
        assert one(cast.coordinator, it, do).status_code == 302
        rows = Address.objects.filter(organisation=story.member)
        assert rows.on(timezone.localdate()).get().town == "Lund"
        assert rows.count() == (2 if do == "take" else 1)

    def test_an_address_where_there_was_none(self, cast, story):
        Address.objects.all().delete()
        empty = {"street": "", "postcode": "", "town": ""}
        it = CorrectionFactory(
            asked=story.asked, what="address", before=empty, after={**empty, "town": "Lund"}
        )
        assert one(cast.coordinator, it).status_code == 302
        assert Address.objects.get().town == "Lund"

    def test_a_contact_that_has_another_phone(self, cast, story):
        contact = story.contact()
        before = {"email": contact.email, "phone": ""}
        it = CorrectionFactory(
            asked=story.asked,
            what="contact",
            row_key=contact.key,
            before=before,
            after={**before, "phone": "070-2"},
        )
        assert one(cast.coordinator, it).status_code == 302
        contact.refresh_from_db()
        assert contact.phone == "070-2"

    def test_a_contact_that_has_ended(self, cast, story):
        contact = story.contact()
        it = CorrectionFactory(
            asked=story.asked,
            what="contact_ended",
            row_key=contact.key,
            before={"name": "Mina"},
            after={},
        )
        assert one(cast.coordinator, it).status_code == 302
        contact.refresh_from_db()
        assert contact.end == str(timezone.localdate())

    def test_a_new_contact_is_kept_for_the_organisation_and_its_secretariat(self, cast, story):
        it = CorrectionFactory(
            asked=story.asked,
            what="contact_new",
            row_key="",
            before={},
            after={"name": "Nora Ny", "email": "nora@example.org", "phone": ""},
        )
        assert one(cast.coordinator, it).status_code == 302
        contact = Contact.objects.get(email="nora@example.org")
        assert (contact.person.name, contact.circle) == ("Nora Ny", "organisation:foreningen")
        assert "Nora" not in str(list(Activity.objects.filter(circle="public").values()))

    def test_one_that_is_known_is_not_doubled(self, cast, story):
        story.contact(email="nora@example.org")
        it = CorrectionFactory(
            asked=story.asked,
            what="contact_new",
            row_key="",
            before={},
            after={"name": "Nora", "email": "nora@example.org", "phone": ""},
        )
        one(cast.coordinator, it)
        assert Contact.objects.filter(email="nora@example.org").count() == 1
        assert not Person.objects.filter(name="Nora").exists()

    def test_who_only_edits_does_not_change_contacts(self, cast, story):
        contact = story.contact()
        it = CorrectionFactory(
            asked=story.asked, what="contact_ended", row_key=contact.key, before={}, after={}
        )
        assert one(cast.member, it).status_code == 403

    def test_not_over_what_somebody_has_changed_since(self, cast, story, web):
        Organisation.objects.filter(pk=story.member.pk).update(web="https://tredje.example.org")
        assert one(cast.coordinator, web).status_code == 409
        story.member.refresh_from_db()
        assert story.member.web == "https://tredje.example.org"
        assert Correction.objects.waiting().exists()

    def test_what_stands_already_is_settled_without_a_change(self, cast, story, web):
        Organisation.objects.filter(pk=story.member.pk).update(web="https://ny.example.org")
        assert one(cast.coordinator, web).status_code == 302
        assert not Activity.objects.filter(subject=story.member.subject).exists()

    def test_not_when_what_it_is_about_is_gone(self, cast, story):
        it = CorrectionFactory(
            asked=story.asked,
            what="contact",
            row_key="borta",
            before={"email": "a@example.org", "phone": ""},
            after={"email": "b@example.org", "phone": ""},
        )
        assert one(cast.coordinator, it).status_code == 409

    def test_what_the_register_refuses_is_told(self, cast, story):
        contact = story.contact()
        it = CorrectionFactory(
            asked=story.asked,
            what="contact",
            row_key=contact.key,
            before={"email": contact.email, "phone": ""},
            after={"email": "", "phone": ""},
        )
        assert one(cast.coordinator, it).status_code == 409
        assert Correction.objects.waiting().exists()

    def test_once(self, cast, story, web):
        one(cast.coordinator, web)
        assert one(cast.coordinator, web).status_code == 409
        assert one(cast.coordinator, web, "dismiss").status_code == 409


class TestPuttingAside:
    def test_with_a_reason(self, cast, story, web):
        one(cast.coordinator, web, "dismiss", reason="Adressen finns inte.")
        web.refresh_from_db()
        assert (web.reason, web.taken_over_at) == ("Adressen finns inte.", None)
        assert web.dismissed_at
        assert "https://ny.example.org" not in cast.coordinator.get(PAGE).content.decode()

    def test_bad_input(self, cast, story, web):
        assert one(cast.coordinator, web, "dismiss", reason="x" * 401).status_code == 422
        assert one(cast.coordinator, web, "dance").status_code == 400
        assert one(cast.outsider, web).status_code == 404
        assert cast.anonymous.post(f"{PAGE}ratt/", {"do": "take"}).status_code == 403
        assert cast.coordinator.get(f"{PAGE}ratt/").status_code == 405


class TestAllAtOnce:
    def test_all_that_can_be_and_the_rest_is_told(self, cast, story, web):
        CorrectionFactory(
            asked=story.asked, what="name", before={"name": "Ett annat"}, after={"name": "Nytt"}
        )
        contact = story.contact()
        CorrectionFactory(
            asked=story.asked, what="contact_ended", row_key=contact.key, before={}, after={}
        )
        response = cast.coordinator.post(f"{PAGE}alla/", follow=True)
        assert [it.what for it in Correction.objects.waiting()] == ["name"]
        assert response.content.decode().count("notice--") >= 2
        assert cast.coordinator.get(f"{PAGE}alla/").status_code == 405

    def test_only_what_one_may(self, cast, story, web):
        contact = story.contact()
        CorrectionFactory(
            asked=story.asked, what="contact_ended", row_key=contact.key, before={}, after={}
        )
        cast.member.post(f"{PAGE}alla/")
        assert [it.what for it in Correction.objects.waiting()] == ["contact_ended"]
        cast.outsider.post(f"{PAGE}alla/")
        assert Correction.objects.waiting().count() == 1


def test_the_function_of_somebody_ends_with_the_mandate_held_by_it(cast, story):
    person = PersonFactory()
    contact = ContactFactory(
        organisation=story.member, person=person, email="ordf@example.org", is_function=True
    )
    MandateFactory(person=person, organisation=story.member, through=contact)
    it = CorrectionFactory(
        asked=story.asked, what="contact_ended", row_key=contact.key, before={}, after={}
    )
    assert one(cast.coordinator, it).status_code == 302
    mandate = person.mandates.get()
    assert mandate.end == str(timezone.localdate())


def test_an_earlier_name_is_left_alone(cast, story):
    NameFactory(organisation=story.member, name="Gamla", start="1990", end="2000")
    it = CorrectionFactory(
        asked=story.asked, what="name", before={"name": "Foreningen"}, after={"name": "Nya"}
    )
    one(cast.coordinator, it)
    assert Name.objects.get(name="Gamla").end == "2000"


def test_a_membership_that_ended_does_not_hide_what_was_said(cast, story, web):
    MembershipFactory(umbrella=story.umbrella, member=OrganisationFactory())
    story.membership.delete()
    assert f"{PAGE}ratt/" in cast.coordinator.get(PAGE).content.decode()
