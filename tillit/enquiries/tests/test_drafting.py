"""The office writes a yearly question: new or from last year's, and only before it opens."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tillit.enquiries.models import Enquiry, Question
from tillit.enquiries.tests.factories import EnquiryFactory, QuestionFactory
from tillit.register.models import Mandate, Organisation
from tillit.register.tests.factories import MandateFactory, MembershipFactory, PersonFactory

pytestmark = pytest.mark.django_db
LIST = "/organisationer/paraplyet/arsfragor/"
NEW = f"{LIST}ny/"
PAGE = "/arsfragor/utkast/"
SAID = {
    "title": "Stämmer det? 2026",
    "year": "2026",
    "introduction": "Hej!",
    "closes": "2026-12-31",
}
QUESTION = {"text": "Hur många är ni?", "hint": "", "kind": "number", "alternatives": ""}
PAGES = [
    LIST,
    NEW,
    PAGE,
    f"{PAGE}text/",
    f"{PAGE}fragor/ny/",
    f"{PAGE}fragor/fraga-1/",
    f"{PAGE}brev/",
    f"{PAGE}forhandsvisning/",
    f"{PAGE}oppning/",
]


@pytest.fixture
def umbrella(cast):
    it = Organisation.objects.get(key="paraplyet")
    MembershipFactory(umbrella=it, member=Organisation.objects.get(key="foreningen"))
    return it


@pytest.fixture
def draft(umbrella):
    it = EnquiryFactory(umbrella=umbrella, key="utkast", state="draft")
    QuestionFactory(enquiry=it, key="fraga-1", place=1, text="Första")
    return it


@pytest.mark.parametrize("path", PAGES)
def test_the_office_opens_it_within_twelve_questions(cast, draft, most_queries, path):
    cast.coordinator.get(path)
    with most_queries():
        assert cast.coordinator.get(path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("role", ["official", "member", "outsider"])
def test_nobody_else_opens_it(cast, draft, path, role):
    client = getattr(cast, role)
    assert client.get(path).status_code in {403, 404}
    assert client.post(path, {**SAID, **QUESTION}).status_code in {403, 404, 405}
    assert Question.objects.count() == 1
    assert Enquiry.objects.count() == 1


@pytest.mark.parametrize("path", PAGES)
def test_the_anonymous_is_asked_to_sign_in(cast, draft, path):
    assert cast.anonymous.get(path).status_code == 302
    assert cast.anonymous.post(path).status_code in {403, 405}


@pytest.mark.parametrize("path", PAGES)
def test_no_other_method(cast, draft, path):
    assert cast.coordinator.put(path).status_code == 405


def test_a_draft_is_begun(cast, umbrella):
    response = cast.coordinator.post(NEW, SAID)
    it = Enquiry.objects.get()
    assert response.url == it.get_absolute_url()
    assert (it.title, it.year, it.state, str(it.closes)) == (
        "Stämmer det? 2026",
        2026,
        "draft",
        "2026-12-31",
    )


def test_next_year_s_is_last_year_s_with_its_questions(cast, draft):
    page = cast.coordinator.get(NEW).content.decode()
    assert f'value="{draft.key}" selected' in page
    cast.coordinator.post(NEW, {**SAID, "copied_from": draft.key})
    later = Enquiry.objects.exclude(pk=draft.pk).get()
    assert later.copied_from == draft
    assert [(it.text, it.same_as.key) for it in later.questions.all()] == [("Första", "fraga-1")]


def test_another_umbrella_s_is_not_copied(cast, umbrella):
    other = EnquiryFactory()
    assert cast.coordinator.post(NEW, {**SAID, "copied_from": other.key}).status_code in {302, 422}
    assert not Enquiry.objects.exclude(pk=other.pk).filter(copied_from=other).exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 121),
        ("year", "nu"),
        ("year", "12"),
        ("closes", "snart"),
        ("introduction", "x" * 4001),
    ],
)
@pytest.mark.parametrize("path", [NEW, f"{PAGE}text/"])
def test_bad_input_is_told_and_the_form_kept(cast, draft, path, field, value):
    response = cast.coordinator.post(path, {**SAID, field: value})
    assert response.status_code == 422
    assert "Hej!" in response.content.decode() or field == "introduction"
    draft.refresh_from_db()
    assert draft.title == "Årets frågor"


class TestWords:
    def test_they_are_changed_while_it_is_a_draft(self, cast, draft):
        assert cast.coordinator.post(f"{PAGE}text/", SAID).status_code == 302
        draft.refresh_from_db()
        assert draft.title == "Stämmer det? 2026"

    def test_who_comes_second_is_told(self, cast, draft):
        page = cast.coordinator.get(f"{PAGE}text/").content.decode()
        seen = re.search(r'name="seen" value="([^"]+)"', page)[1]
        Enquiry.objects.update(title="Någon annans")
        response = cast.coordinator.post(f"{PAGE}text/", {**SAID, "seen": seen})
        assert response.status_code == 422
        assert "Någon annans" in response.content.decode()

    def test_not_when_it_has_been_opened(self, cast, draft):
        Enquiry.objects.update(state="open")
        for path in ("text/", "fragor/ny/", "fragor/fraga-1/"):
            assert cast.coordinator.post(PAGE + path, {**SAID, **QUESTION}).status_code == 409
        assert cast.coordinator.post(f"{PAGE}kassering/").status_code == 409
        assert (
            cast.coordinator.post(f"{PAGE}fragor/fraga-1/plats/", {"do": "down"}).status_code == 409
        )


class TestQuestions:
    def test_one_is_added_after_the_others(self, cast, draft):
        assert cast.coordinator.post(f"{PAGE}fragor/ny/", QUESTION).status_code == 302
        assert [it.text for it in draft.questions.all()] == ["Första", "Hur många är ni?"]

    def test_with_alternatives_one_a_line(self, cast, draft):
        cast.coordinator.post(
            f"{PAGE}fragor/ny/", {**QUESTION, "kind": "one", "alternatives": "Ja \r\n\r\n Nej"}
        )
        assert draft.questions.last().alternatives == ["Ja", "Nej"]

    @pytest.mark.parametrize(
        "wrong",
        [
            {"text": ""},
            {"text": "x" * 301},
            {"kind": "fritt"},
            {"kind": "one", "alternatives": "Bara en"},
            {"kind": "one", "alternatives": "Lika\nLika"},
            {"kind": "several", "alternatives": "\n".join(str(n) for n in range(13))},
            {"kind": "one", "alternatives": "x" * 121 + "\ny"},
        ],
    )
    def test_bad_input_is_told(self, cast, draft, wrong):
        response = cast.coordinator.post(f"{PAGE}fragor/ny/", {**QUESTION, "hint": "Kvar", **wrong})
        assert response.status_code == 422
        assert "Kvar" in response.content.decode()
        assert draft.questions.count() == 1

    def test_there_are_at_most_ten(self, cast, draft):
        for number in range(9):
            QuestionFactory(enquiry=draft, place=number + 2)
        assert cast.coordinator.post(f"{PAGE}fragor/ny/", QUESTION).status_code == 422
        assert f"{PAGE}fragor/ny/" not in cast.coordinator.get(PAGE).content.decode()

    def test_one_is_changed_and_is_another_when_it_asks_something_else(self, cast, draft):
        former = QuestionFactory()
        Question.objects.filter(key="fraga-1").update(same_as=former)
        path = f"{PAGE}fragor/fraga-1/"
        cast.coordinator.post(path, {**QUESTION, "kind": "text", "text": "Första, bättre"})
        it = Question.objects.get(key="fraga-1")
        assert (it.text, it.same_as) == ("Första, bättre", former)
        page = cast.coordinator.get(path).content.decode()
        seen = re.search(r'name="seen" value="([^"]+)"', page)[1]
        cast.coordinator.post(path, {**QUESTION, "seen": seen})
        assert Question.objects.get(key="fraga-1").same_as is None

    def test_they_change_places_and_go(self, cast, draft):
        QuestionFactory(enquiry=draft, key="fraga-2", place=2, text="Andra")
        place = f"{PAGE}fragor/fraga-2/plats/"
        cast.coordinator.post(place, {"do": "up"})
        assert [it.text for it in draft.questions.all()] == ["Andra", "Första"]
        cast.coordinator.post(place, {"do": "up"})
        assert [it.text for it in draft.questions.all()] == ["Andra", "Första"]
        assert cast.coordinator.post(place, {"do": "sidelong"}).status_code == 400
        assert cast.coordinator.get(place).status_code == 405
        cast.coordinator.post(f"{PAGE}fragor/fraga-2/", {"do": "remove"})
        assert [(it.text, it.place) for it in draft.questions.all()] == [("Första", 1)]

    def test_another_s_question_is_not_found(self, cast, draft):
        other = QuestionFactory()
        assert cast.coordinator.get(f"{PAGE}fragor/{other.key}/").status_code == 404

    def test_html_is_text(self, cast, draft):
        cast.coordinator.post(f"{PAGE}fragor/ny/", {**QUESTION, "text": "<script>x</script>"})
        assert "<script>x" not in cast.coordinator.get(PAGE).content.decode()


class TestLookingAtIt:
    def test_the_preview_is_walked_through_and_nothing_is_saved(self, cast, draft):
        url = f"{PAGE}forhandsvisning/"
        for step, later in (
            ("details", "contacts"),
            ("contacts", "questions"),
            ("questions", "name"),
        ):
            assert cast.coordinator.get(f"{url}?del={step}").status_code == 200
            assert (
                cast.coordinator.post(url, {"step": step, "do": "save"}).url
                == f"{url}?del={later}#nu"
            )
        assert cast.coordinator.post(url, {"step": "name"}).url == PAGE
        assert not draft.asked.exists()

    def test_the_mail_has_the_introduction_and_no_real_link(self, cast, draft):
        page = cast.coordinator.get(f"{PAGE}brev/").content.decode()
        assert "Hjälp oss att ha rätt uppgifter." in page
        assert "/fraga/" not in page


def test_a_draft_is_thrown_away(cast, draft):
    assert cast.coordinator.get(f"{PAGE}kassering/").status_code == 405
    assert cast.member.post(f"{PAGE}kassering/").status_code in {403, 404}
    assert cast.coordinator.post(f"{PAGE}kassering/").url == reverse(
        "enquiries:enquiries", args=["paraplyet"]
    )
    assert not Enquiry.objects.exists()


def test_a_draft_goes_on_when_who_began_it_has_left(cast, umbrella, django_user_model):
    """It belongs to the umbrella: whoever acts for it next has everything."""
    cast.coordinator.post(NEW, SAID)
    it = Enquiry.objects.get()
    Mandate.objects.filter(key="karin").update(end="2020-01-01")
    for row in Mandate.objects.filter(key="karin"):
        row.save()
    assert cast.coordinator.get(it.get_absolute_url()).status_code == 404
    successor = PersonFactory(
        key="stina", account=django_user_model.objects.create_user("stina@example.org")
    )
    MandateFactory(person=successor, organisation=umbrella, extent="edit")
    client = Client()
    client.force_login(successor.account)
    assert client.post(f"{it.get_absolute_url()}fragor/ny/", QUESTION).status_code == 302
