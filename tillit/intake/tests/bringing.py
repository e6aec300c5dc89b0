"""Bringing in lists, as people do it page by page."""

from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from tillit.intake.models import Intake, Stage

LISTS = Path(__file__).parent / "lists"
MEMBERS_2012, VARMLAND = LISTS / "members-2012.txt", LISTS / "varmland.txt"


def bring(client, kind="organisations", text="", file=None, title="Medlemslistan", **said):
    """Paste or upload. Returns the answer."""
    typed = {"title": title, "text": text, **said}
    if file is not None:
        name, data = file
        typed["file"] = SimpleUploadedFile(name, data)
    return client.post(f"/import/ny/{kind}/", typed)


def brought(client, *args, **said):
    """The import that was begun."""
    response = bring(client, *args, **said)
    assert response.status_code == 302, response.content.decode()[:3000]
    return Intake.objects.latest("pk")


def as_guessed(intake):
    """What the page of the reading has in its fields."""
    reading = intake.as_read
    said = {f"column-{at}": name for at, name in enumerate(intake.columns)}
    separator = "tab" if reading.separator == "\t" else reading.separator or ","
    head = {"has_head": "on"} if intake.has_head else {}
    book = {"sheet": reading.sheet} if reading.shape == "workbook" else {}
    return {
        **reading.kept(), "separator": separator, **head, **said, **book
    }  # fmt: skip


def recognised(client, *args, other=(), **said):
    """The import with its rows, as guessed but for what is said otherwise."""
    intake = brought(client, *args, **said)
    response = client.post(f"/import/{intake.key}/tolkning/", as_guessed(intake) | dict(other))
    assert response.status_code == 302, response.content.decode()[:3000]
    intake.refresh_from_db()
    assert intake.stage == Stage.PREVIEW, (intake.stage, intake.trouble)
    return intake


def rows_of(intake):
    return list(intake.rows.order_by("number"))


def titles(intake):
    return [row.as_found.title for row in rows_of(intake)]


def take_suggestions(client, intake):
    assert client.post(f"/import/{intake.key}/forslagen/").status_code == 302


def choose(client, intake, number, choice, answer=""):
    said = {f"choice-{number}": choice, **({f"answer-{number}": answer} if answer else {})}
    return client.post(f"/import/{intake.key}/rader/", said)


def confirm(client, intake):
    response = client.post(f"/import/{intake.key}/bekraftelse/")
    intake.refresh_from_db()
    return response


def written(client, *args, **said):
    """All the way, as it is suggested."""
    intake = recognised(client, *args, **said)
    take_suggestions(client, intake)
    confirm(client, intake)
    assert intake.stage == Stage.WRITTEN, intake.trouble
    return intake


def undo(client, intake):
    assert client.post(f"/import/{intake.key}/angring/").status_code == 302
    intake.refresh_from_db()
