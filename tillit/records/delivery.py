"""A record as a registry takes it: its files as they are, and what is known of it, in one archive.

The format of what is known stands in docs/delivery.md. Nothing is rendered anew.
"""

import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from tempfile import TemporaryFile
from typing import IO, Any
from xml.etree import ElementTree as ET

from tillit.kit.files.kinds import PDF
from tillit.kit.files.serving import bytes_of
from tillit.kit.models import StoredFile
from tillit.records.reading import Reading

FORMAT = "tillit-record-1"
FORMS = ("xml", "json")
PART = re.compile(rb"pdfaid:part(?:>|=[\"'])\s*(\d)")
CONFORMANCE = re.compile(rb"pdfaid:conformance(?:>|=[\"'])\s*([A-Za-z])")


def archive(reading: Reading, form: str, host: str) -> IO[bytes]:
    """A ZIP with the files, and `record.xml` or `record.json`. Raises Refused, Away."""
    file = TemporaryFile()  # noqa: SIM115 (the answer closes it)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        told = []
        for role, name, row in files_of(reading):
            with bytes_of(row) as opened:
                content = opened.read()
            packed.writestr(name, content)
            told.append(file_told(role, name, row, content))
        said = {**record_told(reading, host), "files": told}
        packed.writestr(f"record.{form}", as_xml(said) if form == "xml" else as_json(said))
    file.seek(0)
    return file


def files_of(reading: Reading) -> Iterator[tuple[str, str, StoredFile]]:
    """What each is, its name in the archive, and the row."""
    if reading.file:
        yield "original", f"original/{reading.file.name}", reading.file
    for number, copy in enumerate(reading.compared, 1):
        if copy.file:
            yield "signed-copy", f"signed-copy-{number}/{copy.file.name}", copy.file
    if reading.sealed_file:
        yield "sealed", f"sealed/{reading.sealed_file.name}", reading.sealed_file


def file_told(role: str, name: str, row: StoredFile, content: bytes) -> dict[str, Any]:
    return {
        "role": role,
        "name": name,
        "media_type": row.media_type,
        "bytes": row.size,
        "sha256": row.sha256,
        "pdfa": pdfa_of(content) if row.kind is PDF else "",
    }


def pdfa_of(content: bytes) -> str:
    """What the file says of itself: PDF/A-2b. Empty: it doesn't say that it is one."""
    part = PART.search(content)
    if part is None:
        return ""
    level = CONFORMANCE.search(content)
    return f"PDF/A-{part[1].decode()}{level[1].decode().lower() if level else ''}"


def record_told(reading: Reading, host: str) -> dict[str, Any]:
    it, rule = reading.record, reading.rule
    return {
        "format": FORMAT,
        "key": it.key,
        "url": f"{host}{it.get_absolute_url()}",
        "title": it.title,
        "kind": it.kind,
        "state": it.state,
        "dated": it.dated,
        "note": it.note,
        "sha256": it.sha256,
        "keeper": {"key": it.keeper.key, "name": it.keeper.name},
        "belongs_to": reading.belongs_to.title if reading.belongs_to else "",
        "case_numbers": [
            {"organisation": row.organisation.name, "number": row.number} for row in reading.numbers
        ],
        "steps": [
            {"step": row.kind, "dated": row.dated, "by": row.by, "counterpart": row.counterpart}
            | {"reason": row.reason}
            for row in reading.steps
        ],
        "signatures": [
            {
                "name": row.name,
                "role": row.role,
                "organisation": row.organisation.name,
                "side": row.side,
                "place": row.place,
                "dated": row.dated,
                "way": row.way,
                "sha256": row.sha256,
            }
            for row in reading.signatures
        ],
        "retention": {"keeping": rule.keeping, "years": rule.years, "basis": rule.basis}
        if rule
        else {},
    }


def as_json(said: Mapping[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


# What one of several is called in XML.
ONE = {
    "case_numbers": "case_number",
    "steps": "step",
    "signatures": "signature",
    "files": "file",
}


def as_xml(said: Mapping[str, Any]) -> str:
    """The same as the JSON: a name is an element, and one of several is called as in `ONE`."""
    root = ET.Element("record")
    put(root, said)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def put(above: ET.Element, said: Mapping[str, Any]) -> None:
    for name, value in said.items():
        element = ET.SubElement(above, name)
        if isinstance(value, Mapping):
            put(element, value)
        elif isinstance(value, Sequence) and not isinstance(value, str):
            for one in value:
                put(ET.SubElement(element, ONE[name]), one)
        else:
            element.text = printable(value)


def printable(value: Any) -> str:
    """Without the signs that XML can't have."""
    text = "" if value is None else str(value)
    return re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
