"""Asking to be erased: signed in, and by a link to an address."""

import re
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from tillit.kit.models import Activity
from tillit.post.models import Message
from tillit.privacy.models import ErasureRequest
from tillit.privacy.models.erasure_request import month_after
from tillit.register.models import Person
from tillit.register.tests.factories import RoleFactory

pytestmark = pytest.mark.django_db
ASK = "/mina-uppgifter/radering/"
WITHDRAW = "/mina-uppgifter/radering/aterkallande/"
ALL = {"what": "all", "reason": "Jag har flyttat."}


def by_mail(key="maria"):
    return f"/integritet/person/{key}/"


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


@pytest.fixture
def maria(db):
    return RoleFactory(person__key="maria", person__name="Maria Leiner").person


TYPED = {"email": "maria@example.org", "proof": "Ordförande 2012", "reason": ""}


def link_in(message):
    return re.search(r"https?://[^/\s]+(/[^\s)]+)", message.text)[1]


def test_one_sees_what_remains_before_one_asks(cast, most_queries):
    with most_queries():
        page = cast.member.get(ASK)
    assert page.status_code == 200
    remains = [str(it.remains) for it in page.context["parts"] if it.remains]
    assert remains
    text = page.content.decode().replace("&#x27;", "'")
    assert all(it in text for it in remains)


def test_one_asks_and_gets_a_mail_with_the_last_day(cast, mina):
    assert cast.member.post(ASK, ALL).headers["Location"] == ASK
    row = ErasureRequest.objects.get()
    assert (row.person, row.account, row.parts, row.reason) == (
        mina,
        mina.account,
        [],
        ALL["reason"],
    )
    assert row.is_standing
    assert row.due == month_after(timezone.localdate())
    mail = Message.objects.get()
    assert mail.to_email == "mina@example.org"
    assert link_in(mail) == ASK
    assert cast.member.get(ASK).context["asked"] == row


def test_one_asks_for_some_parts(cast, mina):
    cast.member.post(ASK, {"what": "some", "parts": ["mails", "sign_in"]})
    assert ErasureRequest.objects.get().parts == ["mails", "sign_in"]


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"what": "some"},
        {"what": "some", "parts": ["finns-inte"]},
        {"what": "everything"},
        {"what": "all", "reason": "x" * 2001},
    ],
)
def test_what_can_t_be_taken_stays_as_typed(cast, mina, typed):
    answer = cast.member.post(ASK, typed)
    assert answer.status_code == 422
    assert not ErasureRequest.objects.exists()


def test_one_asks_once_at_a_time(cast, mina):
    cast.member.post(ASK, ALL)
    assert cast.member.post(ASK, ALL).status_code == 409
    assert ErasureRequest.objects.count() == 1


def test_one_withdraws_and_may_ask_again(cast, mina):
    cast.member.post(ASK, ALL)
    assert cast.member.post(WITHDRAW).status_code == 302
    assert not ErasureRequest.objects.standing().exists()
    assert cast.member.post(WITHDRAW).status_code == 409
    assert cast.member.post(ASK, ALL).status_code == 302


def test_nobody_withdraws_for_somebody_else(cast, mina):
    cast.member.post(ASK, ALL)
    assert cast.outsider.post(WITHDRAW).status_code == 409
    assert ErasureRequest.objects.standing().exists()


def test_who_has_not_signed_in_is_asked_to(cast):
    assert cast.anonymous.get(ASK).status_code == 302
    assert cast.anonymous.post(ASK, ALL).status_code == 403
    assert cast.anonymous.post(WITHDRAW).status_code == 403
    assert cast.member.get(WITHDRAW).status_code == 405


def test_what_was_said_is_not_told_in_the_activity(cast, mina):
    cast.member.post(ASK, ALL)
    (noted,) = Activity.objects.filter(subject__startswith="erasurerequest:")
    assert not {"reason", "person", "account", "email", "proof"} & noted.changes.keys()
    assert noted.circle == "administrators"


def test_the_page_of_a_person_leads_there(cast, maria):
    page = cast.anonymous.get("/personer/maria/").content.decode()
    assert by_mail() in page


def test_on_one_s_own_page_it_leads_to_one_s_data(cast, mina):
    assert by_mail("mina") not in cast.member.get("/personer/mina/").content.decode()
    assert cast.member.get(by_mail("mina")).headers["Location"] == ASK


def test_somebody_without_an_account_confirms_by_a_link(cast, maria, most_queries):
    with most_queries():
        assert cast.anonymous.get(by_mail()).status_code == 200
    assert cast.anonymous.post(by_mail(), TYPED).status_code == 302
    row = ErasureRequest.objects.get()
    assert not row.is_standing
    mail = Message.objects.get()
    assert (mail.to_email, mail.secret) == ("maria@example.org", True)
    link = link_in(mail)
    with most_queries():
        assert cast.anonymous.get(link).status_code == 200
    row.refresh_from_db()
    assert row.confirmed_at is None  # a scanner of mails opens links too
    assert cast.anonymous.post(link, {"do": "confirm"}).status_code == 302
    row.refresh_from_db()
    assert row.is_standing
    assert all(it.secret for it in Message.objects.all())  # both have a link that withdraws it
    assert Message.objects.count() == 2
    cast.anonymous.post(link, {"do": "confirm"})  # once more does nothing
    assert Message.objects.count() == 2
    cast.anonymous.post(link, {"do": "withdraw"})
    assert not ErasureRequest.objects.standing().exists()
    assert cast.anonymous.get(link).status_code == 200


def test_a_link_grows_old(cast, maria):
    cast.anonymous.post(by_mail(), TYPED)
    link = link_in(Message.objects.get())
    ErasureRequest.objects.update(asked_at=timezone.now() - timedelta(days=4))
    assert cast.anonymous.get(link).status_code == 410
    assert cast.anonymous.post(link, {"do": "confirm"}).status_code == 410
    assert not ErasureRequest.objects.standing().exists()


def test_a_guessed_link_opens_nothing(cast):
    assert cast.anonymous.get("/integritet/begaran/gissad/").status_code == 404
    assert cast.anonymous.post("/integritet/begaran/gissad/").status_code == 404


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {**TYPED, "email": ""},
        {**TYPED, "email": "ingen adress"},
        {**TYPED, "proof": ""},
        {**TYPED, "reason": "x" * 2001},
        {**TYPED, "proof": "a\0b"},
    ],
)
def test_what_a_stranger_writes_wrong_is_told(cast, maria, typed):
    answer = cast.anonymous.post(by_mail(), typed)
    assert answer.status_code == 422
    assert not ErasureRequest.objects.exists()
    assert not Message.objects.exists()


def test_an_address_is_not_flooded(cast, maria):
    answers = [cast.anonymous.post(by_mail(), TYPED).status_code for _time in range(4)]
    assert answers == [302, 302, 302, 422]
    assert Message.objects.count() == 3


def test_somebody_who_is_not_shown_can_t_be_asked_for(cast, maria):
    Person.objects.filter(pk=maria.pk).update(protected=True, circle="self:maria")
    assert cast.anonymous.get(by_mail()).status_code == 404
    assert cast.anonymous.post(by_mail(), TYPED).status_code == 404
    assert cast.anonymous.get(by_mail("finns-inte")).status_code == 404


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2024, 1, 31), date(2024, 2, 29)),
        (date(2026, 12, 5), date(2027, 1, 5)),
        (date(2026, 3, 31), date(2026, 4, 30)),
    ],
)
def test_a_month_is_the_same_day_of_the_next(day, due):
    assert month_after(day) == due


def test_one_sees_what_one_has_asked_for(cast, mina):
    cast.member.post(ASK, {"what": "some", "parts": ["mails"]})
    assert ErasureRequest.objects.get().parts == ["mails"]
    assert "Mejl till dig" in cast.member.get(ASK).content.decode()
