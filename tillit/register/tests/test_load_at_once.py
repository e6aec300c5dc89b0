"""Two loads at once: the database settles it, and the rules hold for both."""

import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tillit.register.models import Membership
from tillit.register.tests.factories import OrganisationFactory

FILE = """
memberships:
  - {{key: {key}, umbrella: paraplyet, member: foreningen, period: 2012-01-01/2012-12-31}}
"""


@pytest.mark.django_db(transaction=True)
def test_only_one_of_two_overlapping_memberships_is_written(tmp_path):
    OrganisationFactory(key="paraplyet")
    OrganisationFactory(key="foreningen")

    def load(key):
        folder = tmp_path / key
        folder.mkdir()
        (folder / "a.yaml").write_text(FILE.format(key=key))
        try:
            call_command("load", folder, stdout=io.StringIO(), stderr=io.StringIO())
        except CommandError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as pool:
        written = list(pool.map(load, ["a", "b", "c", "d"]))
    assert sorted(written) == [False, False, False, True]
    assert Membership.objects.count() == 1
