"""A day to put into one's own calendar: a file by RFC 5545, which all calendars read."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.http import HttpResponse

MOST = 75  # bytes of a line, before it is folded
ESCAPED = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""}


@dataclass(frozen=True)
class WholeDay:
    """A day that matters. `uid` is the same each time, so that it is moved and not doubled."""

    uid: str
    title: str
    day: date
    url: str = ""
    text: str = ""


def calendar_file(name: str, day: WholeDay, now: datetime) -> HttpResponse:
    response = HttpResponse(written(day, now), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


def written(it: WholeDay, now: datetime) -> str:
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Tillit//sv",
        "BEGIN:VEVENT",
        f"UID:{it.uid}",
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{it.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{it.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escaped(it.title)}",
        *([f"DESCRIPTION:{escaped(it.text)}"] if it.text else []),
        *([f"URL:{it.url}"] if it.url else []),
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{folded(line)}\r\n" for line in lines)


def escaped(text: str) -> str:
    return "".join(ESCAPED.get(mark, mark) for mark in text)


def folded(line: str) -> str:
    """In pieces that are short enough, none of which cuts a letter in two."""
    pieces, piece = [], ""
    for mark in line:
        if len(f"{piece}{mark}".encode()) > MOST:
            pieces.append(piece)
            piece = " "
        piece += mark
    return "\r\n".join([*pieces, piece])
