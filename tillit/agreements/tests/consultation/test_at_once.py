"""Several at once, each with a connection of its own: one is done, the others are told, nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from tillit.agreements.consulting import sending, turning
from tillit.agreements.consulting.agreeing import Word, agreed_on, say
from tillit.agreements.models import (
    Comment,
    Consultation,
    ConsultationDeed,
    Consulted,
    GoAhead,
    Reply,
)
from tillit.agreements.tests.consulted import (
    BY_SIDE,
    KARIN,
    comment,
    drafted,
    invited,
    link_of,
    open_now,
    opened,
    prepared,
)
from tillit.agreements.tests.factories import AgreementFactory, PartyFactory
from tillit.kit.refusal import Refused
from tillit.post.models import Message
from tillit.register.tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 4


def at_once(*works):
    """What came of different work, begun at the same moment."""
    barrier = Barrier(len(works))

    def one(work):
        barrier.wait()
        try:
            return str(work())
        except Refused:
            return "Refused"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(one, works))


@pytest.fixture
def being_prepared():
    agreement = AgreementFactory(key="skane")
    for key, side in (("natverket", "civil"), ("region-skane", "public")):
        sector = {"civil": "civil", "public": "public"}[side]
        organisation = OrganisationFactory(key=key, sector=sector)
        PartyFactory(agreement=agreement, organisation=organisation, side=side)
    it = prepared(drafted(agreement))
    invited(it, "asken", "boken")
    return it


@pytest.fixture
def asked(being_prepared):
    open_now(being_prepared)
    return Consulted.objects.get(organisation__key="asken")


def test_both_sides_say_go_ahead_at_the_same_moment_and_it_is_sent_out_once(being_prepared):
    it = being_prepared
    stood = agreed_on(it, "open").stood

    def side(name):
        return lambda: say(it, Word(name, "open", stood), BY_SIDE[name], timezone.now())

    found = at_once(side("civil"), side("public"), side("civil"), side("public"))
    assert found.count("True") == 1
    assert Consultation.objects.get().state == "open"
    assert GoAhead.objects.count() == 2
    assert ConsultationDeed.objects.count() == 1


def test_of_several_who_send_one_sends_and_the_others_are_told(asked):
    url = link_of(asked)
    comment(Client(), url, "2", "Gemensamt")
    said, _key = opened(Client(), url, "skicka")

    def send(name):
        form = {**said, "position": "remarks", "answered_by": name}
        return lambda: Client().post(url, form).status_code

    found = at_once(*(send(f"Namn {number}") for number in range(AT_ONCE)))
    assert sorted(found) == ["302"] + ["409"] * (AT_ONCE - 1)
    assert Reply.objects.count() == 1
    assert Message.objects.filter(kind="consultation-receipt").count() == 1


def test_several_who_begin_at_once_share_one_draft(asked):
    url = link_of(asked)
    forms = [opened(Client(), url, "2") for _one in range(AT_ONCE)]

    def write(said, key):
        form = {**said, f"c-{key}-text": key, f"c-{key}-quotation": ""}
        return lambda: Client().post(url, form).status_code

    assert at_once(*(write(*form) for form in forms)) == ["302"] * AT_ONCE
    assert Reply.objects.count() == 1
    assert {it.text for it in Comment.objects.all()} == {key for _said, key in forms}


def test_an_answer_that_meets_the_closing_is_in_before_it_or_refused(asked):
    url = link_of(asked)
    said, _key = opened(Client(), url, "skicka")
    form = {**said, "position": "supports", "answered_by": "A"}

    def close():
        it = Consultation.objects.get()
        Consultation.objects.filter(pk=it.pk).update(closes="2020-01-01", deadline="2020-01-01")
        return turning.attempt_closing(it, timezone.now())

    found = at_once(lambda: Client().post(url, form).status_code, close)
    assert found[0] in {"302", "409"}
    assert Reply.objects.sent().count() == (1 if found[0] == "302" else 0)
    assert Consultation.objects.get().is_closed


def test_several_workers_write_to_each_once(asked):
    now = timezone.now()
    pk = asked.consultation_id
    Consulted.objects.update(asked_at=None)
    Message.objects.all().delete()
    at_once(*[lambda: sending.write_to_asked(pk, now)] * AT_ONCE)
    assert Message.objects.filter(kind="consultation").count() == 2


def test_two_reminders_at_once_are_one(asked):
    def remind():
        return turning.remind(asked.consultation, KARIN, timezone.now())

    found = at_once(remind, remind)
    assert sorted(found) == ["None", "Refused"]
