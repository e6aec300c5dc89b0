"""What other contexts ask of accounts."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.utils import timezone

from tillit.accounts import actions, limits
from tillit.accounts.addresses import check, folded
from tillit.accounts.contributes import contributions
from tillit.accounts.factors import turn_on_app
from tillit.accounts.models import User
from tillit.accounts.tests.conftest import KARIN, is_in, sign_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (" Karin@Example.ORG ", "karin@example.org"),
        ("Kassör@Förening.SE", "kassör@förening.se"),
        ("kassör@xn--frening-90a.se", "kassör@förening.se"),
        ("a\u030asa@example.org", "åsa@example.org"),
        ("nothing", "nothing"),
        ("", ""),
    ],
)
def test_an_address_is_kept_in_one_way(written, kept):
    assert folded(written) == kept
    assert folded(kept) == kept


@pytest.mark.parametrize(
    "right", ["karin@example.org", "kassör@förening.se", "a.b+c@sub.example.org"]
)
def test_these_are_addresses(right):
    check(right)


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "karin",
        "@example.org",
        "karin@",
        "a b@example.org",
        "a@b",
        "a@@example.org",
        "å@",
        "a\n@example.org",
        "<a@example.org>",
        "a@example.org,b@example.org",
        "å" * 250 + "@example.org",
    ],
)
def test_these_are_not(wrong):
    with pytest.raises(ValidationError):
        check(wrong)


def test_an_account_is_made_once_for_an_address():
    made = actions.account_for("Kassör@Förening.SE")
    assert actions.account_for("kassör@xn--frening-90a.se") == made
    assert made.email == "kassör@förening.se"
    [row] = EmailAddress.objects.all()
    assert (row.user, row.verified, row.primary) == (made, True, True)
    sign_in(Client(), "KASSÖR@förening.se")


def test_no_account_is_made_for_what_is_no_address():
    with pytest.raises(ValidationError):
        actions.account_for("karin")
    assert not User.objects.exists()


def test_any_own_address_leads_to_the_account(karin):
    actions.own(karin, "k@example.org")
    assert actions.account_for("k@example.org") == karin


@pytest.mark.django_db(transaction=True)
def test_those_who_ask_at_once_get_one_account():
    def make(_number):
        try:
            return actions.account_for(KARIN).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(make, range(12)))) == 1
    assert User.objects.count() == EmailAddress.objects.count() == 1


def test_accounts_without_an_address_are_several():
    first, second = actions.account_without_address(), actions.account_without_address()
    assert first != second
    assert first.email is None


def test_what_is_kept_of_a_user_is_told_to_that_user(karin, signed_in, django_assert_num_queries):
    turn_on_app(karin, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    sign_in(Client(), actions.account_for("omar@example.org").email)
    with django_assert_num_queries(0):
        parts = {it.name: it for it in contributions.own_data("", karin.pk)}
        nobodys = list(contributions.own_data("", None))
    [row] = parts["sign_in"].rows()
    assert row["addresses"] == [KARIN]
    assert row["app"]
    assert "JBSW" not in str(row)
    assert len(parts["sessions"].rows()) == 1
    for part in parts.values():
        assert all(it.keys() <= part.labels.keys() for it in part.rows())
    assert [part.rows() for part in nobodys] == [[], []]


def test_an_erased_account_is_gone_with_all_that_belongs_to_it(signed_in, karin, client):
    sign_in(client, actions.account_for("omar@example.org").email)
    assert contributions.erase("", karin.pk) == 1
    assert not is_in(signed_in)
    assert is_in(client)
    assert not EmailAddress.objects.filter(email=KARIN).exists()
    assert not [it for it in Session.objects.all() if KARIN in str(it.get_decoded())]
    assert contributions.erase("", karin.pk) == contributions.erase("", None) == 0


def test_ended_sessions_and_old_counts_are_erased(signed_in, rf):
    limits.take(rf.post("/"), "ask_code", "x")
    purges = {it.name: it.purge for it in contributions.retentions}
    before = cache_rows()
    assert before
    assert purges["sign_in_attempts"](date(2026, 1, 1)) == 0
    assert purges["sessions"](date(2026, 1, 1)) == 0
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cache SET expires = %s", ["2020-01-01 00:00:00"])
    Session.objects.update(expire_date=timezone.now() - timedelta(days=1))
    assert purges["sign_in_attempts"](date(2026, 1, 1)) == before
    assert purges["sessions"](date(2026, 1, 1)) == 1
    assert cache_rows() == 0


def cache_rows():
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM cache")
        return cursor.fetchone()[0]
