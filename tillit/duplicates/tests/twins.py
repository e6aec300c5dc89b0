"""Two entries for tests, of an organisation and of a person, that may be one."""

from typing import Any

from tillit.duplicates.kinds import KINDS
from tillit.duplicates.models import Pair
from tillit.duplicates.pairing import new_pair
from tillit.kit.access import viewer_for
from tillit.kit.circles import Viewer
from tillit.kit.days import today
from tillit.register.models import Organisation, Person
from tillit.register.tests.factories import OrganisationFactory, PersonFactory, RoleFactory


def viewer(name: str) -> Viewer:
    account = Person.objects.get(key=name).account_id
    assert account is not None
    return viewer_for(account)


def organisation(key: str, **values: Any) -> Organisation:
    """One that the civil side's secretariat looks after."""
    secretariat = Organisation.objects.get(key="paraplyet").secretariat
    made: Organisation = OrganisationFactory(key=key, secretariat=secretariat, **values)
    return made


def person(key: str, at: Organisation, **values: Any) -> Person:
    """Somebody with a role in an organisation."""
    made: Person = PersonFactory(key=key, **values)
    RoleFactory(person=made, organisation=at, kind="chair", start="2020-01-01", end="..")
    return made


def pair_of(one: Any, other: Any) -> Pair:
    made = new_pair(KINDS[one.noun], one, other, today())
    made.score = 6
    made.save()
    return made
