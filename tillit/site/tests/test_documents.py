"""The document of a source: attached by an office, opened by those who may, replaced, taken away."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tillit.kit.files.tests.samples import PDF, picture
from tillit.kit.models import Activity, Source, StoredFile
from tillit.register.choices import ADMINISTRATORS
from tillit.site.files import sweep_all

pytestmark = pytest.mark.django_db
PAGE = "/kallor/S3/"
NEW = f"{PAGE}dokument/nytt/"
WORDS = "Bara de som arbetar på kansliet"


@pytest.fixture(autouse=True)
def source(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.MEDIA_ROOT.mkdir()
    return Source.objects.create(key="S3", title="Avtalet")


def send(client, url=NEW, content=PDF, name="Avtal.pdf", circle="public", **more):
    file = {"file": SimpleUploadedFile(name, content)} if content is not None else {}
    return client.post(url, {**file, "circle": circle, **more})


def attached(client, **how):
    assert send(client, **how).status_code == 302
    return StoredFile.objects.latest("pk")


def page(client):
    return client.get(PAGE).content.decode()


def sealed(client, url):
    return client.get(url).context["form"]["seen"].value()


@pytest.mark.parametrize("role", ["coordinator", "official"])
def test_either_office_attaches_a_document_that_everybody_opens(cast, role, most_queries):
    row = attached(getattr(cast, role))
    assert (row.of, row.circle, row.name) == ("source:S3", "public", "Avtal.pdf")
    with most_queries():
        shown = page(cast.anonymous)
    assert f'href="{row.get_absolute_url()}">Avtal.pdf</a>' in shown
    assert "Byt ut" not in shown
    response = cast.anonymous.get(row.get_absolute_url())
    assert b"".join(response.streaming_content) == PDF
    with most_queries():
        assert "Byt ut" in page(getattr(cast, role))


def test_one_for_the_office_alone_is_seen_by_nobody_else(cast, administrator):
    row = attached(cast.coordinator, circle="secretariat:civil")
    assert WORDS in page(cast.coordinator)
    for client in (cast.official, cast.member, cast.anonymous, administrator):
        assert row.name not in page(client)
        assert client.get(row.get_absolute_url()).status_code == 404
    assert cast.official.get(f"{PAGE}dokument/{row.key}/").status_code == 404
    assert cast.official.post(f"{PAGE}dokument/{row.key}/borttagning/").status_code == 404


def test_who_keeps_the_installation_running_attaches_too(administrator, cast):
    row = attached(administrator, circle=ADMINISTRATORS)
    assert "Bara de som sköter driften" in page(administrator)
    assert row.name not in page(cast.coordinator)


def test_a_circle_of_others_can_not_be_chosen(cast):
    response = send(cast.coordinator, circle="secretariat:public")
    assert response.status_code == 422
    assert "Välj vem som ser filen." in response.content.decode()
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (None, "", "Välj en fil."),
        (b"", "a.pdf", "Filen är tom."),
        (b"<html>", "a.pdf", "webbsida"),
        (picture(), "a.pdf", "innehållet är PNG"),
    ],
)
def test_what_can_not_be_taken_is_told_at_the_field(cast, content, name, words):
    response = send(cast.coordinator, content=content, name=name)
    assert response.status_code == 422
    assert words in response.content.decode()


def test_a_huge_one_is_told_and_not_written(cast, settings):
    settings.TILLIT_LARGEST_FILE = 2**20
    settings.TILLIT_LARGEST_REQUEST = 2**20 + 65_536
    response = send(cast.coordinator, content=PDF + bytes(4 * 2**20))
    assert response.status_code == 422
    assert "större än 1 MB" in response.content.decode()


def test_it_is_replaced_and_its_readers_changed_with_a_trace(cast, settings):
    row = attached(cast.coordinator)
    url = f"{PAGE}dokument/{row.key}/"
    seen = sealed(cast.coordinator, url)
    assert send(cast.coordinator, url, picture(), "bild.png", seen=seen).status_code == 302
    row.refresh_from_db()
    assert (row.name, row.media_type, row.circle) == ("bild.png", "image/png", "public")
    seen = sealed(cast.coordinator, url)
    send(cast.coordinator, url, None, circle="secretariat:civil", seen=seen)
    row.refresh_from_db()
    assert row.circle == "secretariat:civil"
    changes = [it.changes for it in Activity.objects.filter(verb="changed").order_by("pk")]
    assert changes[0]["name"] == ["Avtal.pdf", "bild.png"]
    assert changes[1] == {"circle": ["public", "secretariat:civil"]}
    told = Activity.objects.filter(subject=row.subject).values_list("circle", flat=True)
    assert set(told) == {"secretariat:civil"}


def test_who_comes_second_is_told_and_replaces_nothing_unseen(cast):
    row = attached(cast.coordinator)
    url = f"{PAGE}dokument/{row.key}/"
    seen = sealed(cast.official, url)
    send(cast.coordinator, url, PDF + b"2", "Nyare.pdf", seen=sealed(cast.coordinator, url))
    response = send(cast.official, url, PDF + b"3", "Min.pdf", seen=seen)
    assert response.status_code == 422
    assert "Filen är nu: Nyare.pdf" in response.content.decode()
    row.refresh_from_db()
    assert row.name == "Nyare.pdf"


def test_taking_away_asks_first_and_keeps_that_it_was_there(
    cast, django_capture_on_commit_callbacks, settings
):
    row = attached(cast.coordinator)
    url = f"{PAGE}dokument/{row.key}/borttagning/"
    assert "Ta bort dokumentet?" in cast.coordinator.get(url).content.decode()
    assert StoredFile.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert cast.coordinator.post(url).status_code == 302
    assert not StoredFile.objects.exists()
    assert not [it for it in settings.MEDIA_ROOT.rglob("*") if it.is_file()]
    assert Activity.objects.get(verb="removed").changes["name"] == ["Avtal.pdf", None]
    assert cast.coordinator.post(url).status_code == 404


def test_others_attach_nothing(cast):
    assert send(cast.member).status_code == 403
    assert send(cast.outsider).status_code == 403
    assert cast.anonymous.get(NEW).status_code == 302
    assert "Lägg till" not in page(cast.member)


def test_a_judgement_has_no_document(cast, source):
    source.is_document = False
    source.save()
    assert send(cast.coordinator).status_code == 404
    assert NEW not in page(cast.coordinator)


def test_a_storage_that_is_away_is_told_where_it_is_kept_running(
    administrator, monkeypatch, most_queries
):
    with most_queries():
        assert "går inte att nå" not in administrator.get("/drift/").content.decode()

    def away(_self):
        raise PermissionError

    monkeypatch.setattr("tillit.kit.files.folders.Folder.probe", away)
    assert "Filerna går inte att nå" in administrator.get("/drift/").content.decode()


def test_files_whose_content_is_gone_are_told_where_it_is_kept_running(
    administrator, cast, settings
):
    row = attached(cast.coordinator)
    (settings.MEDIA_ROOT / row.path).unlink()
    sweep_all(timezone.now())
    shown = administrator.get("/drift/").content.decode()
    assert "Filer vars innehåll är borta" in shown
    assert row.key in shown
