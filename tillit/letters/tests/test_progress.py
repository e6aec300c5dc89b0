"""How the sending of a letter goes, and what one does about those who were not reached."""

import pytest
from django.utils import timezone

from tillit.kit.models import Activity
from tillit.letters.models import Letter, Recipient
from tillit.post.models import MailSettings, Message, State, Suppression
from tillit.register.models import Contact, Organisation

pytestmark = pytest.mark.django_db
STATES = {
    "anna": State.SENT,
    "bo": State.BOUNCED,
    "cia": State.REFUSED,
    "dan": State.HELD,
    "eva": State.UNCERTAIN,
    "fia": State.TAKEN,
    "gun": State.WAITING,
}


@pytest.fixture
def sent(cast, write, looked_after, press_send):
    """One receiver in each state."""
    letter = write()
    for name in STATES:
        looked_after(f"org-{name}", f"{name}@example.org")
    press_send(cast.coordinator, letter)
    for name, state in STATES.items():
        Message.objects.filter(to_email=f"{name}@example.org").update(
            state=state,
            settled_at=timezone.now(),
            reply="550 no such user" if state == State.REFUSED else "",
        )
    return letter


def page_of(name):
    return f"/utskick/brevet/mottagare/{Recipient.objects.get(email=f'{name}@example.org').key}/"


def test_each_count_leads_to_its_rows(cast, sent, most_queries):
    with most_queries():
        answer = cast.coordinator.get("/utskick/brevet/")
    progress = answer.context["progress"]
    assert (progress.total, progress.waiting, progress.settled, progress.uncertain) == (7, 2, 5, 1)
    counts = {it.outcome.value: it.count for it in progress.tallies}
    assert counts == {
        "waiting": 2,
        "sent": 1,
        "bounced": 1,
        "refused": 1,
        "held": 1,
        "uncertain": 1,
    }
    for it in progress.tallies:
        rows = cast.coordinator.get(it.url).context["listing"].slice.rows
        assert len(rows) == it.count
        assert {row.outcome for row in rows} == {it.outcome.value}


def test_it_refreshes_itself_as_long_as_it_goes_on_and_has_a_link_besides(cast, sent):
    page = cast.coordinator.get("/utskick/brevet/").content.decode()
    assert 'hx-trigger="every 4s"' in page
    assert 'id="refresh"' in page
    assert "/stopp/" in page
    Message.objects.filter(state__in=[State.WAITING, State.TAKEN]).update(state=State.SENT)
    page = cast.coordinator.get("/utskick/brevet/").content.decode()
    assert "hx-trigger" not in page
    assert "htmx" not in page
    assert "/stopp/" not in page


def test_it_says_why_mails_wait(cast, sent):
    assert cast.coordinator.get("/utskick/brevet/").context["why_waiting"]
    MailSettings(pk=1, host="mail.example.org", sender_address="k@example.org").save()
    assert cast.coordinator.get("/utskick/brevet/").context["why_waiting"] == ""


def test_a_draft_leads_to_its_text(cast, write):
    write()
    assert cast.coordinator.get("/utskick/brevet/").url == "/utskick/brevet/text/"


def test_who_got_it_as_page_and_files(cast, sent, most_queries):
    with most_queries():
        answer = cast.coordinator.get("/utskick/brevet/mottagare/")
    assert len(answer.context["listing"].slice.rows) == 7
    assert (
        len(
            cast.coordinator.get("/utskick/brevet/mottagare/", {"q": "finns ej"})
            .context["listing"]
            .slice.rows
        )
        == 0
    )
    assert (
        len(
            cast.coordinator.get("/utskick/brevet/mottagare/", {"q": "ORG ÄNN"})
            .context["listing"]
            .slice.rows
        )
        == 1
    )
    assert (
        "anna@example.org"
        in cast.coordinator.get("/utskick/brevet/mottagare.csv").getvalue().decode()
    )
    assert cast.coordinator.get("/utskick/brevet/mottagare.xlsx").getvalue().startswith(b"PK")
    assert (
        cast.coordinator.get("/utskick/brevet/mottagare/", {"outcome": "eaten"}).status_code == 400
    )


def test_an_uncertain_one_is_sent_once_more_under_the_same_mark(cast, sent, most_queries):
    page = page_of("eva")
    with most_queries():
        answer = cast.coordinator.get(page)
    assert answer.context["may_send_again"]
    assert answer.context["may_let_be"]
    before = Message.objects.get(to_email="eva@example.org").message_id
    assert cast.coordinator.post(page, {"do": "again"}).url == page
    after = Message.objects.get(to_email="eva@example.org")
    assert (after.state, after.message_id) == (State.WAITING, before)
    assert Activity.objects.filter(subject=f"message:{after.key}", actor="person:karin").exists()
    assert cast.coordinator.post(page, {"do": "again"}).status_code == 409


def test_an_uncertain_one_is_let_be(cast, sent):
    page = page_of("eva")
    assert cast.coordinator.post(page, {"do": "let-be"}).url == page
    answer = cast.coordinator.get(page)
    assert not answer.context["may_let_be"]
    assert answer.context["outcome"] == "uncertain"
    assert cast.coordinator.post(page, {"do": "let-be"}).status_code == 409


def test_what_was_sent_is_not_sent_again(cast, sent):
    assert not cast.coordinator.get(page_of("anna")).context["may_send_again"]
    assert cast.coordinator.post(page_of("anna"), {"do": "again"}).status_code == 409
    assert cast.coordinator.post(page_of("gun"), {"do": "again"}).status_code == 409


def test_an_address_that_bounces_leads_to_the_organisation_to_mend_it(cast, sent):
    Suppression.objects.create(email="bo@example.org")
    answer = cast.coordinator.get(page_of("bo"))
    contact = Contact.objects.get(email="bo@example.org")
    assert f'href="/kontakter/{contact.key}/andring/"' in answer.content.decode()
    assert cast.coordinator.post(page_of("bo"), {"do": "again"}).status_code == 409


def test_what_the_server_said_is_shown(cast, sent):
    assert cast.coordinator.get(page_of("cia")).context["reply"] == "550 no such user"


def test_an_organisation_that_is_protected_later_is_told_of_no_more(cast, sent):
    Organisation.objects.filter(key="org-anna").update(protected=True)
    pages = [
        cast.coordinator.get("/utskick/brevet/mottagare/"),
        cast.coordinator.get(page_of("anna")),
    ]
    file = cast.coordinator.get("/utskick/brevet/mottagare.csv").getvalue().decode()
    for said in (*(it.content.decode() for it in pages), file):
        assert "anna@example.org" not in said
        assert "Anna<" not in said


def test_a_receiver_of_another_letter_isnt_here(cast, sent, write):
    other = write(key="annat", started_at=timezone.now())
    key = Recipient.objects.first().key
    assert cast.coordinator.get(f"/utskick/{other.key}/mottagare/{key}/").status_code == 404


def test_others_are_turned_away(cast, sent):
    for page in (
        "/utskick/brevet/",
        "/utskick/brevet/mottagare/",
        "/utskick/brevet/mottagare.csv",
        page_of("anna"),
    ):
        assert cast.official.get(page).status_code == 404, page
        assert cast.member.get(page).status_code == 403
        assert cast.outsider.get(page).status_code == 403
        assert cast.anonymous.get(page).status_code == 302
        assert cast.coordinator.put(page).status_code == 405
    assert cast.official.post(page_of("eva"), {"do": "again"}).status_code == 404
    assert cast.anonymous.post(page_of("eva"), {"do": "again"}).status_code == 403
    assert Message.objects.get(to_email="eva@example.org").state == State.UNCERTAIN


def test_a_colleague_who_only_reads_for_the_umbrella_sees_no_addresses(cast, sent):
    """The letter is the organisation's; the addresses are its secretariat's."""
    recipient = Recipient.objects.get(email="anna@example.org")
    assert recipient.circle == "secretariat:civil"
    assert Letter.objects.get().circle == "organisation:paraplyet"
    assert Contact.objects.get(email="anna@example.org").also == "secretariat:civil"
