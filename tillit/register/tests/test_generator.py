"""`tillit generate`: an invented register, the same one for the same seed."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count, F

from tillit.kit.bounds import Edge, Precision, read_bound
from tillit.kit.circles import PUBLIC, Viewer
from tillit.kit.models import Citation, Source, StatedFigure
from tillit.register import generator
from tillit.register.choices import Scheme, Sector
from tillit.register.models import (
    Address,
    Identifier,
    Membership,
    Name,
    Organisation,
    Person,
    Presence,
    Role,
    Unit,
)
from tillit.register.tests.factories import OrganisationFactory

NUMBER = 1200
MODELS = [
    Organisation, Name, Identifier, Presence, Address, Person, Role, Unit, Membership, StatedFigure,
]  # fmt: skip


@pytest.fixture(scope="class")
def filled(django_db_setup, django_db_blocker):
    """One register that all tests here read."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("places", verbosity=0)
        list(generator.generate(NUMBER, seed=1))
        yield
        transaction.set_rollback(True)


@pytest.fixture
def places(db):
    call_command("places", verbosity=0)


def fill(number, seed=1):
    list(generator.generate(number, seed))


def rows():
    """All rows as text, without what the database itself numbers."""
    return [list(model.objects.order_by("key").values_list("key", *of(model))) for model in MODELS]


def of(model):
    names = {field.name for field in model._meta.concrete_fields}
    return sorted(
        names & {"circle", "name", "start", "end", "seen", "value", "town", "kind", "possible_from"}
    )


@pytest.mark.usefixtures("filled", "db")
class TestARegister:
    def test_all_kinds_of_rows_are_made_in_plausible_numbers(self):
        assert Organisation.objects.count() == NUMBER
        assert 1.2 < Name.objects.count() / NUMBER < 1.4
        assert 0.25 < Address.objects.count() / NUMBER < 0.35
        assert 0.4 < Role.objects.count() / NUMBER < 0.7
        assert all(model.objects.exists() for model in MODELS)
        assert Organisation.topics.through.objects.exists()

    def test_one_umbrella_is_the_largest_by_far(self):
        sizes = sorted(
            Organisation.objects.annotate(size=Count("members")).values_list("size", flat=True)
        )
        assert sizes[-1] == pytest.approx(NUMBER / 4, rel=0.1)
        assert sizes[-2] <= 180

    def test_every_number_can_be_right_and_nobody_has_it(self):
        found = list(Identifier.objects.all())
        assert all(row.verdict.holds for row in found)
        numbers = [row for row in found if row.scheme == Scheme.ORGNR]
        assert len({row.digits for row in numbers}) == len(numbers)
        assert all(row.digits.startswith("4") for row in numbers)

    def test_what_follows_from_a_row_is_worked_out(self):
        for row in [*Organisation.objects.all()[:200], *Membership.objects.all()[:200]]:
            period = row.period
            assert (row.possible_from, row.certain_from, row.certain_until, row.possible_until) == (
                period.possible_from, period.certain_from, period.certain_until, period.possible_until,
            )  # fmt: skip
        assert not Organisation.objects.filter(sort_key="").exists()
        assert not Name.objects.filter(folded="").exists()

    def test_bounds_are_known_in_every_way(self):
        bounds = [
            read_bound(text, Edge.START)
            for text in Organisation.objects.values_list("start", flat=True)
        ]
        ends = [
            read_bound(text, Edge.END)
            for text in Organisation.objects.values_list("end", flat=True)
        ]
        assert {bound.precision for bound in [*bounds, *ends]} == set(Precision)

    def test_public_ones_have_units_that_are_their_own(self):
        assert not Unit.objects.exclude(organisation__sector=Sector.PUBLIC).exists()
        assert (
            not Role.objects.exclude(unit=None)
            .exclude(unit__organisation=F("organisation"))
            .exists()
        )

    def test_its_source_says_that_it_is_invented(self):
        source = Source.objects.get()
        assert source.title == "Påhittade uppgifter"
        assert not source.is_document
        assert source.citations.count() == Citation.objects.count() > 0


def test_the_same_seed_gives_the_same_register(places):
    found = []
    for _time in range(2):
        with transaction.atomic():
            fill(150)
            found.append(rows())
            transaction.set_rollback(True)
    assert found[0] == found[1]
    assert all(found[0][:5])


def test_another_seed_gives_another():
    dice = [[generator.Dice(seed).person() for _count in range(3)] for seed in (1, 2)]
    assert dice[0] != dice[1]


def test_no_two_organisations_share_a_number_however_many():
    some = [generator.orgnr(number) for number in range(0, generator.MOST, 97)]
    assert len(set(some)) == len(some)
    assert {len(number) for number in some} == {10}


def test_a_protected_organisation_keeps_its_place_to_itself(places, monkeypatch):
    monkeypatch.setattr(generator.Dice, "happens", lambda dice, share: True)
    fill(20)
    protected = Organisation.objects.filter(protected=True)
    assert protected.exists()
    for model in (Presence, Address, Role):
        rows = model.objects.filter(organisation__protected=True)
        assert rows.exists()
        assert not rows.visible_to(Viewer()).exists()
    assert Presence.objects.filter(organisation__protected=False, circle=PUBLIC).exists()


def test_it_goes_only_into_an_empty_register(places):
    OrganisationFactory()
    with pytest.raises(CommandError, match="only into an empty register"):
        call_command("generate", organisations=10, verbosity=0)
    assert Organisation.objects.count() == 1


def test_it_needs_the_places(db):
    with pytest.raises(CommandError, match="tillit places"):
        call_command("generate", organisations=10, verbosity=0)


@pytest.mark.parametrize("number", [0, -1, generator.MOST + 1])
def test_a_number_that_cannot_be_made_is_refused(places, number):
    with pytest.raises(CommandError, match="can be made"):
        call_command("generate", organisations=number, verbosity=0)


def test_the_command_says_that_all_is_invented(places):
    said = StringIO()
    call_command("generate", organisations=30, stdout=said)
    assert "30 of 30 organisations" in said.getvalue()
    assert "All of it is invented" in said.getvalue()
