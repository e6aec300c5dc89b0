"""Files that belong to a person are told, and gone from the storage itself after an erasure."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from tillit.kit.changes import Actor
from tillit.kit.contributions import own_data_of
from tillit.kit.files import keeping, storage
from tillit.kit.files.uploads import read
from tillit.kit.models import Activity, MadeDocument, StoredFile
from tillit.privacy import erasing
from tillit.privacy.tests.filling import somebody
from tillit.register.tests.factories import OrganisationFactory, RoleFactory

pytestmark = pytest.mark.django_db
SECRET = b"Qvx hemliga anteckning"


def keep(row, name):
    upload = read(BytesIO(SECRET), name)
    return keeping.keep(upload, row.subject, "public", Actor("person:karin"), timezone.now())


def long_one_that_may_name_the_person(of):
    made = MadeDocument.objects.create(
        key="svaren", of=of.subject, form="pdf", language="sv", name="svaren", title="Alla svar",
        asked_at=timezone.now(), made_at=timezone.now(),
    )  # fmt: skip
    storage.put(made.path, BytesIO(SECRET))


@pytest.mark.parametrize("parts", [(), ("files",)])
def test_an_erasure_reaches_the_bytes(
    parts, tmp_path, settings, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    person = somebody("qvx", "Qvx Åström", "qvx@example.org")
    organisation = OrganisationFactory()
    role = RoleFactory(key="qvx.roll", person=person, organisation=organisation)
    keep(person, "Qvx Åström.txt")
    keep(role, "Intyg.txt")
    others = keep(organisation, "Stadgar.txt")
    long_one_that_may_name_the_person(organisation)
    told = next(it for it in own_data_of(person.subject, person.account_id) if it.name == "files")
    assert [it["name"] for it in told.rows()] == ["Qvx Åström.txt", "Intyg.txt"]
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        erasing.erase(erasing.Erasure(person, person.account_id, parts))
    assert list(StoredFile.objects.all()) == [others]
    assert not MadeDocument.objects.exists()
    left = [it for it in tmp_path.rglob("*") if it.is_file()]
    assert [it.name for it in left] == [default_storage.path(others.path).rpartition("/")[2]]
    names = [str(it.changes) for it in Activity.objects.filter(subject__startswith="storedfile:")]
    assert not any("Qvx" in it or "Intyg" in it for it in names)
