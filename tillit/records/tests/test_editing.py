"""A record is entered, changed as a draft, and taken away as a draft: by its keeper's editors."""

import pytest
from django.core.exceptions import ValidationError

from tillit.kit.changes import change
from tillit.kit.models import Activity, StoredFile
from tillit.records.models import CaseNumber, Record
from tillit.records.tests.factories import RecordFactory
from tillit.records.tests.paper import KARIN, pdf, sent
from tillit.register.models import Organisation
from tillit.register.tests.filling import fill, opened

pytestmark = pytest.mark.django_db
NEW = "/handlingar/ny/"


def entered(client, **typed):
    response = fill(client, NEW, **{"title": "Protokoll", "kind": "minutes", **typed})
    assert response.status_code == 302, response.context["form"].errors
    return Record.objects.latest("pk")


def opens(client, file):
    response = client.get(file.get_absolute_url())
    return b"".join(response.streaming_content) == pdf()


def test_it_is_its_keeper_s_alone_unless_one_says_otherwise(cast):
    record = entered(cast.member, file=sent(pdf()), number="12/2025")
    assert (record.keeper.key, record.circle, record.state) == (
        "foreningen",
        "organisation:foreningen",
        "draft",
    )
    file = StoredFile.objects.get(of=record.subject)
    assert (file.sha256, file.circle) == (record.sha256, record.circle)
    assert CaseNumber.objects.get().circle == record.circle
    assert cast.anonymous.get(file.get_absolute_url()).status_code == 404
    assert cast.official.get(record.get_absolute_url()).status_code == 404
    assert opens(cast.member, file)


def test_when_others_may_see_it_its_file_goes_along(cast):
    record = entered(cast.member, file=sent(pdf()))
    url = f"{record.get_absolute_url()}andring/"
    assert fill(cast.member, url, circle="public").status_code == 302
    file = StoredFile.objects.get()
    assert file.circle == "public"
    assert opens(cast.anonymous, file)
    assert ["organisation:foreningen", "public"] in [
        it.changes.get("circle") for it in Activity.objects.filter(subject=record.subject)
    ]


def test_a_draft_gets_another_file(cast):
    record = entered(cast.member, file=sent(pdf()))
    other = pdf("Annat")
    url = f"{record.get_absolute_url()}andring/"
    assert fill(cast.member, url, title="Nytt", file=sent(other)).status_code == 302
    record.refresh_from_db()
    assert record.title == "Nytt"
    assert StoredFile.objects.get().sha256 == record.sha256


def test_of_two_editors_the_second_is_told(cast):
    record = entered(cast.member)
    url = f"{record.get_absolute_url()}andring/"
    typed = opened(cast.member, url)
    fill(cast.member, url, title="Den enas")
    second = cast.member.post(url, {**typed, "title": "Den andras"})
    assert second.status_code == 422
    page = second.content.decode()
    assert "Den enas" in page
    assert "Den andras" in page
    assert Record.objects.get().title == "Den enas"


def test_a_draft_is_taken_away_with_its_file_and_nothing_else_is(cast):
    record = entered(cast.member, file=sent(pdf()), number="7")
    url = f"{record.get_absolute_url()}borttagning/"
    assert cast.member.get(url).status_code == 200
    assert cast.member.post(url).status_code == 302
    assert not Record.objects.exists()
    assert not StoredFile.objects.exists()


def test_what_is_established_is_not_taken_away(cast, scene):
    assert cast.coordinator.post(f"{scene.url}borttagning/").status_code == 409
    page = cast.coordinator.get(f"{scene.url}andring/")
    assert "file" not in page.context["form"].fields
    assert fill(cast.coordinator, f"{scene.url}andring/", note="Mer").status_code == 302


def test_each_organisation_writes_its_own_number(cast, scene):
    url = f"{scene.url}diarienummer/"
    assert fill(cast.official, url, number="Ks1216/2018").status_code == 302
    row = CaseNumber.objects.get()
    assert (row.organisation.key, row.number) == ("regionen", "Ks1216/2018")
    fill(cast.official, url, number="Ks1217/2018")
    assert CaseNumber.objects.get().number == "Ks1217/2018"
    fill(cast.official, url, number="")
    assert not CaseNumber.objects.exists()


@pytest.mark.parametrize(
    "typed",
    [
        {"title": ""},
        {"kind": "x"},
        {"dated": "igår"},
        {"circle": "organisation:regionen"},
        {"file": sent(b"MZ program", "avtal.exe")},
    ],
)
def test_bad_input_gets_words(cast, typed):
    response = fill(cast.member, NEW, **{"title": "Protokoll", "kind": "minutes", **typed})
    assert response.status_code == 422
    assert not Record.objects.exists()


def test_it_belongs_to_what_one_can_read(cast):
    response = fill(cast.member, f"{NEW}?om=organisation:foreningen", title="T", kind="letter")
    assert response.status_code == 302
    assert Record.objects.get().of == "organisation:foreningen"
    assert cast.member.get(f"{NEW}?om=organisation:a%00b").status_code == 200
    fill(cast.member, f"{NEW}?om=organisation:finns-inte", title="T", kind="letter")
    assert Record.objects.latest("pk").of == ""


@pytest.mark.parametrize("page", ["andring", "borttagning", "steg/upprattad", "begaran"])
def test_others_may_not(cast, page):
    record = RecordFactory(keeper=Organisation.objects.get(key="foreningen"))
    url = f"{record.get_absolute_url()}{page}/"
    assert cast.official.get(url).status_code == 403
    assert cast.coordinator.get(url).status_code == 403
    assert cast.outsider.get(url).status_code == 403
    assert cast.anonymous.get(url).status_code == 302
    assert cast.anonymous.post(url).status_code == 403
    assert cast.member.delete(url).status_code == 405
    assert cast.outsider.get(NEW).status_code == 403


def test_what_says_how_long_it_is_kept_stands_with_the_bytes(cast, scene):
    url = f"{scene.url}andring/"
    assert not {"kind", "dated"} & {*cast.coordinator.get(url).context["form"].fields}
    fill(cast.coordinator, url, kind="letter", dated="1990")
    with pytest.raises(ValidationError):
        change(scene.record, {"kind": "letter"}, KARIN)
    scene.record.refresh_from_db()
    assert scene.record.kind == "agreement"
    known = RecordFactory(state="established", dated="2010")
    change(known, {"dated": "2010-06-29"}, KARIN)
    assert Record.objects.get(pk=known.pk).dated == "2010-06-29"
