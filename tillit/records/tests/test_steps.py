"""Steps: established, attested, received, sent and weeded, each with who, when and why."""

import pytest

from tillit.kit.models import Activity, StoredFile
from tillit.records.models import Record, RecordStep
from tillit.records.tests.factories import RecordFactory, RetentionRuleFactory
from tillit.records.tests.paper import sent
from tillit.register.models import Mandate, Organisation
from tillit.register.tests.filling import fill, opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(cast):
    return RecordFactory(keeper=Organisation.objects.get(key="paraplyet"), kind="minutes")


def step(client, record, word, **typed):
    return fill(client, f"{record.get_absolute_url()}steg/{word}/", **typed)


def test_minutes_are_established_attested_and_sent(cast, draft):
    assert step(cast.coordinator, draft, "upprattad", reason="Beslut").status_code == 302
    assert (
        step(cast.coordinator, draft, "justerad", by="Inga Ek", dated="2025-05-16").status_code
        == 302
    )
    assert step(cast.coordinator, draft, "expedierad", counterpart="Regionen").status_code == 302
    draft.refresh_from_db()
    assert draft.state == "sent"
    rows = RecordStep.objects.values_list("number", "kind", "by", "counterpart")
    assert list(rows) == [
        (1, "established", "Karin", ""),
        (2, "attested", "Inga Ek", ""),
        (3, "sent", "Karin", "Regionen"),
    ]
    assert Activity.objects.filter(subject=draft.subject, reason="Beslut").exists()
    assert "Inga Ek" in cast.anonymous.get(draft.get_absolute_url()).content.decode()


def test_what_was_received_says_from_whom(cast, draft):
    assert step(cast.coordinator, draft, "inkommen").status_code == 422
    assert step(cast.coordinator, draft, "inkommen", counterpart="Regionen").status_code == 302
    draft.refresh_from_db()
    assert draft.is_frozen


def test_a_step_that_another_took_meanwhile_gets_words(cast, draft):
    url = f"{draft.get_absolute_url()}steg/upprattad/"
    typed = opened(cast.coordinator, url)
    step(cast.coordinator, draft, "upprattad")
    late = cast.coordinator.post(url, typed)
    assert late.status_code == 422
    assert "nu upprättad" in late.content.decode()
    assert cast.coordinator.get(url).status_code == 409
    assert cast.coordinator.get(url.replace("upprattad", "glomd")).status_code == 404
    assert RecordStep.objects.count() == 1


@pytest.fixture
def due(scene):
    Record.objects.filter(pk=scene.record.pk).update(dated="2010-06-29")
    RetentionRuleFactory(keeper=scene.civil, keeping="weed", years=10)
    return scene


def test_it_is_weeded_when_the_rule_says_so_and_what_it_was_stays(cast, due):
    file = StoredFile.objects.get()
    assert "/gallring/" in cast.coordinator.get(due.url).content.decode()
    url = f"{due.url}gallring/"
    assert fill(cast.coordinator, url, reason="").status_code == 422
    assert fill(cast.coordinator, url, reason="Gallringsbeslut 2021").status_code == 302
    assert not StoredFile.objects.exists()
    record = Record.objects.get()
    assert (record.state, record.sha256) == ("weeded", file.sha256)
    assert cast.anonymous.get(file.get_absolute_url()).status_code == 404
    assert "gallrats" in cast.anonymous.get(due.url).content.decode()
    checked = cast.anonymous.get("/kontrollera/", {"sha256": record.sha256})
    assert checked.context["matches"][0].record == record
    assert cast.coordinator.get(url).status_code == 409


def test_it_is_not_weeded_before_nor_by_others(cast, scene, due):
    url = f"{due.url}gallring/"
    assert cast.official.get(url).status_code == 403
    Mandate.objects.filter(person__key="karin").update(extent="edit", secretariat=None)
    assert cast.coordinator.get(url).status_code == 403
    Mandate.objects.filter(person__key="karin").update(extent="lead", secretariat=None)
    Record.objects.update(dated="")
    assert cast.coordinator.get(url).status_code == 409


def test_nothing_more_is_done_with_what_was_weeded(cast, due):
    fill(cast.coordinator, f"{due.url}gallring/", reason="Beslut")
    assert cast.coordinator.get(f"{due.url}steg/expedierad/").status_code == 409
    assert cast.coordinator.get(f"{due.url}andring/").status_code == 403
    assert cast.coordinator.get(f"{due.url}underskrift/").status_code == 409
    late = fill(cast.coordinator, f"{due.url}exemplar/", file=sent(b"%PDF-1.7 x"), name="Inga")
    assert late.status_code == 422
    page = fill(cast.coordinator, f"{due.url}begaran/", organisation="foreningen")
    assert page.status_code == 422
