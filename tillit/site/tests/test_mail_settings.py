"""How mail leaves and comes back, set up in the browser."""

import pytest

from tillit.kit.models import Activity
from tillit.post.models import MailSettings, Message
from tillit.post.server import current_post
from tillit.post.tests.servers import playing
from tillit.register.models import Person
from tillit.register.tests.factories import MandateFactory, OrganisationFactory
from tillit.site.forms.mail import is_host
from tillit.site.tests.conftest import Guide

pytestmark = pytest.mark.django_db
PAGE = "/installningar/epost/"
GOOD = {
    "sender_address": "Kansli@example.org",
    "sender_name": "Nätverket",
    "host": "smtp.example.org",
    "port": "587",
    "security": "starttls",
    "user": "kansli",
    "password": "hemligt ord ",
    "imap_port": "993",
}


@pytest.fixture
def administrator(cast):
    """Ulf, who keeps the installation running besides."""
    MandateFactory(
        person=Person.objects.get(key="ulf"),
        organisation=OrganisationFactory(key="driften"),
        extent="administer",
    )
    return cast.outsider


def test_what_is_set_is_what_sends(administrator, most_queries):
    with most_queries():
        assert administrator.get(PAGE).status_code == 200
    answer = administrator.post(PAGE, GOOD)
    assert answer.url == PAGE
    post = current_post()
    assert (post.server.host, post.server.port, post.server.security) == (
        "smtp.example.org",
        587,
        "starttls",
    )
    assert (post.server.user, post.server.password) == ("kansli", "hemligt ord ")
    assert (post.sender.address, post.sender.name) == ("kansli@example.org", "Nätverket")


def test_a_password_is_written_and_never_shown(administrator):
    administrator.post(
        PAGE,
        {**GOOD, "imap_host": "imap.example.org", "imap_user": "k", "imap_password": "brevlåda"},
    )
    page = administrator.get(PAGE).content.decode()
    assert "hemligt" not in page
    assert "brevlåda" not in page
    wrong = administrator.post(PAGE, {**GOOD, "port": "0", "password": "ett nytt"})
    assert wrong.status_code == 422
    assert "ett nytt" not in wrong.content.decode()
    told = Activity.objects.get(subject="mailsettings:1")
    assert told.circle == "administrators"
    assert told.changes["host"] == ["", "smtp.example.org"]
    assert "hemligt" not in str(told.changes)
    assert "password" in told.changes


def test_a_password_is_kept_when_its_field_is_empty_and_goes_with_its_user(administrator):
    administrator.post(PAGE, GOOD)
    administrator.post(PAGE, {**GOOD, "password": "", "sender_name": "Annat namn"})
    assert current_post().server.password == "hemligt ord "
    administrator.post(PAGE, {**GOOD, "password": "", "user": ""})
    assert current_post().server.password == ""


BOX = {"imap_host": "imap.example.org", "imap_user": "k", "imap_password": "brevlåda"}


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"host": "smtp.evil.example"}, "password"),
        ({"port": "2525"}, "password"),
        ({"security": "tls"}, "password"),
        ({"user": "another"}, "password"),
        ({"imap_host": "imap.evil.example"}, "imap_password"),
        ({"imap_port": "1993"}, "imap_password"),
        ({"imap_user": "another"}, "imap_password"),
    ],
)
def test_a_password_never_follows_to_another_server(administrator, said, field):
    administrator.post(PAGE, {**GOOD, **BOX})
    changed = {**GOOD, **BOX, "password": "", "imap_password": "", **said}
    answer = administrator.post(PAGE, changed)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert current_post().server.host == "smtp.example.org"
    assert administrator.post(PAGE, {**changed, field: "nytt"}).status_code == 302
    row = MailSettings.current()
    assert getattr(row, field) == "nytt"
    assert {row.password, row.imap_password} & {"hemligt ord ", "brevlåda"}


def test_a_password_does_not_stay_when_its_mailbox_goes(administrator):
    administrator.post(PAGE, {**GOOD, **BOX})
    administrator.post(PAGE, {**GOOD, **BOX, "imap_host": "", "imap_password": ""})
    assert MailSettings.current().imap_password == ""


def test_only_servers_that_may_be_called_are_taken(administrator, settings):
    for host in ("169.254.169.254", "fe80::1", "0.0.0.0"):  # noqa: S104
        answer = administrator.post(PAGE, {**GOOD, **BOX, "host": host, "imap_host": host})
        assert list(answer.context["form"].errors) == ["host", "imap_host"]
    settings.TILLIT_MAIL_HOSTS = frozenset({"smtp.example.org"})
    answer = administrator.post(PAGE, {**GOOD, **BOX})
    assert list(answer.context["form"].errors) == ["imap_host"]
    assert administrator.post(PAGE, GOOD).status_code == 302


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"host": ""}, "host"),
        ({"host": "https://smtp.example.org/"}, "host"),
        ({"host": "smtp example org"}, "host"),
        ({"port": "70000"}, "port"),
        ({"port": "många"}, "port"),
        ({"security": "prayer"}, "security"),
        ({"security": "none"}, "security"),
        ({"password": ""}, "password"),
        ({"sender_address": "ingen adress"}, "sender_address"),
        ({"sender_address": ""}, "sender_address"),
        ({"sender_name": "x" * 121}, "sender_name"),
        ({"reply_to": "@"}, "reply_to"),
        ({"imap_host": "imap.example.org"}, "imap_user"),
        ({"imap_host": "imap.example.org", "imap_user": "k"}, "imap_password"),
        ({"imap_port": ""}, "imap_port"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(administrator, said, field):
    answer = administrator.post(PAGE, {**GOOD, **said})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert answer.context["form"]["user"].value() == "kansli"
    assert not MailSettings.objects.exists()


@pytest.mark.parametrize(
    "host", ["localhost", "mail", "räksmörgås.se", "192.0.2.1", "2001:db8::1", "a-b.example.org"]
)
def test_a_host_is_a_name_or_a_number(host):
    assert is_host(host)


@pytest.mark.parametrize(
    "host", ["-a.se", "a..se", "a b", "a@b", "a:25", "http://a", "a/", "x" * 254, "a\n"]
)
def test_anything_else_is_none(host):
    assert not is_host(host)


def test_a_line_break_in_the_name_is_no_header(administrator):
    administrator.post(PAGE, {**GOOD, "sender_name": "Nätverket\r\nBcc: evil@example.org"})
    assert current_post().sender.name == "Nätverket Bcc: evil@example.org"


def test_the_test_says_what_came_of_it(administrator):
    with playing() as server:
        here = {
            **GOOD,
            "host": "127.0.0.1",
            "port": str(server.port),
            "security": "none",
            "user": "",
            "password": "",
            "test": "on",
        }
        page = administrator.post(PAGE, here, follow=True).content.decode()
    assert page.count("notice--good") == 2
    assert b"ulf@example.org" in server.taken[0]
    with playing(RCPT="550 no such <b>user</b>") as server:
        page = administrator.post(
            PAGE, {**here, "port": str(server.port)}, follow=True
        ).content.decode()
    assert "notice--warn" in page
    assert "no such &lt;b&gt;user&lt;/b&gt;" in page
    gone = administrator.post(PAGE, {**here, "port": "1"}, follow=True).content.decode()
    assert "notice--warn" in gone
    assert MailSettings.current().port == 1


def test_the_guide_stays_at_the_step_when_the_test_fails(guide: Guide):
    guide.name_the_agreement()
    guide.name_both_parties()
    guide.post("logotyp", later="1")
    assert guide.get("epost").status_code == 200
    here = {
        **GOOD,
        "host": "127.0.0.1",
        "port": "1",
        "security": "none",
        "user": "",
        "password": "",
    }
    assert guide.post("epost", **here, test="on").url == "/kom-igang/epost/"
    assert "notice--bad" in guide.get("epost").content.decode()
    assert guide.post("epost", **here).url == "/kom-igang/personuppgifter/"
    assert not Message.objects.filter(kind="test").exists()


def test_the_step_is_done_when_a_server_has_taken_a_test_and_not_before(guide: Guide):
    guide.name_the_agreement()
    guide.name_both_parties()
    here = {
        **GOOD,
        "host": "127.0.0.1",
        "port": "1",
        "security": "none",
        "user": "",
        "password": "",
    }

    def is_done() -> bool:
        standings = guide.get("epost").context["progress"].standings
        return next(it.is_done for it in standings if it.step.name == "epost")

    guide.post("epost", **here)
    assert not is_done()
    guide.post("epost", **here, test="on")
    assert not is_done()
    with playing() as server:
        guide.post("epost", **{**here, "port": str(server.port)}, test="on")
    assert is_done()
    with playing(RCPT="550 who?") as server:
        guide.post("epost", **{**here, "port": str(server.port)}, test="on")
    assert not is_done()


def test_the_mailbox_is_folded_until_it_is_used_or_wrong(administrator):
    assert '<details class="more"><summary>' in administrator.get(PAGE).content.decode()
    wrong = administrator.post(PAGE, {**GOOD, "imap_port": "x"}).content.decode()
    assert '<details class="more" open><summary>' in wrong


def test_what_the_environment_says_is_not_asked(administrator, settings):
    settings.TILLIT_MAIL = {
        "host": "smtp.example.org",
        "port": 25,
        "security": "none",
        "user": "",
        "password": "",
    }
    settings.TILLIT_MAIL_FROM = "Nätverket <kansli@example.org>"
    answer = administrator.get(PAGE)
    assert not {"host", "password", "sender_address"} & set(answer.context["form"].fields)
    assert "TILLIT_MAIL_URL" in answer.content.decode()
    assert (
        administrator.post(
            PAGE, {"reply_to": "svar@example.org", "imap_port": "993", "host": "evil.example"}
        ).url
        == PAGE
    )
    assert MailSettings.current().host == ""
    assert current_post().sender.reply_to == "svar@example.org"


def test_a_service_tells_of_bounces_at_an_address_that_can_be_made_new(administrator, settings):
    assert administrator.get(PAGE).context["bounces"] is None
    administrator.post(PAGE, GOOD)
    first = administrator.get(PAGE).context["bounces"].url
    assert first.startswith(f"{settings.TILLIT_URL}/post/studsar/")
    assert administrator.post(f"{PAGE}nyckel/").url == PAGE
    second = administrator.get(PAGE).context["bounces"].url
    assert first != second
    assert second.split("/")[-2] not in str(
        list(Activity.objects.values_list("changes", flat=True))
    )
    assert administrator.get(f"{PAGE}nyckel/").status_code == 405


def test_two_who_change_it_meet_in_the_open(administrator):
    administrator.post(PAGE, GOOD)
    seen = administrator.get(PAGE).context["form"]["seen"].value()
    MailSettings.objects.update(host="other.example.org")
    answer = administrator.post(PAGE, {**GOOD, "seen": seen})
    assert answer.status_code == 422
    assert "other.example.org" in answer.content.decode()
    assert MailSettings.current().host == "other.example.org"


def test_others_are_turned_away(cast):
    for page in (PAGE, f"{PAGE}nyckel/"):
        for other in (cast.coordinator, cast.official, cast.member, cast.outsider, cast.anonymous):
            assert other.post(page, GOOD).status_code == 403
    assert cast.coordinator.get(PAGE).status_code == 403
    assert cast.anonymous.get(PAGE).status_code == 302
    assert cast.coordinator.put(PAGE).status_code == 405
    assert not MailSettings.objects.exists()
