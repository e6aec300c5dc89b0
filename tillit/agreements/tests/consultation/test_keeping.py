"""What consultations keep about persons, for how long, and how it is erased."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tillit.agreements.consulting import keeping
from tillit.agreements.models import Consultation, Consulted, GoAhead, Reply
from tillit.agreements.tests.consulted import answered, came, close, comment, link_of, send
from tillit.kit.contributions import ERASED

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=keeping.DAYS + 1)


@pytest.fixture
def long_closed(out):
    """Answered, closed and over for more than ninety days."""
    answered(out.consulted.get(organisation__key="asken"))
    answered(came(out))
    close(out)
    day = timezone.localdate() - LONG_AGO
    Consultation.objects.update(deadline=day, opens=day, closes=day)
    return out


def test_links_addresses_and_names_are_forgotten_and_the_answers_stay(long_closed, client):
    link = link_of(long_closed.consulted.get(organisation__key="asken"))
    assert keeping.purge(timezone.localdate()) > 0
    assert {it.answered_by for it in Reply.objects.all()} == {""}
    assert {it.email for it in Consulted.objects.all()} == {""}
    assert client.get(link).status_code == 404
    assert (
        "Skriv hellre ofta." in client.get("/remisser/remissen/sammanstallning/").content.decode()
    )
    assert keeping.purge(timezone.localdate()) == 0


def test_one_that_is_open_or_newly_closed_keeps_them(out):
    answered(out.consulted.get(organisation__key="asken"))
    close(out)
    assert keeping.purge(timezone.localdate()) == 0
    assert Reply.objects.get().answered_by == "Alex Lind"


def test_an_address_that_nobody_confirmed_is_forgotten(out):
    row = came(out)
    Consulted.objects.filter(pk=row.pk).update(asked_at=timezone.now() - timedelta(days=15))
    kept = answered(came(out, "Andra", "andra@example.org")).consulted
    assert keeping.purge(timezone.localdate()) == 1
    assert list(Consulted.objects.filter(organisation=None)) == [kept]


def test_a_person_sees_what_is_kept_and_has_it_erased(out, cast):
    page = "/remisser/remissen/organisation/foreningen/"
    comment(cast.member, page, "2", "Inloggad")
    send(cast.member, page, "remarks", "Mina Ek")
    [part] = keeping.own_data("person:mina", None)
    assert [it["name"] for it in part.rows()] == ["Mina Ek"]
    assert part.erase() == 1
    row = Reply.objects.get()
    assert (row.answered_by, row.by) == ("", ERASED)
    assert row.comments.get().text == "Inloggad"


def test_whoever_came_by_an_address_of_theirs_is_erased_too(out, cast):
    answered(came(out, "Ulf Ulfsson", "ulf@example.org"))
    from_account = cast.outsider.session["_auth_user_id"]
    assert keeping.erase("person:ulf", int(from_account)) > 0
    row = Consulted.objects.get(organisation=None)
    assert (row.name, row.email) == ("Någon", "")
    assert Reply.objects.get().sort_key == row.sort_key


def test_who_said_go_ahead_is_erased_and_that_the_side_did_stays(out):
    keeping.erase("person:karin", None)
    assert {it.by for it in GoAhead.objects.all()} == {ERASED, "person:omar"}
    assert {it.side for it in GoAhead.objects.all()} == {"civil", "public"}


def test_what_was_begun_and_never_sent_is_forgotten(out, client):
    comment(client, link_of(out.consulted.get(organisation__key="asken")), "2", "Halvt")
    close(out)
    assert keeping.purge(timezone.localdate()) == 0
    Consultation.objects.update(closes=timezone.localdate() - LONG_AGO)
    assert keeping.purge(timezone.localdate()) > 0
    assert not Reply.objects.exists()
