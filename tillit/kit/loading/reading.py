"""The files below a folder, read or refused."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from tillit.kit.loading.faults import Faults, Spot, Wrong
from tillit.kit.loading.nodes import Node
from tillit.kit.loading.parsing import Parser, Room

MEGABYTES = 50
LARGEST = MEGABYTES * 1024 * 1024


@dataclass(frozen=True)
class Document:
    """A file that could be read: its name, and what stands at each of its keys."""

    file: str
    at: dict[str, Node]


@dataclass
class Documents:
    """The files that could be read. If some could not, what names their rows can't be judged."""

    read: list[Document] = field(default_factory=list)
    complete: bool = True


def files_below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.yaml") if path.is_file())


def read_files(files: list[Path], faults: Faults) -> Documents:
    documents, room = Documents(), Room()
    for path in files:
        file = os.fsencode(path).decode("utf-8", "replace")
        read = _read(path, file, faults, room)
        if read is None:
            documents.complete = False
        else:
            documents.read.append(Document(file, read))
    return documents


def _read(path: Path, file: str, faults: Faults, room: Room) -> dict[str, Node] | None:
    """The mapping in the file, or None where the file is refused."""
    text = _text(path, file, faults)
    if text is None:
        return None
    if "\t" in text:
        _refuse_tabs(text, file, faults)
        return None
    root = Parser(file, faults, room).read(text)
    return None if root is None else _mapping(root, file, faults)


def _text(path: Path, file: str, faults: Faults) -> str | None:
    try:
        return _bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        faults.add(Spot(file, line), _("the file is not in UTF-8"), _("save it as UTF-8"))
    except OSError as error:
        faults.add(Spot(file, 1), _("the file can't be read"), error.strerror or str(error))
    except Wrong as error:
        faults.add(Spot(file, 1), error.message, error.remedy)
    return None


def _bytes(path: Path) -> bytes:
    """The bytes of the file. One that is too large is refused before it is read."""
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_size > LARGEST:
            raise Wrong(
                _("the file is larger than %(size)s MB") % {"size": MEGABYTES},
                _("part it into several files"),
            )
        return file.read(LARGEST)


def _refuse_tabs(text: str, file: str, faults: Faults) -> None:
    for number, line in enumerate(text.split("\n"), start=1):
        if "\t" in line:
            faults.add(Spot(file, number), _("tabs are not read"), _("use spaces"))


def _mapping(root: Node, file: str, faults: Faults) -> dict[str, Node] | None:
    if isinstance(root.value, dict):
        return root.value
    if root.value == "":
        return {}  # nothing but comments
    faults.add(
        Spot(file, root.line),
        _("the file is not a mapping"),
        _("begin with a key such as “organisations:”, and put the list below it"),
    )
    return None
