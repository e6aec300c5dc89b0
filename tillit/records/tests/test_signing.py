"""Signing in Tillit: the very text, once, and for nobody but those whom one binds."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tillit.kit import contributions as kit
from tillit.kit.contributions import Contributions
from tillit.records.actions import ask_signatures, is_complete, sign
from tillit.records.models import Signatory, Signature
from tillit.records.tests.factories import RecordFactory, SignatoryFactory, SignatureFactory
from tillit.records.tests.paper import KARIN, frozen
from tillit.register.models import Mandate, Organisation
from tillit.register.tests.filling import fill, opened

pytestmark = pytest.mark.django_db
TYPED = {"role": "Ordförande", "has_read": "on"}


def signing(client, scene, **typed):
    return fill(client, f"{scene.url}underskrift/", **{**TYPED, **typed})


def test_both_sides_sign_the_same_bytes_and_then_it_is_complete(cast, scene, monkeypatch):
    heard = []
    given = [*kit.contributions(), Contributions(signed=lambda *what: heard.append(what))]
    monkeypatch.setattr(kit, "contributions", lambda: given)
    scene.record.of = ""
    assert signing(cast.coordinator, scene).status_code == 302
    assert not is_complete(scene.record)
    assert heard == []
    assert signing(cast.official, scene, place="Malmö").status_code == 302
    assert is_complete(scene.record)
    [(subject, record, actor)] = heard
    assert (subject, record, actor.behalf) == ("", scene.record.subject, "organisation:regionen")
    rows = Signature.objects.order_by("pk").values_list("name", "side", "place", "sha256")
    assert list(rows) == [
        ("Karin", "civil", "", scene.record.sha256),
        ("Omar", "public", "Malmö", scene.record.sha256),
    ]


def test_a_text_that_changed_is_not_signed(cast, scene):
    response = signing(cast.coordinator, scene, sha256="0" * 64)
    assert response.status_code == 422
    assert "har ändrats" in response.content.decode()
    assert not Signature.objects.exists()


def test_nobody_signs_twice_for_the_same_organisation(cast, scene):
    typed = {**opened(cast.coordinator, f"{scene.url}underskrift/"), **TYPED}
    for status in (302, 422):
        response = cast.coordinator.post(f"{scene.url}underskrift/", typed)
        assert response.status_code == status
    assert "redan skrivit under" in response.content.decode()
    assert Signature.objects.count() == 1


def test_nobody_signs_for_somebody_else(cast, scene):
    url = f"{scene.url}underskrift/"
    for client in (cast.member, cast.outsider):
        assert client.get(url).status_code == 403
        assert client.post(url, TYPED).status_code == 403
    assert cast.anonymous.post(url, TYPED).status_code == 403
    assert cast.anonymous.get(url).status_code == 302
    assert cast.coordinator.put(url).status_code == 405
    Mandate.objects.filter(person__key="karin").update(
        extent="edit", secretariat=None
    )  # who edits binds nobody
    assert cast.coordinator.get(url).status_code == 403
    assert not Signature.objects.exists()


def test_a_draft_is_not_signed(cast):
    keeper = Organisation.objects.get(key="paraplyet")
    draft = RecordFactory(keeper=keeper, sha256="a" * 64)
    SignatoryFactory(record=draft, organisation=keeper)
    assert cast.coordinator.get(f"{draft.get_absolute_url()}underskrift/").status_code == 409
    asked = Signature(record=draft, organisation=keeper, name="Karin")
    with pytest.raises(ValidationError):
        sign(asked, draft.sha256, KARIN, timezone.now())
    with pytest.raises(ValidationError):
        ask_signatures(draft, [(keeper, "civil")], KARIN)


def test_an_agreement_of_one_side_alone_is_never_complete(cast, scene):
    record = frozen(scene.civil, timezone.now(), scene.civil)
    SignatureFactory(record=record, organisation=scene.civil)
    assert not is_complete(record)
    minutes = frozen(scene.civil, timezone.now(), scene.civil, kind="minutes")
    SignatureFactory(record=minutes, organisation=scene.civil)
    assert is_complete(minutes)


@pytest.mark.parametrize("typed", [{"role": ""}, {"has_read": ""}, {"role": "x" * 300}])
def test_bad_input_gets_words(cast, scene, typed):
    assert signing(cast.coordinator, scene, **typed).status_code == 422


def test_the_desk_asks_who_can_sign_until_it_is_done_and_nobody_else(cast, scene):
    def desk(client):
        return client.get("/skrivbord/").content.decode()

    assert f"{scene.url}underskrift/" in desk(cast.official)
    assert f"{scene.url}underskrift/" not in desk(cast.member)
    assert "Underskrift av Regionen" in desk(cast.coordinator)
    signing(cast.official, scene)
    assert f"{scene.url}underskrift/" not in desk(cast.official)
    assert "Underskrift av Regionen" not in desk(cast.coordinator)


def test_whom_to_ask_is_named_and_asked_once(cast, scene):
    url = f"{scene.url}begaran/"
    assert fill(cast.coordinator, url, organisation="foreningen").status_code == 302
    for name in ("foreningen", "finns inte", ""):
        assert fill(cast.coordinator, url, organisation=name).status_code == 422
    row = Signatory.objects.get(organisation__key="foreningen")
    assert row.side == "civil"
    back = f"{url}{row.key}/borttagning/"
    assert cast.official.post(back).status_code == 403
    assert cast.coordinator.get(back).status_code == 405
    assert cast.coordinator.post(back).status_code == 302
    assert not Signatory.objects.filter(pk=row.pk).exists()


def test_what_has_been_signed_stays_asked_for(cast, scene):
    signing(cast.official, scene)
    row = Signatory.objects.get(organisation__key="regionen")
    back = f"{scene.url}begaran/{row.key}/borttagning/"
    assert cast.coordinator.post(back).status_code == 409


def test_the_page_asks_little(cast, scene, most_queries):
    with most_queries():
        assert cast.coordinator.get(f"{scene.url}underskrift/").status_code == 200
    with most_queries():
        assert cast.coordinator.get(scene.url).status_code == 200


def test_one_person_does_not_stand_twice_for_an_organisation(scene):
    one = SignatureFactory(record=scene.record, organisation=scene.civil, name="Inga Ek")
    twin = SignatureFactory(record=scene.record, organisation=scene.civil, name="INGA EK")
    with pytest.raises(ValidationError):
        twin.check_beside()
    other = SignatureFactory.build(record=scene.record, organisation=scene.civil, sha256="b" * 64)
    with pytest.raises(ValidationError):
        other.clean()
    assert one.sha256 == scene.record.sha256
