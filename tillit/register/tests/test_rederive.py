"""What follows from rows can be worked out anew, when it was written past its rule."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from tillit.register.models import Name, Organisation
from tillit.register.tests.factories import NameFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def test_a_period_written_past_the_rule_gets_its_days_back():
    row = NameFactory(start="2012", end="2015")
    Name.objects.filter(pk=row.pk).update(start="2013-05-01", certain_from=date(1999, 1, 1))
    call_command("rederive", stdout=StringIO())
    row.refresh_from_db()
    assert row.certain_from == date(2013, 5, 1)


def test_a_sort_key_follows_a_name_written_past_the_rule():
    it = OrganisationFactory(name="Bris")
    Organisation.objects.filter(pk=it.pk).update(name="Ängen")
    call_command("rederive", stdout=StringIO())
    changed = Organisation.objects.get(pk=it.pk)
    assert changed.sort_key != it.sort_key
    assert changed.folded == "angen"


def test_what_is_right_is_left_alone():
    OrganisationFactory()
    told = StringIO()
    call_command("rederive", stdout=told)
    assert all(line.endswith(": 0") for line in told.getvalue().splitlines())
