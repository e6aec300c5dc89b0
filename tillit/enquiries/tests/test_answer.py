"""A contact person answers by the link, without an account: part by part, and nothing is lost."""

import re

import pytest
from django.urls import reverse

from tillit.enquiries.models import Answer, Asked, Correction
from tillit.enquiries.tests.factories import AskedFactory, EnquiryFactory, QuestionFactory
from tillit.kit.models import Activity
from tillit.register.models import Address, Contact, Organisation
from tillit.register.tests.factories import ContactFactory, MembershipFactory, OrganisationFactory

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


class TestThePage:
    def test_it_opens_within_twelve_questions_at_each_part(self, cast, story, most_queries):
        story.contact()
        QuestionFactory(enquiry=story.enquiry)
        for step in ("details", "contacts", "questions", "name"):
            with most_queries():
                assert cast.anonymous.get(f"{story.link}?del={step}").status_code == 200

    def test_opening_it_changes_nothing(self, cast, story):
        before = Asked.objects.values().get(), Activity.objects.count()
        for step in ("details", "contacts", "name", "nonsens", ""):
            cast.anonymous.get(story.link, {"del": step})
        assert (Asked.objects.values().get(), Activity.objects.count()) == before

    def test_it_is_kept_by_nobody(self, cast, story):
        response = cast.anonymous.get(story.link)
        assert response["Cache-Control"] == "no-store"
        assert response["X-Robots-Tag"] == "noindex"

    def test_it_shows_what_stands(self, cast, story):
        story.contact()
        page = cast.anonymous.get(story.link).content.decode()
        for shown in (
            "Foreningen",
            "https://gammal.example.org",
            "Ledebursgatan 5",
            "Malmö",
            "Hjälp oss",
        ):
            assert shown in page
        assert (
            "mina@example.org" in cast.anonymous.get(f"{story.link}?del=contacts").content.decode()
        )

    @pytest.mark.parametrize("token", ["x", "å", "a" * 500, "%00", "\n"])
    def test_a_mangled_link_is_told(self, cast, story, token):
        assert cast.anonymous.get(f"/fraga/fragan/{token}/").status_code == 404

    def test_a_link_leads_to_no_other_enquiry_and_no_other_member(self, cast, story):
        other = EnquiryFactory(umbrella=story.umbrella, key="annan")
        assert (
            cast.anonymous.get(
                reverse("enquiries:answer", args=[other.key, story.asked.token])
            ).status_code
            == 404
        )
        neighbour = OrganisationFactory(key="granne", name="Grannen")
        ContactFactory(organisation=neighbour, email="granne@example.org")
        MembershipFactory(umbrella=story.umbrella, member=neighbour)
        AskedFactory(enquiry=story.enquiry, member=neighbour)
        pages = [
            cast.anonymous.get(f"{story.link}?del={step}").content.decode()
            for step in ("details", "contacts", "name")
        ]
        assert "Grannen" not in "".join(pages)
        assert "granne@example.org" not in "".join(pages)

    def test_the_link_opens_nothing_else(self, cast, story):
        cast.anonymous.get(story.link)
        story.contact()
        assert (
            "mina@example.org"
            not in cast.anonymous.get("/organisationer/foreningen/").content.decode()
        )
        assert cast.anonymous.get("/arsfragor/fragan/").status_code in {302, 404}

    @pytest.mark.parametrize("method", ["put", "delete", "patch"])
    def test_no_other_method(self, cast, story, method):
        assert getattr(cast.anonymous, method)(story.link).status_code == 405

    def test_a_protected_member_sees_its_own_by_the_link(self, cast, story):
        Organisation.objects.filter(pk=story.member.pk).update(protected=True)
        for row in [*Address.objects.all(), story.contact()]:
            row.refresh_from_db()
            row.save()
        assert "Ledebursgatan" in cast.anonymous.get(story.link).content.decode()
        assert (
            "mina@example.org" in cast.anonymous.get(f"{story.link}?del=contacts").content.decode()
        )


class TestTheWholeWay:
    def test_that_all_is_right_takes_three_presses_and_a_name(self, cast, story):
        story.contact()
        assert right(cast.anonymous, story.link, "details").url == f"{story.link}#nu"
        right(cast.anonymous, story.link, "contacts")
        response = cast.anonymous.post(story.link, NAME)
        assert response.status_code == 302
        it = Asked.objects.get()
        assert (it.answered_by, it.answered_as, it.way, it.by) == (
            "Mina Menig",
            "ordförande",
            "link",
            "",
        )
        assert it.details_at
        assert it.contacts_at
        assert it.answered_at
        assert not Correction.objects.exists()
        assert "Mina Menig" in cast.anonymous.get(story.link).content.decode()

    def test_each_part_is_kept_as_soon_as_it_is_saved(self, cast, story):
        right(cast.anonymous, story.link, "details")
        it = Asked.objects.get()
        assert it.details_at
        assert not it.contacts_at
        assert it.is_begun
        assert (
            "kontaktpersoner" in cast.anonymous.get(story.link).content.decode()
            or "contact persons" in cast.anonymous.get(story.link).content.decode()
        )

    def test_it_can_be_changed_until_it_closes(self, cast, story):
        answer_all(cast.anonymous, story.link)
        page = cast.anonymous.get(f"{story.link}?del=name")
        cast.anonymous.post(story.link, {**NAME, "answered_by": "Nora", "seen": seen_in(page)})
        assert Asked.objects.get().answered_by == "Nora"

    def test_who_answers_is_not_told_by_the_activity(self, cast, story):
        answer_all(cast.anonymous, story.link)
        told = Activity.objects.filter(subject=story.asked.subject)
        assert told.filter(actor="asked:vi").exists()
        assert "Mina" not in str(list(told.values()))

    def test_nothing_is_sent_before_every_part_has_been_looked_through(self, cast, story):
        assert cast.anonymous.post(story.link, NAME).status_code == 409
        assert Asked.objects.get().answered_at is None

    @pytest.mark.parametrize(
        ("field", "value"),
        [("answered_by", ""), ("answered_by", "x" * 121), ("answered_as", "x" * 121)],
    )
    def test_a_name_is_needed(self, cast, story, field, value):
        for step in ("details", "contacts"):
            right(cast.anonymous, story.link, step)
        response = cast.anonymous.post(story.link, {**NAME, field: value})
        assert response.status_code == 422
        assert 'role="alert"' in response.content.decode()

    @pytest.mark.parametrize("step", ["", "questions", "nonsens", "\0"])
    def test_a_part_that_is_not_there_is_not_found(self, cast, story, step):
        assert cast.anonymous.post(story.link, {"step": step, "do": "save"}).status_code == 404


class TestDetails:
    def test_a_correction_waits_and_the_register_stands(self, cast, story):
        cast.anonymous.post(story.link, {**DETAILS, "web": "ny.example.org"})
        row = Correction.objects.get()
        assert (row.what, row.before, row.after) == (
            "web",
            {"web": "https://gammal.example.org"},
            {"web": "https://ny.example.org"},
        )
        story.member.refresh_from_db()
        assert story.member.web == "https://gammal.example.org"
        assert "ny.example.org" in cast.anonymous.get(f"{story.link}?del=details").content.decode()

    def test_saving_what_stands_corrects_nothing(self, cast, story):
        cast.anonymous.post(story.link, DETAILS)
        assert not Correction.objects.exists()
        assert Asked.objects.get().details_at

    def test_a_correction_is_corrected_and_taken_back(self, cast, story):
        for web, left in (
            ("https://a.example.org", 1),
            ("https://b.example.org", 1),
            (DETAILS["web"], 0),
        ):
            page = cast.anonymous.get(f"{story.link}?del=details")
            response = cast.anonymous.post(
                story.link, {**DETAILS, "web": web, "seen": seen_in(page)}
            )
            assert response.status_code == 302
            assert Correction.objects.count() == left

    def test_several_at_once(self, cast, story):
        cast.anonymous.post(story.link, {**DETAILS, "name": "Föreningen Framåt", "town": "Lund"})
        assert {it.what: it.after for it in Correction.objects.all()} == {
            "name": {"name": "Föreningen Framåt"},
            "address": {"street": "Ledebursgatan 5", "postcode": "211 55", "town": "Lund"},
        }

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("name", ""),
            ("name", "x" * 201),
            ("web", "inte en adress"),
            ("web", "javascript:alert(1)"),
            ("town", ""),
            ("street", "x" * 121),
        ],
    )
    def test_bad_input_is_told_and_the_form_kept(self, cast, story, field, value):
        response = cast.anonymous.post(story.link, {**DETAILS, "postcode": "123 99", field: value})
        assert response.status_code == 422
        assert "123 99" in response.content.decode()
        assert not Correction.objects.exists()
        assert Asked.objects.get().details_at is None

    def test_html_is_text(self, cast, story):
        cast.anonymous.post(story.link, {**DETAILS, "name": "<script>x</script>"})
        assert "<script>x" not in cast.anonymous.get(f"{story.link}?del=details").content.decode()

    def test_of_two_at_once_the_second_sees_what_the_first_wrote(self, cast, story):
        first, second = (seen_in(cast.anonymous.get(story.link)) for _ in range(2))
        cast.anonymous.post(
            story.link, {**DETAILS, "web": "https://forst.example.org", "seen": first}
        )
        response = cast.anonymous.post(
            story.link, {**DETAILS, "web": "https://sedan.example.org", "seen": second}
        )
        assert response.status_code == 422
        page = response.content.decode()
        assert "https://forst.example.org" in page
        assert "https://sedan.example.org" in page
        assert Correction.objects.get().after == {"web": "https://forst.example.org"}
        again = {**DETAILS, "web": "https://sedan.example.org", "seen": seen_in(response)}
        assert cast.anonymous.post(story.link, again).status_code == 302
        assert Correction.objects.get().after == {"web": "https://sedan.example.org"}

    def test_that_it_is_right_is_not_said_of_what_one_has_not_seen(self, cast, story):
        seen = seen_in(cast.anonymous.get(story.link))
        cast.anonymous.post(story.link, {**DETAILS, "web": "https://forst.example.org"})
        response = cast.anonymous.post(story.link, {"step": "details", "do": "right", "seen": seen})
        assert response.status_code == 422
        assert "https://forst.example.org" in response.content.decode()


class TestContacts:
    @pytest.fixture
    def mina(self, story):
        return story.contact(key="foreningen.mina", phone="070-1")

    SAID = {
        "step": "contacts",
        "do": "save",
        "foreningen.mina-email": "mina@example.org",
        "foreningen.mina-phone": "070-1",
    }
    NEW = {"new-name": "Nora Ny", "new-email": "Nora@Example.org", "new-phone": ""}

    def test_one_has_ended(self, cast, story, mina):
        cast.anonymous.post(story.link, {**self.SAID, "foreningen.mina-ended": "on"})
        row = Correction.objects.get()
        assert (row.what, row.row_key, row.before["name"]) == ("contact_ended", mina.key, "Mina")
        assert Contact.objects.get(pk=mina.pk).end == ".."

    def test_or_not_after_all(self, cast, story, mina):
        cast.anonymous.post(story.link, {**self.SAID, "foreningen.mina-ended": "on"})
        cast.anonymous.post(story.link, self.SAID)
        assert not Correction.objects.exists()

    def test_another_phone(self, cast, story, mina):
        cast.anonymous.post(story.link, {**self.SAID, "foreningen.mina-phone": "070-2"})
        row = Correction.objects.get()
        assert (row.what, row.after) == ("contact", {"email": "mina@example.org", "phone": "070-2"})

    def test_a_new_one_and_one_more(self, cast, story, mina):
        response = cast.anonymous.post(story.link, {**self.SAID, **self.NEW, "do": "more"})
        assert response.url == f"{story.link}?del=contacts#nu"
        row = Correction.objects.get()
        assert row.after == {"name": "Nora Ny", "email": "nora@example.org", "phone": ""}
        kept = {f"new{row.key}-name": "Nora Ny", f"new{row.key}-email": "nora@example.org"}
        cast.anonymous.post(
            story.link, {**self.SAID, **kept, "new-name": "Nils", "new-phone": "070-3"}
        )
        assert [it.after["name"] for it in Correction.objects.all()] == ["Nora Ny", "Nils"]

    def test_one_that_was_new_is_forgotten_without_a_name(self, cast, story, mina):
        cast.anonymous.post(story.link, {**self.SAID, **self.NEW})
        row = Correction.objects.get()
        cast.anonymous.post(story.link, {**self.SAID, f"new{row.key}-name": ""})
        assert not Correction.objects.exists()

    @pytest.mark.parametrize(
        "wrong",
        [
            {"new-name": "Nora"},
            {"new-email": "nora@example.org"},
            {"new-name": "Nora", "new-email": "nora"},
            {"foreningen.mina-email": "", "foreningen.mina-phone": ""},
            {"foreningen.mina-email": "mina"},
            {"new-name": "x" * 121, "new-phone": "1"},
        ],
    )
    def test_bad_input_is_told_and_the_form_kept(self, cast, story, mina, wrong):
        response = cast.anonymous.post(story.link, {**self.SAID, **wrong})
        assert response.status_code == 422
        assert 'role="alert"' in response.content.decode()
        assert not Correction.objects.exists()
        assert Asked.objects.get().contacts_at is None

    def test_the_address_of_a_function_is_not_changed_here(self, cast, story):
        ContactFactory(
            organisation=story.member,
            key="foreningen.ordf",
            email="ordf@example.org",
            is_function=True,
            person=None,
        )
        page = cast.anonymous.get(f"{story.link}?del=contacts").content.decode()
        assert "foreningen.ordf-email" not in page
        cast.anonymous.post(
            story.link,
            {
                "step": "contacts",
                "do": "save",
                "foreningen.ordf-email": "ond@example.org",
                "foreningen.ordf-phone": "",
            },
        )
        assert not Correction.objects.exists()

    def test_contacts_of_others_can_t_be_ended(self, cast, story):
        other = ContactFactory(key="granne.g")
        cast.anonymous.post(story.link, {"step": "contacts", "do": "save", "granne.g-ended": "on"})
        assert not Correction.objects.filter(row_key=other.key).exists()

    def test_who_has_no_contact_person_writes_one(self, cast, story):
        assert "<details open>" in cast.anonymous.get(f"{story.link}?del=contacts").content.decode()


class TestQuestions:
    @pytest.fixture
    def questions(self, story):
        make = lambda kind, **more: QuestionFactory(enquiry=story.enquiry, kind=kind, **more)  # noqa: E731
        alternatives = ["Kultur", "Idrott", "Omsorg"]
        return {
            "text": make("text", text="Vad gör ni?"),
            "number": make("number", text="Hur många?"),
            "yes_no": make("yes_no", text="Vill ni?"),
            "one": make("one", text="Vilket?", alternatives=alternatives),
            "several": make("several", text="Vilka?", alternatives=alternatives, is_required=True),
        }

    @pytest.fixture
    def said(self, questions):
        values = {
            "text": "Mycket.",
            "number": "1 200,50",
            "yes_no": "no",
            "one": "Idrott",
            "several": ["Kultur", "Omsorg"],
        }
        return {
            "step": "questions",
            "do": "save",
            **{f"q{questions[kind].pk}": value for kind, value in values.items()},
        }

    def values(self):
        return {it.question.kind: it.value for it in Answer.objects.select_related("question")}

    def test_each_kind_is_kept(self, cast, story, said):
        assert cast.anonymous.post(story.link, said).status_code == 302
        assert self.values() == {
            "text": "Mycket.",
            "number": "1200.5",
            "yes_no": False,
            "one": "Idrott",
            "several": ["Kultur", "Omsorg"],
        }
        page = cast.anonymous.get(f"{story.link}?del=questions").content.decode()
        for shown in ("Mycket.", "1200,5", "checked"):
            assert shown in page

    def test_what_need_not_be_answered_is_taken_back(self, cast, story, said, questions):
        cast.anonymous.post(story.link, said)
        emptied = {
            **said,
            **{f"q{questions[kind].pk}": "" for kind in ("text", "number", "yes_no", "one")},
        }
        page = cast.anonymous.get(f"{story.link}?del=questions")
        cast.anonymous.post(story.link, {**emptied, "seen": seen_in(page)})
        assert self.values() == {"several": ["Kultur", "Omsorg"]}

    @pytest.mark.parametrize(
        ("kind", "value"),
        [
            ("number", "många"),
            ("number", "-1"),
            ("number", "1e9"),
            ("number", "NaN"),
            ("number", "Infinity"),
            ("number", "9" * 31),
            ("number", "٣"),
            ("text", "x" * 4001),
            ("yes_no", "kanske"),
            ("one", "Annat"),
            ("several", ["Kultur", "Annat"]),
            ("several", []),
        ],
    )
    def test_bad_input_is_told_and_the_form_kept(self, cast, story, said, questions, kind, value):
        response = cast.anonymous.post(story.link, {**said, f"q{questions[kind].pk}": value})
        assert response.status_code == 422
        if kind != "text":
            assert "Mycket." in response.content.decode()
        assert not Answer.objects.exists()

    @pytest.mark.parametrize("text", ["x" * 4000, "å\r\n" * 1300, "<b>fet</b>", "=1+1"])
    def test_long_and_odd_text_is_kept_as_written(self, cast, story, said, questions, text):
        cast.anonymous.post(story.link, {**said, f"q{questions['text'].pk}": text})
        assert self.values()["text"] == text.replace("\r\n", "\n").strip()
        assert "<b>fet" not in cast.anonymous.get(f"{story.link}?del=questions").content.decode()

    def test_questions_of_another_enquiry_are_not_answered(self, cast, story, said):
        other = QuestionFactory()
        cast.anonymous.post(story.link, {**said, f"q{other.pk}": "Hej"})
        assert not Answer.objects.filter(question=other).exists()

    def test_of_two_at_once_the_second_sees_the_first_s_answers(self, cast, story, said, questions):
        seen = seen_in(cast.anonymous.get(f"{story.link}?del=questions"))
        cast.anonymous.post(story.link, {**said, "seen": seen})
        response = cast.anonymous.post(
            story.link, {**said, f"q{questions['text'].pk}": "Annat.", "seen": seen}
        )
        assert response.status_code == 422
        page = response.content.decode()
        assert "Mycket." in page
        assert "Annat." in page
        assert self.values()["text"] == "Mycket."
