"""An export from before an erasure, loaded after it, brings nobody back: not the row, not the name."""

import pytest
from django.utils import timezone

from tests.emptying import empty
from tillit.kit.carrying.exporting import export
from tillit.kit.changes import Actor
from tillit.kit.models import Activity, StatedFigure
from tillit.kit.models.stated_figure import Looseness
from tillit.kit.tests.loads import Example
from tillit.privacy import keys
from tillit.privacy.deciding import Judgement, decide
from tillit.privacy.models import ErasedKey
from tillit.privacy.tests.filling import somebody
from tillit.privacy.tests.test_everything import left_of
from tillit.register.models import Organisation, Person, Role
from tillit.register.tests.factories import OrganisationFactory, PersonFactory, RoleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def erased_since(tmp_path, request_of, settings, django_capture_on_commit_callbacks):
    """An export with Qvx and Bo in it; and what was erased after it, of an installation now empty."""
    settings.DATA = tmp_path

    def do(*parts):
        said = "Qvx Åström leder NÄTVERKET"
        it = OrganisationFactory(key="natverket", description=said)
        qvx = somebody("qvx-astrom", "Qvx Åström", "qvx@example.org")
        RoleFactory(key="qvx-astrom.natverket", person=qvx, organisation=it)
        RoleFactory(key="bo.natverket", person=PersonFactory(key="bo"), organisation=it)
        Activity.objects.create(actor=qvx.subject, subject=it.subject, changes={"x": [said, "y"]})
        figure = {"as_written": "ett", "looseness": Looseness.EXACTLY, "low": 1, "seen": "2012"}
        StatedFigure.objects.create(key="f1", about=qvx.subject, measure="courses", **figure)
        export(tmp_path / "export")
        request = request_of(qvx, email="qvx@example.org", parts=list(parts))
        judged = Judgement("erased", "not_needed", "Behövs inte.", parts)
        with django_capture_on_commit_callbacks(execute=True):
            decide(request, judged, Actor("person:x"), timezone.now())
        ErasedKey.objects.all().delete()
        empty()
        return Example(tmp_path / "export")

    return do


def test_the_person_and_the_name_stay_away(erased_since):
    said = erased_since().load()
    assert "Rows that have been erased here" in said
    assert [it.key for it in Person.objects.all()] == ["bo"]
    assert [it.key for it in Role.objects.all()] == ["bo.natverket"]
    assert "[raderat]" in Organisation.objects.get().description
    assert left_of("Qvx Åström", "qvx-astrom") == set()


def test_who_was_erased_in_part_comes_back_without_that_part(erased_since):
    erased_since("roles").load()
    assert Person.objects.filter(key="qvx-astrom").exists()
    assert [it.key for it in Role.objects.all()] == ["bo.natverket"]
    assert not Activity.objects.filter(subject__contains="qvx-astrom.natverket").exists()


def test_the_list_outlives_the_database_and_names_nobody(erased_since):
    erased_since()
    assert not ErasedKey.objects.exists()
    assert keys.barred({"person:qvx-astrom", "person:bo"}) == {"person:qvx-astrom"}
    assert "qvx" not in keys.file().read_text()


def test_a_list_that_was_cut_short_still_bars_the_rest(erased_since):
    erased_since()
    whole = keys.file().read_text().split("\n")[1:-1]
    assert len(whole) > 1
    keys.file().write_text("\n".join([*whole[:-1], whole[-1][:30]]))
    assert len(keys.in_file() & {line.partition(" ")[2] for line in whole}) == len(whole) - 1
    keys.write([ErasedKey(digest="d" * 64, secret="5")])
    assert "d" * 64 in keys.in_file()
