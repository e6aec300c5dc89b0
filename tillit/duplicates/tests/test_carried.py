"""A merge in an export: equal byte for byte after a round, and undone where it was carried to."""

from pathlib import Path

import pytest
from django.utils import timezone

from tests.emptying import empty
from tillit.accounts.models import User
from tillit.duplicates.merging import merge, part
from tillit.duplicates.models import Merge, MergeStep
from tillit.duplicates.tests.twins import organisation, viewer
from tillit.kit.carrying.bringing import bring
from tillit.kit.carrying.exporting import export
from tillit.kit.changes import Actor, create
from tillit.kit.models import Citation, Source
from tillit.register.models import Address, Organisation, Person
from tillit.register.tests.factories import ContactFactory

pytestmark = pytest.mark.django_db


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        str(it.relative_to(folder)): it.read_bytes() for it in folder.rglob("*") if it.is_file()
    }


@pytest.fixture
def carried(cast, tmp_path) -> Path:
    """Two that were merged, in an installation that their export was loaded into."""
    kept, gone = organisation("tallen"), organisation("tallens")
    address = Address(organisation=gone, kind="postal", street="Gatan 1", town="Lund")
    create(address, Actor("person:karin"))
    ContactFactory(organisation=gone)
    source = Source.objects.create(key="lista", title="Listan")
    Citation.objects.create(source=source, subject=gone.subject, first_line=4, last_line=4)
    merge(kept, gone, viewer("karin"), timezone.now(), chosen={})
    export(tmp_path / "before")
    empty()
    assert not bring(tmp_path / "before").faults
    return tmp_path


def test_an_export_with_a_merge_in_it_is_the_same_after_a_round(carried):
    export(carried / "after")
    before, after = files_of(carried / "before"), files_of(carried / "after")
    assert before["mergestep.jsonl"].count(b"\n") > 5
    for name in ("merge", "mergestep", "activity", "citation", "organisation", "name"):
        assert after[f"{name}.jsonl"] == before[f"{name}.jsonl"]


def test_a_merge_is_undone_where_it_was_carried_to(carried):
    Person.objects.filter(key="karin").update(account=User.objects.get(email="karin@example.org"))
    done = part(Merge.objects.get(), viewer("karin"), timezone.now())
    back = Organisation.objects.get(key="tallens")
    assert (back.addresses.count(), back.contacts.count()) == (1, 1)
    assert Citation.objects.get(subject=back.subject).first_line == 4
    assert done.left == 0


def test_no_step_is_carried_of_what_has_only_a_number_there(carried):
    assert not MergeStep.objects.filter(row__regex=r"^\d+$").exclude(column="").exists()
