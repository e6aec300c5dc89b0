"""What was established stands: no other bytes, no removal, whoever tries and in whatever way."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tillit.kit.changes import change, remove, undo
from tillit.kit.files import keeping
from tillit.kit.files.uploads import read
from tillit.kit.models import Activity, StoredFile
from tillit.kit.refusal import Refused
from tillit.records.actions import edit, freeze, upload_of
from tillit.records.models import Record, RecordStep
from tillit.records.tests.paper import KARIN, pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(scene):
    return StoredFile.objects.get(of=scene.record.subject)


def test_a_document_is_frozen_with_who_and_when_by_one_call(scene):
    it = freeze(
        "Version 2",
        kind="agreement",
        of="version:skane.2010",
        keeper=scene.civil,
        upload=upload_of(pdf("Två"), "Två.pdf"),
        actor=KARIN,
        now=timezone.now(),
        circle="agreement:skane",
        by="Karin",
    )
    assert (it.state, it.of, it.circle) == ("established", "version:skane.2010", "agreement:skane")
    step = RecordStep.objects.get(record=it)
    assert (step.kind, step.by, step.circle) == ("established", "Karin", "agreement:skane")
    assert StoredFile.objects.get(of=it.subject).circle == "agreement:skane"


def test_its_digest_does_not_change(scene):
    with pytest.raises(ValidationError):
        change(scene.record, {"sha256": "0" * 64}, KARIN)
    with pytest.raises(ValidationError):
        change(scene.record, {"state": "draft"}, KARIN)
    other = upload_of(pdf("Annat"), "Annat.pdf")
    with pytest.raises(ValidationError):
        edit(scene.record, {"title": "Nytt"}, other, KARIN, timezone.now())
    assert Record.objects.get().title == "Avtalet"


def test_its_file_is_not_replaced_nor_taken_away(scene, file):
    other = read(BytesIO(pdf("Annat")), "Annat.pdf")
    with pytest.raises(ValidationError):
        keeping.replace(file, other, file.circle, KARIN, timezone.now())
    with pytest.raises(Refused):
        keeping.take_away(file, KARIN)
    with pytest.raises(Refused):
        StoredFile.objects.filter(pk=file.pk).delete()
    assert StoredFile.objects.get().sha256 == scene.record.sha256


def test_it_is_not_removed_nor_are_its_steps_undone(scene):
    with pytest.raises((Refused, ValidationError)):
        remove(scene.record, KARIN)
    for noted in Activity.objects.filter(subject__startswith="record"):
        with pytest.raises(Refused):
            undo(noted, KARIN)
    assert RecordStep.objects.count() == 1
