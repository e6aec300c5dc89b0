"""Who has answered and who has not, the answers as a list, and one member at a time."""

import pytest
from django.utils import timezone

from tillit.enquiries.models import Answer, Asked, Enquiry
from tillit.enquiries.tests.factories import AskedFactory, QuestionFactory
from tillit.post.models import Message
from tillit.register.models import Contact, Organisation
from tillit.register.tests.factories import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
PAGE = "/arsfragor/fragan/"
LIST = f"{PAGE}medlemmar/"
ONE = f"{LIST}vi/"
ANSWERS = f"{PAGE}svar/"
PAGES = [
    PAGE,
    LIST,
    f"{LIST}?state=not",
    ONE,
    ANSWERS,
    f"{PAGE}siffror/",
    f"{PAGE}rattelser/",
    f"{PAGE}publicering/",
    f"{PAGE}sista-dag/",
]


@pytest.fixture
def members(story):
    """Besides Mina's: one that has answered, one that has begun, one that has left."""
    found = {}
    for key in ("klar", "borjat", "borta"):
        member = OrganisationFactory(key=key, name=key.capitalize())
        if key != "borta":
            MembershipFactory(umbrella=story.umbrella, member=member)
        found[key] = AskedFactory(enquiry=story.enquiry, member=member, key=key)
    now = timezone.now()
    Asked.objects.filter(key="klar").update(
        answered_at=now, way="link", answered_by="Klara Klar", answered_as="kassör"
    )
    Asked.objects.filter(key="borjat").update(details_at=now)
    return found


@pytest.mark.parametrize("path", PAGES)
def test_the_office_opens_it_within_twelve_questions(cast, story, members, most_queries, path):
    story.contact(phone="070-1")
    question = QuestionFactory(enquiry=story.enquiry)
    for it in Asked.objects.all():
        Answer.objects.create(asked=it, question=question, value="Ja")
    cast.coordinator.get(path)
    with most_queries():
        assert cast.coordinator.get(path).status_code == 200


@pytest.mark.parametrize("path", [it for it in PAGES if "rattelser" not in it])
@pytest.mark.parametrize("role", ["official", "member", "outsider"])
def test_nobody_else_opens_it(cast, story, path, role):
    client = getattr(cast, role)
    assert client.get(path).status_code in {403, 404}
    assert client.post(path, {"do": "anew"}).status_code in {403, 404, 405}
    assert not Message.objects.exists()


@pytest.mark.parametrize("path", PAGES)
def test_the_anonymous_is_asked_to_sign_in(cast, story, path):
    assert cast.anonymous.get(path).status_code == 302


@pytest.mark.parametrize("path", PAGES)
def test_no_other_method(cast, story, path):
    assert cast.coordinator.delete(path).status_code == 405


def test_the_overview_counts(cast, story, members):
    page = cast.coordinator.get(PAGE).content.decode()
    assert 'max="4" value="1"' in page
    assert f"{LIST}?state=left" in page


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        ("", {"Klar", "Borjat", "Borta", "Foreningen"}),
        ("answered", {"Klar"}),
        ("not", {"Borjat", "Foreningen"}),
        ("begun", {"Borjat"}),
        ("left", {"Borta"}),
    ],
)
def test_the_list_is_narrowed(cast, story, members, state, shown):
    page = cast.coordinator.get(LIST, {"state": state}).content.decode()
    found = {name for name in ("Klar", "Borjat", "Borta", "Foreningen") if f">{name}</a>" in page}
    assert found == shown


def test_a_state_that_is_none_is_told(cast, story):
    assert cast.coordinator.get(LIST, {"state": "nonsens"}).status_code == 400


def test_a_phone_number_is_at_hand_for_who_may_see_it(cast, story):
    story.contact(phone="070-123")
    assert 'href="tel:070-123"' in cast.coordinator.get(LIST).content.decode()
    Organisation.objects.filter(pk=story.member.pk).update(protected=True)
    for row in Contact.objects.all():
        row.save()
    assert "070-123" not in cast.coordinator.get(LIST).content.decode()
    assert "070-123" not in cast.coordinator.get(ONE).content.decode()


def test_mail_that_did_not_arrive_is_shown(cast, story):
    assert "chip--bad" not in cast.coordinator.get(LIST).content.decode()
    Message.objects.create(
        key="m",
        message_id="m",
        kind="enquiry",
        about=story.asked.subject,
        to_email="a@example.org",
        language="sv",
        subject_line="",
        text="",
        html="",
        state="bounced",
    )
    assert "chip--bad" in cast.coordinator.get(LIST).content.decode()


class TestFiles:
    def test_the_members_asked(self, cast, story, members):
        csv = b"".join(cast.coordinator.get(f"{PAGE}medlemmar.csv").streaming_content).decode()
        assert "Klara Klar;kassör" in csv
        assert b"".join(cast.coordinator.get(f"{PAGE}medlemmar.xlsx").streaming_content)

    def test_the_answers_have_a_column_for_each_question(self, cast, story, members):
        text = QuestionFactory(enquiry=story.enquiry, text="Vad?", place=1)
        number = QuestionFactory(enquiry=story.enquiry, kind="number", text="Hur många?", place=2)
        several = QuestionFactory(
            enquiry=story.enquiry, kind="several", alternatives=["A", "B"], text="Vilka?", place=3
        )
        for question, value in ((text, "=1+1"), (number, "1200.5"), (several, ["A", "B"])):
            Answer.objects.create(asked=members["klar"], question=question, value=value)
            Answer.objects.create(asked=members["borjat"], question=question, value=value)
        csv = b"".join(cast.coordinator.get(f"{PAGE}svar.csv").streaming_content).decode()
        lines = csv.splitlines()
        assert lines[0].split(";")[1:4] == ["Vad?", "Hur många?", "Vilka?"]
        assert lines[1].startswith("Klar;'=1+1;1200.5;A, B;")
        assert len(lines) == 2  # what has not been sent is no answer
        assert b"".join(cast.coordinator.get(f"{PAGE}svar.xlsx").streaming_content)

    @pytest.mark.parametrize("role", ["official", "member", "outsider"])
    @pytest.mark.parametrize("path", ["svar.csv", "svar.xlsx", "medlemmar.csv", "medlemmar.xlsx"])
    def test_nobody_else_takes_them(self, cast, story, role, path):
        assert getattr(cast, role).get(PAGE + path).status_code in {403, 404}


class TestOneMember:
    def test_it_is_reminded(self, cast, story):
        story.contact()
        assert cast.coordinator.post(ONE, {"do": "remind"}).status_code == 302
        message = Message.objects.get()
        assert message.to_email == "mina@example.org"
        assert story.link in message.text
        assert story.asked.sendings.get().by == "person:karin"

    def test_a_new_link_ends_the_old_one(self, cast, story):
        story.contact()
        former = story.link
        cast.coordinator.post(ONE, {"do": "anew"})
        assert cast.anonymous.get(former).status_code == 404
        story.asked.refresh_from_db()
        assert story.link in Message.objects.get().text
        assert cast.anonymous.get(story.link).status_code == 200

    def test_there_must_be_an_address(self, cast, story):
        assert cast.coordinator.post(ONE, {"do": "remind"}).status_code == 409

    def test_not_when_it_has_answered_or_it_is_closed(self, cast, story):
        story.contact()
        Asked.objects.update(answered_at=timezone.now(), way="link")
        assert cast.coordinator.post(ONE, {"do": "remind"}).status_code == 409
        Asked.objects.update(answered_at=None)
        Enquiry.objects.update(state="closed")
        assert cast.coordinator.post(ONE, {"do": "remind"}).status_code == 409

    def test_a_note_is_the_office_s_own(self, cast, story):
        cast.coordinator.post(ONE, {"do": "note", "note": "Ringt, svarar i veckan."})
        assert "Ringt, svarar i veckan." in cast.coordinator.get(ONE).content.decode()
        assert "Ringt" not in cast.anonymous.get(story.link).content.decode()
        assert (
            "Ringt"
            not in cast.member.get("/fraga/fragan/organisation/foreningen/").content.decode()
        )

    def test_bad_input(self, cast, story):
        response = cast.coordinator.post(ONE, {"do": "note", "note": "x" * 401})
        assert response.status_code == 422
        assert cast.coordinator.post(ONE, {"do": "dance"}).status_code == 400

    def test_it_leads_to_filling_in_on_the_phone(self, cast, story):
        assert (
            "/fraga/fragan/organisation/foreningen/" in cast.coordinator.get(ONE).content.decode()
        )

    def test_of_another_enquiry_is_not_found(self, cast, story):
        other = AskedFactory()
        assert cast.coordinator.get(f"{LIST}{other.key}/").status_code == 404
