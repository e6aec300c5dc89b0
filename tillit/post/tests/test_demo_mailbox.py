"""In a demo every mail can be read on a page; elsewhere there is no such page."""

import pytest

from tillit.post.models import Message, State
from tillit.post.outbox import Addressee, Mailing, keep, prepared, write

pytestmark = pytest.mark.django_db
LIST = "/demo/brevlada/"


@pytest.fixture
def mail(in_demo):
    to = Addressee("mina@example.org", "Mina <b>", "en")
    return write("post/mail/test.md", to, kind="sign-in code", secret=True)


def pages(mail):
    return [LIST, f"{LIST}{mail.key}/", f"{LIST}{mail.key}/html/"]


def test_everybody_reads_every_mail(cast, mail, most_queries):
    for role in ("coordinator", "official", "member", "outsider", "anonymous"):
        for page in pages(mail):
            with most_queries():
                assert getattr(cast, role).get(page).status_code == 200, (role, page)


def test_outside_a_demo_there_is_no_such_page(cast, mail, settings):
    settings.TILLIT_DEMO = False
    refuses_everybody(cast, mail)


def test_what_was_begun_for_real_is_no_demo_whatever_is_set(cast, settings):
    settings.TILLIT_DEMO = True
    mail = write("post/mail/test.md", Addressee("mina@example.org"), kind="test")
    assert mail.state == State.WAITING
    refuses_everybody(cast, mail)


def refuses_everybody(cast, mail):
    for role in ("coordinator", "anonymous"):
        for page in pages(mail):
            assert getattr(cast, role).get(page).status_code == 404, (role, page)


def test_a_mail_is_shown_as_text_and_html(client, mail):
    page = client.get(f"{LIST}{mail.key}/").content.decode()
    assert "The test arrived" in page
    assert "Mina &lt;b&gt;" in page
    assert f'src="{LIST}{mail.key}/html/"' in page
    assert 'sandbox="allow-top-navigation-by-user-activation"' in page


def test_the_html_can_do_nothing_but_be_seen_and_lead_on(client, mail):
    response = client.get(f"{LIST}{mail.key}/html/")
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "frame-ancestors 'self'" in policy
    assert "sandbox allow-top-navigation-by-user-activation" in policy
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert '<base target="_top">' in response.content.decode()


def test_only_this_page_may_frame(client, mail):
    assert "frame-src 'self'" in client.get(f"{LIST}{mail.key}/").headers["Content-Security-Policy"]
    assert "frame-src" not in client.get(LIST).headers["Content-Security-Policy"]


def test_the_latest_comes_first_a_page_at_a_time(client, mail):
    receivers = [Addressee(f"{number:02}@example.org") for number in range(40)]
    keep(prepared(Mailing("post/mail/test.md", "letter", about="letter:a"), receivers))
    first = client.get(LIST)
    rows = first.context["mails"].rows
    assert len(rows) == 25
    assert rows == sorted(rows, key=lambda it: (it.written_at, it.key), reverse=True)
    second = client.get(LIST, {"after": first.context["mails"].next})
    assert len(second.context["mails"].rows) == 16
    assert second.context["mails"].rows[-1] == mail
    back = client.get(LIST, {"after": second.context["mails"].previous})
    assert back.context["mails"].rows == rows


def test_mail_to_one_address_can_be_picked_out(client, mail):
    write("post/mail/test.md", Addressee("karin@example.org"), kind="test")
    rows = client.get(LIST, {"to": "Mina@example.org"}).context["mails"].rows
    assert rows == [mail]
    assert client.get(LIST, {"to": "nobody@example.org"}).status_code == 200


@pytest.mark.parametrize("query", [{"after": "x"}, {"after": "\0"}, {"to": "\0"}])
def test_a_broken_address_gets_words(client, mail, query):
    assert client.get(LIST, query).status_code in {200, 400}


def test_a_mail_that_is_not_there_is_not_found(client, mail):
    assert client.get(f"{LIST}nothing/").status_code == 404
    assert client.get(f"{LIST}nothing/html/").status_code == 404


def test_nothing_can_be_written(client, mail):
    for page in pages(mail):
        assert client.post(page).status_code == 405
    assert Message.objects.count() == 1
