"""Looking a letter through."""

import pytest

from tillit.post.models import Message
from tillit.register.models import Contact, Organisation

pytestmark = pytest.mark.django_db
PAGE = "/utskick/brevet/granskning/"
MAIL = "/utskick/brevet/granskning/mejl/"


@pytest.fixture
def two(write, looked_after):
    """Anna reads Swedish, Bo English."""
    write(
        subject_line="Till {organisation}",
        text_en="Dear {first-name}!\n\nWelcome.",
        subject_line_en="To {organisation}",
    )
    looked_after("alfa", "anna@example.org")
    looked_after("beta", "bo@example.org", contact={"language": "en"})


def test_as_one_of_the_receivers_in_their_language(cast, two, most_queries):
    with most_queries():
        answer = cast.coordinator.get(PAGE)
    mail = answer.context["mail"]
    assert (mail.to_email, mail.subject_line) == ("anna@example.org", "Till Alfa")
    assert "Hej Anna!" in mail.text
    assert "Vi ses.\n" in mail.text
    bo = Contact.objects.get(email="bo@example.org").subject
    mail = cast.coordinator.get(PAGE, {"as": bo}).context["mail"]
    assert (mail.subject_line, mail.language) == ("To Beta", "en")
    assert "Dear Bo!" in mail.text
    framed = cast.coordinator.get(MAIL, {"as": bo})
    assert "Dear Bo!" in framed.content.decode()
    assert 'lang="en"' in framed.content.decode()


def test_the_frame_may_do_nothing_and_only_our_page_may_hold_it(cast, two):
    answer = cast.coordinator.get(MAIL)
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "sandbox" in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-src 'self'" in cast.coordinator.get(PAGE)["Content-Security-Policy"]


def test_who_reads_english_gets_swedish_where_there_is_no_english(cast, write, looked_after):
    write()
    looked_after("beta", "bo@example.org", contact={"language": "en"})
    mail = cast.coordinator.get(PAGE).context["mail"]
    assert mail.language == "sv"
    assert "Hej Bo!" in mail.text


def test_names_with_markup_are_nothing_but_names(cast, write, looked_after):
    write(subject_line="Till {organisation}", text="# {organisation}\n\nHej {namn}")
    it = looked_after(
        "alfa", "anna@example.org", name="<script>alert(1)</script> [x](http://evil.example) {namn}"
    )
    assert Organisation.objects.get(pk=it.pk).name.startswith("<script>")
    answer = cast.coordinator.get(PAGE)
    mail = answer.context["mail"]
    assert mail.subject_line.startswith("Till <script>alert(1)</script> [x]")
    assert "<script>" not in mail.html
    assert "href" not in mail.html.partition("<footer")[0]
    assert "<script>alert" not in answer.content.decode()


def test_a_line_break_in_a_name_begins_no_new_header(cast, write, looked_after):
    write(subject_line="Till {organisation}")
    looked_after("alfa", "anna@example.org", name="Alfa\r\nBcc: evil@example.org")
    assert (
        cast.coordinator.get(PAGE).context["mail"].subject_line == "Till Alfa Bcc: evil@example.org"
    )


def test_a_subject_that_a_name_makes_too_long_is_cut(cast, write, looked_after):
    write(subject_line="{organisation} " * 9)
    looked_after("alfa", "anna@example.org", name="x" * 200)
    subject = cast.coordinator.get(PAGE).context["mail"].subject_line
    assert len(subject) == 200
    assert subject.endswith("…")


def test_without_receivers_it_is_looked_at_as_oneself(cast, write):
    write()
    answer = cast.coordinator.get(PAGE)
    assert "Hej Karin!" in answer.context["mail"].text
    assert [str(it.page) for it in answer.context["missing"]] == ["letters:choosing"]
    assert cast.coordinator.get(PAGE, {"as": "contact:finns-inte"}).status_code == 200


def test_an_empty_draft_can_be_looked_at(cast, write):
    write(subject_line="", text="")
    answer = cast.coordinator.get(PAGE)
    assert [it.page for it in answer.context["missing"]] == [
        "letters:text",
        "letters:text",
        "letters:choosing",
    ]
    assert cast.coordinator.get(MAIL).status_code == 200


def test_a_test_goes_to_oneself_without_a_way_to_say_no(cast, two):
    bo = Contact.objects.get(email="bo@example.org").subject
    answer = cast.coordinator.post("/utskick/brevet/prov/", {"as": bo})
    assert answer.url == f"{PAGE}?as={bo.replace(':', '%3A')}"
    mail = Message.objects.get()
    assert (mail.to_email, mail.kind, mail.topic, mail.about) == (
        "karin@example.org",
        "letter-test",
        "",
        "",
    )
    assert "Test: To Beta" in mail.subject_line
    assert "Dear Bo!" in mail.text
    assert cast.coordinator.get("/utskick/brevet/prov/").status_code == 405
    cast.coordinator.post("/utskick/brevet/prov/", {"as": bo})
    assert Message.objects.count() == 2


def test_others_are_turned_away(cast, two):
    for page in (PAGE, MAIL):
        assert cast.official.get(page).status_code == 404
        assert cast.member.get(page).status_code == 403
        assert cast.outsider.get(page).status_code == 403
        assert cast.anonymous.get(page).status_code == 302
        assert cast.coordinator.post(page).status_code == 405
    assert cast.official.post("/utskick/brevet/prov/").status_code == 404
    assert cast.anonymous.post("/utskick/brevet/prov/").status_code == 403
    assert not Message.objects.exists()
