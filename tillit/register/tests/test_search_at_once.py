"""Several who write of one person at the same moment: what is searched says all of it, and no more."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tillit.kit.changes import Actor, create
from tillit.kit.search.models import Entry
from tillit.kit.search.tests.mended import wrong
from tillit.register.models import Organisation, Person
from tillit.register.tests.factories import OrganisationFactory, PersonFactory, RoleFactory

pytestmark = pytest.mark.django_db(transaction=True)
KARIN = Actor("person:karin", "organisation:paraplyet")
MANY = 6


def at_once(*deeds):
    together = Barrier(len(deeds))

    def do(deed):
        try:
            together.wait()
            deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        list(pool.map(do, deeds))


def role_in(organisation):
    person = Person.objects.get(key="eva")
    return lambda: create(RoleFactory.build(person=person, organisation=organisation), KARIN)


def test_roles_that_are_written_at_once_are_all_found():
    PersonFactory(key="eva", name="Eva Hall")
    at_once(*(role_in(OrganisationFactory(name=f"Förening {it}")) for it in range(MANY)))
    (entry,) = Entry.objects.filter(subject="person:eva")
    assert all(f"Förening {it}" in entry.text for it in range(MANY))
    assert wrong() == MANY  # the organisations, which were written past it


def test_who_is_hidden_meanwhile_stays_hidden():
    RoleFactory(person=PersonFactory(key="eva"), organisation=OrganisationFactory(key="jouren"))
    others = [OrganisationFactory(key=f"oppen-{it}") for it in range(MANY)]
    wrong()
    jouren = Organisation.objects.get(key="jouren")
    at_once(lambda: jouren.protect(KARIN, "hot"), *map(role_in, others))
    public = Entry.objects.get(subject="person:eva", circle="public")
    assert "Jouren" not in public.text
    assert wrong() == 0
