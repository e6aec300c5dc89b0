"""What is suggested of the register to somebody who types: names first, and nothing of other circles."""

from datetime import date

import pytest

from tillit.kit.circles import Viewer
from tillit.kit.search.asking import read
from tillit.kit.search.finding import Reader
from tillit.kit.search.suggesting import MOST, suggested
from tillit.kit.search.tests.mended import wrong
from tillit.register.tests.factories import (
    NameFactory,
    OrganisationFactory,
    PersonFactory,
    PlaceFactory,
    PresenceFactory,
    RoleFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)


def hits(typed, *circles, on=None):
    return suggested(read(typed), Reader(Viewer.with_circles(circles), TODAY, on)).hits


def titles(typed, *circles, on=None):
    return [it.entry.title for it in hits(typed, *circles, on=on)]


def beside(typed, *circles):
    return ["".join(part.text for part in it.beside) for it in hits(typed, *circles)]


@pytest.fixture
def rows(db):
    for name in ("Bris", "Bris Region Syd", "Stiftelsen Bris", "Brisund", "Annan"):
        OrganisationFactory(name=name, description="Bris" if name == "Annan" else "")
    OrganisationFactory(name="Bris förr", start="1990", end="1999")
    renamed = OrganisationFactory(name="Trygga barn")
    NameFactory(organisation=renamed, name="Brisjouren", start="1971", end="1990")
    wrong()


def test_names_come_in_order_and_texts_not_at_all(rows):
    assert titles("bris") == [
        "Bris", "Brisund", "Bris Region Syd", "Bris förr", "Stiftelsen Bris", "Trygga barn",
    ]  # fmt: skip
    assert titles("BRI")[0] == "Bris"
    assert titles("region bri") == titles("bris reg") == ["Bris Region Syd"]
    assert "Bris förr" not in titles("bris", on=date(2012, 1, 1))


def test_by_a_former_name_that_name_is_told(rows):
    assert titles("brisjour") == ["Trygga barn"]
    assert beside("brisjour") == ["Namn: Brisjouren (1971 – 1990)"]


def test_what_is_nearly_called_so_comes_when_nothing_is(rows):
    assert titles("stiftlesen") == ["Stiftelsen Bris"]
    assert titles("kvantfysik") == []


def test_what_it_is_and_where_stands_beside(rows):
    it = OrganisationFactory(name="Kören", form="association")
    PresenceFactory(organisation=it, kind="works_in", place=PlaceFactory(code="1256", name="Osby"))
    PresenceFactory(organisation=it, kind="seat", place=PlaceFactory())
    RoleFactory(organisation=it, person=PersonFactory(name="Eva Hall"), kind="chair")
    wrong()
    assert beside("kören") == ["Ideell förening · Malmö"]
    assert beside("eva") == ["Ordförande, Kören"]


def test_where_somebody_is_who_is_protected_is_told_to_nobody_outside(db):
    jouren = OrganisationFactory(name="Kvinnojouren", form="association", protected=True)
    PresenceFactory(organisation=jouren, place=PlaceFactory(code="1766", name="Sunne"))
    RoleFactory(organisation=jouren, person=PersonFactory(name="Eva Hall"), kind="chair")
    hidden = OrganisationFactory(name="Gömstället", circle="organisation:hemlig")
    wrong()
    assert beside("kvinnojour") == ["Ideell förening"]
    assert beside("kvinnojour", jouren.own_circle) == ["Ideell förening · Sunne"]
    assert titles("eva") == titles("gömst") == titles("gömstälet") == []
    assert titles("eva", jouren.own_circle) == ["Eva Hall"]
    assert titles("gömstälet", "organisation:hemlig") == [hidden.name]
    assert titles("sunn") == ["Sunne"]


def test_they_are_few_and_a_mere_letter_suggests_nothing(db):
    OrganisationFactory.create_batch(MOST + 2, name="Kören")
    wrong()
    assert len(hits("kö")) == MOST
    assert hits("k") == hits("") == hits('"') == hits("*") == ()
