"""The rules of names hold for every writer, and the organisation goes by the one that holds now."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from tillit.kit.changes import Actor, change, create, remove, together, undo
from tillit.kit.days import today
from tillit.kit.models import Activity
from tillit.register.models import Name
from tillit.register.models.name import rename
from tillit.register.tests.factories import NameFactory, OrganisationFactory

KARIN = Actor("person:karin", "organisation:paraplyet")


def named(name, **more):
    it = OrganisationFactory(named=True, name=name)
    return it, NameFactory(organisation=it, name=name, **more)


@pytest.mark.django_db
def test_two_official_names_at_a_time_are_refused():
    it, _name = named("NSES", start="2006", end="2013")
    with pytest.raises(ValidationError) as refused:
        create(
            Name(organisation=it, kind="official", name="NÄTVERKET", start="2010", end=".."), KARIN
        )
    assert "NSES" in str(refused.value)
    assert it.names.count() == 1


@pytest.mark.django_db
def test_other_names_may_stand_beside_the_official_one():
    it, _name = named("NSES", start="2006", end="..")
    create(Name(organisation=it, kind="alias", name="Nätverket", start="2006", end=".."), KARIN)
    assert it.names.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("deed", ["remove", "alias"])
def test_an_organisation_keeps_a_name(deed):
    _it, name = named("NSES")
    with pytest.raises(ValidationError):
        remove(name, KARIN) if deed == "remove" else change(name, {"kind": "alias"}, KARIN)
    name.refresh_from_db()
    assert name.kind == "official"


@pytest.mark.django_db
def test_the_present_name_and_its_place_in_lists_follow_the_rows():
    it, name = named("Östra nätet", start="2006")
    with together(KARIN) as done:
        done.change(name, {"end": "2020-12-31"})
        done.create(
            Name(organisation=it, kind="official", name="Ankaret", start="2021-01-01", end="..")
        )
    it.refresh_from_db()
    assert (it.name, it.sort_key, it.folded) == ("Ankaret", "ankaret", "ankaret")
    undo(done.first, KARIN)
    it.refresh_from_db()
    assert (it.name, it.sort_key) == ("Östra nätet", "}stra n|tet")


@pytest.mark.django_db
def test_a_name_that_begins_later_is_taken_on_its_day():
    next_year = today().year + 1
    it, _name = named("Nu", start="2006", end=f"{next_year - 1}-12-31")
    later = {"name": "Sedan", "start": f"{next_year}-01-01", "end": ".."}
    create(Name(organisation=it, kind="official", **later), KARIN)
    it.refresh_from_db()
    assert it.name == "Nu"
    assert rename(date(next_year, 1, 1)) == 1
    it.refresh_from_db()
    assert it.name == "Sedan"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_write_overlapping_names_at_once_one_is_told():
    it, _name = named("Först", start="2000", end="2005")

    def write(name):
        row = Name(organisation=it, kind="official", name=name, start="2010", end="..")
        try:
            create(row, KARIN)
        except ValidationError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as pool:
        written = list(pool.map(write, ["Ett", "Två", "Tre", "Fyra"]))
    assert sorted(written) == [False, False, False, True]
    assert it.names.count() == 2
    assert Activity.objects.count() == 1
    it.refresh_from_db()
    assert it.name in {"Ett", "Två", "Tre", "Fyra"}
