"""What several parties made together is not its keeper's alone: to show, to ask about, to destroy."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tillit.kit.changes import change
from tillit.kit.models import StoredFile
from tillit.kit.refusal import Refused
from tillit.records.actions import edit, weed
from tillit.records.models import Record, RecordStep, Signatory
from tillit.records.tests.factories import RetentionRuleFactory, SignatureFactory
from tillit.records.tests.paper import KARIN, frozen
from tillit.register.tests.filling import fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def joint(scene):
    record = frozen(scene.civil, timezone.now(), scene.civil, scene.public, joint=True)
    RetentionRuleFactory(keeper=scene.civil, keeping="weed", years=10)
    return record


def test_its_keeper_says_no_other_readers(cast, joint):
    url = f"{joint.get_absolute_url()}andring/"
    assert "circle" not in cast.coordinator.get(url).context["form"].fields
    assert fill(cast.coordinator, url, circle="organisation:paraplyet").status_code == 302
    joint.refresh_from_db()
    assert joint.circle == "public"
    with pytest.raises(ValidationError):
        edit(joint, {"circle": "organisation:paraplyet"}, None, KARIN, timezone.now())
    with pytest.raises(ValidationError):
        change(joint, {"joint": False}, KARIN)


def test_its_keeper_asks_nobody_more_and_nobody_less(cast, joint):
    url = f"{joint.get_absolute_url()}begaran/"
    assert cast.coordinator.get(url).status_code == 403
    assert cast.coordinator.post(url, {"organisation": "foreningen"}).status_code == 403
    row = Signatory.objects.get(record=joint, organisation__key="regionen")
    assert cast.coordinator.post(f"{url}{row.key}/borttagning/").status_code == 403
    assert Signatory.objects.filter(record=joint).count() == 2
    assert url not in cast.coordinator.get(joint.get_absolute_url()).content.decode()


def old(record):
    Record.objects.filter(pk=record.pk).update(dated="2010-06-29")


def test_it_is_not_weeded_by_its_keeper_alone(cast, joint):
    old(joint)
    url = f"{joint.get_absolute_url()}gallring/"
    refused = cast.coordinator.get(url)
    assert refused.status_code == 409
    assert "ensam" in refused.content.decode()
    assert url not in cast.coordinator.get(joint.get_absolute_url()).content.decode()
    with pytest.raises(Refused):
        weed(joint, RecordStep(reason="Beslut"), KARIN)
    assert StoredFile.objects.filter(of=joint.subject).exists()


def test_nor_is_what_others_have_signed(cast, scene):
    RetentionRuleFactory(keeper=scene.civil, keeping="weed", years=10)
    old(scene.record)
    SignatureFactory(record=scene.record, organisation=scene.public)
    assert cast.coordinator.get(f"{scene.url}gallring/").status_code == 409


def test_whoever_asks_moves_nobody_to_the_other_side(cast, scene):
    fill(cast.coordinator, f"{scene.url}begaran/", organisation="foreningen", side="public")
    assert Signatory.objects.get(organisation__key="foreningen").side == "civil"
