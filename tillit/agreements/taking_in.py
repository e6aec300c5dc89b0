"""A draft's text from a document: what becomes of each section, and the writing as one change."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from tillit.agreements.choices import Stage
from tillit.agreements.models import Section, Version
from tillit.kit.changes import Actor, together
from tillit.kit.documents.reading import Part, Read
from tillit.kit.refusal import Refused

SALT = "tillit.agreements.taking_in"
Standing = dict[str, list[str]]  # by number: heading and text


@dataclass(frozen=True)
class Taken:
    """What was recognised, and what stood in the draft then."""

    title: str
    parts: list[Part]
    remarks: list[str]
    stood: Standing

    @property
    def doubtful(self) -> int:
        return sum(bool(it.doubts) for it in self.parts)

    @property
    def fates(self) -> Iterator[tuple[Part, str, list[str] | None]]:
        """Each section with what becomes of it, and what stands under its number today."""
        for it in self.parts:
            former = self.stood.get(it.number)
            if former is None:
                yield it, "new", None
            elif former == [it.heading, it.text]:
                yield it, "same", former
            else:
                yield it, "replaced", former

    @property
    def removed(self) -> list[tuple[str, str]]:
        """The sections that would go, as number and heading."""
        kept = {it.number for it in self.parts}
        return [(number, said[0]) for number, said in self.stood.items() if number not in kept]


def standing(version: Version) -> Standing:
    rows = Section.objects.filter(version=version).order_by("place")
    return {it.number: [it.heading, it.text] for it in rows}


def recognised(found: Read, version: Version) -> Taken:
    return Taken(found.title, found.parts, found.remarks, standing(version))


def sealed(it: Taken, version: Version) -> str:
    """For a hidden field: only this installation can have written it, for this version."""
    return signing.dumps({"of": version.subject, **asdict(it)}, salt=SALT, compress=True)


def unsealed(text: str, version: Version) -> Taken:
    """Raises Refused for what was tampered with, or is of another version."""
    try:
        said: dict[str, Any] = signing.loads(text, salt=SALT)
    except signing.BadSignature:
        said = {}
    if said.pop("of", "") != version.subject:
        raise Refused(
            _("What was recognised got lost on the way. Choose the document once more."), 400
        )
    return Taken(**{**said, "parts": [Part(**it) for it in said["parts"]]})


class Meanwhile(Exception):  # noqa: N818 (nothing went wrong)
    """Somebody has written in the draft since it was looked through."""


def write(it: Taken, version: Version, actor: Actor, reason: str) -> int:
    """The sections as one change; what keeps its number keeps its key. Tells how many were written.

    Raises Meanwhile, Refused, and ValidationError where something rests on a section that would go.
    """
    with together(actor, reason, version.about) as change:
        version.lock()
        locked = Version.objects.select_for_update().get(pk=version.pk)
        if locked.stage != Stage.DRAFT:
            raise Refused(_("The version is no draft any more, so its text stands as it is."), 409)
        if locked.is_bound:
            raise Refused(_("A party has adopted the version, so its text stands as it is."), 409)
        if standing(version) != it.stood:
            raise Meanwhile
        rows = {row.number: row for row in Section.objects.filter(version=version)}
        for number, _heading in it.removed:
            change.remove(rows[number])
        for part, fate, _former in it.fates:
            said = {"heading": part.heading, "text": part.text}
            if fate == "new":
                row = Section(version=version, number=part.number, **said)
                row.guard()
                change.create(row)
            elif fate == "replaced":
                change.change(rows[part.number], said)
    return len(it.parts)
