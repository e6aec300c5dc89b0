"""Two who do it at once: the database settles it, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from tillit.accounts.models import User
from tillit.kit.changes import Actor, create
from tillit.kit.contributions import account_of
from tillit.kit.days import today
from tillit.kit.refusal import Refused
from tillit.register.actions.answering import NotOpen, accept, decline
from tillit.register.actions.contacts import hand_over_function
from tillit.register.actions.inviting import invite, withdraw
from tillit.register.actions.mandates import end
from tillit.register.models import Contact, Invitation, Mandate, Organisation, Person
from tillit.register.tests.factories import (
    ContactFactory,
    MandateFactory,
    OrganisationFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 6


def at_once(*doings):
    """What came of each, all begun at the same moment: what it gave, or what it raised."""
    together = Barrier(len(doings))

    def run(doing):
        try:
            together.wait(timeout=20)
            return doing()
        except (NotOpen, Refused, ValidationError) as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(doings)) as pool:
        return list(pool.map(run, doings))


def person(key):
    return PersonFactory(
        key=key, name=key.capitalize(), account=User.objects.create_user(f"{key}@x.se")
    )


@pytest.fixture
def association():
    it = OrganisationFactory(key="foreningen")
    MandateFactory(key="minas", person=person("mina"), organisation=it, extent="lead")
    return it


def invited(association, **said):
    row = Invitation(
        organisation=association, email="nina@x.se", name="Nina", extent="edit", **said
    )
    return invite(row, Actor("person:mina", association.subject), timezone.now())


def test_two_who_accept_at_once_make_one_mandate(association):
    row = invited(association)
    outcomes = at_once(*[lambda: accept(row, None, timezone.now())] * MANY)
    assert sum(not isinstance(it, Exception) for it in outcomes) == 1
    assert Mandate.objects.filter(organisation=association).count() == 2
    assert User.objects.filter(email="nina@x.se").count() == 1
    assert Person.objects.filter(name="Nina").count() == 1


def test_two_invitations_to_one_address_make_one_person(association):
    rows = [invited(association), invited(association)]
    at_once(*[lambda row=row: accept(row, None, timezone.now()) for row in rows])
    assert User.objects.filter(email="nina@x.se").count() == 1
    assert Person.objects.filter(name="Nina").count() == 1
    assert Mandate.objects.filter(person__name="Nina").count() == 1


def test_an_answer_and_a_withdrawal_exclude_each_other(association):
    row = invited(association)
    actor = Actor("person:mina")
    outcomes = at_once(
        lambda: accept(row, None, timezone.now()),
        lambda: withdraw(Invitation.objects.get(pk=row.pk), actor, timezone.now()),
        lambda: decline(row, timezone.now(), ""),
    )
    assert sum(not isinstance(it, Exception) for it in outcomes) == 1
    row.refresh_from_db()
    assert sum(bool(it) for it in (row.accepted_at, row.declined_at, row.withdrawn_at)) == 1


def test_of_two_administrators_who_remove_each_other_exactly_one_succeeds(association):
    eva, per = (
        MandateFactory(person=person(key), organisation=association, extent="administer")
        for key in ("eva", "per")
    )

    def removes(who, whom):
        actor = Actor(who.person.subject, association.subject)
        return lambda: end(whom, actor, timezone.now(), last_day=None)

    outcomes = at_once(removes(eva, per), removes(per, eva))
    assert sum(isinstance(it, Refused) for it in outcomes) == 1
    assert Mandate.objects.administrators().standing(today()).count() == 1


def test_when_all_administrators_leave_at_once_one_stays(association):
    mandates = [
        MandateFactory(person=person(f"p{n}"), organisation=association, extent="administer")
        for n in range(MANY)
    ]
    leave = [
        lambda it=it: end(it, Actor(it.person.subject), timezone.now(), last_day=None)
        for it in mandates
    ]
    outcomes = at_once(*leave)
    assert sum(isinstance(it, Refused) for it in outcomes) == 1
    assert Mandate.objects.administrators().standing(today()).count() == 1


def test_two_who_hand_over_one_function_give_it_one_holder(association):
    chair = ContactFactory(
        organisation=association,
        person=Person.objects.get(key="mina"),
        email="ordf@x.se",
        is_function=True,
        confirmed_at=timezone.now(),
    )
    successors = [person(f"s{n}") for n in range(MANY)]
    actor = Actor("person:mina", association.subject)
    at_once(
        *[
            lambda it=it: hand_over_function(
                Contact.objects.get(pk=chair.pk), it, actor, timezone.now(), today()
            )
            for it in successors
        ]
    )
    assert Contact.objects.functions("ordf@x.se").standing(today()).count() == 1
    assert account_of("ordf@x.se") is None


def test_two_functions_by_one_address_are_never_there_at_once(association):
    other = OrganisationFactory(key="andra")
    row = {"email": "ordf@x.se", "is_function": True, "start": "2026-01-01", "end": "2030-12-31"}
    organisations = [association, other] * 3
    outcomes = at_once(
        *[
            lambda it=it: create(
                Contact(organisation=Organisation.objects.get(pk=it.pk), **row),
                Actor("person:mina"),
            )
            for it in organisations
        ]
    )
    assert sum(not isinstance(it, Exception) for it in outcomes) == 1
    assert Contact.objects.count() == 1
