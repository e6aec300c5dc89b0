"""YAML as the examples write it: plain mappings, lists and texts. Every value keeps its line.

The events of the parser are read one by one, so that a file that is too deep or too long is left
before it has filled the memory, and so that no text becomes a number, a day or a truth on the way.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn

import yaml
from django.utils.translation import gettext as _

from tillit.kit.loading.faults import FORMAT, Faults, Spot, Text, quoted
from tillit.kit.loading.nodes import Node

DEPTH = 20
VALUES = 2_000_000
# The parser in C where PyYAML has it: ten times as fast, with the same events.
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Unreadable(Exception):  # noqa: N818 (nothing went wrong here: the file can't be read on)
    """The rest of the file can't be read; the fault is told."""


@dataclass
class Room:
    """How many values the files of a load may still hold together."""

    left: int = VALUES


@dataclass
class Parser:
    """Builds the nodes of one file."""

    file: str
    faults: Faults
    room: Room
    root: Node | None = None
    documents: int = 0
    # The lists and mappings that are open, and the key that waits for its value in each.
    _open: list[Node] = field(default_factory=list)
    _keys: list[tuple[str, int] | None] = field(default_factory=list)

    def read(self, text: str) -> Node | None:
        """The root: an empty text where the file is empty, None where a fault ended the reading."""
        try:
            for event in events(text):
                self._take(event)
        except Unreadable:
            return None
        except yaml.reader.ReaderError as error:
            self._fault(line_of(text, error.position), *not_yaml(error.reason))
            return None
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            mark = getattr(error, "problem_mark", None)
            self._fault(mark.line + 1 if mark else 1, *not_yaml(getattr(error, "problem", error)))
            return None
        return self.root or Node(1, "")

    def _fault(self, line: int, message: str, remedy: Text) -> None:
        self.faults.add(Spot(self.file, line), message, remedy)

    def _leave(self, line: int, message: str, remedy: Text) -> NoReturn:
        self._fault(line, message, remedy)
        raise Unreadable

    def _take(self, event: yaml.Event) -> None:
        line = event.start_mark.line + 1 if event.start_mark else 1
        self._refuse_references(event, line)
        match event:
            case yaml.DocumentStartEvent():
                self._begin_document(line)
            case yaml.ScalarEvent():
                self._put(Node(line, event.value))
            case yaml.AliasEvent():
                self._put(Node(line, f"*{event.anchor}"))
            case yaml.SequenceStartEvent():
                self._begin(Node(line, []))
            case yaml.MappingStartEvent():
                self._begin(Node(line, {}))
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                self._open.pop()
                self._keys.pop()

    def _refuse_references(self, event: yaml.Event, line: int) -> None:
        if getattr(event, "anchor", None) is not None:
            self._fault(
                line,
                _("anchors (&) and aliases (*) are not read"),
                _("write the value where it belongs, or put the text in quotes"),
            )
        if getattr(event, "tag", None) is not None:
            self._fault(
                line, _("tags (!) are not read"), _("leave the tag out, or put the text in quotes")
            )

    def _begin_document(self, line: int) -> None:
        self.documents += 1
        if self.documents > 1:
            self._leave(
                line,
                _("the file holds several documents"),
                _("take away the line “---” or make two files"),
            )

    def _begin(self, node: Node) -> None:
        if len(self._open) == DEPTH:
            self._leave(
                node.line,
                _("lists and mappings stand more than %(depth)s deep") % {"depth": DEPTH},
                FORMAT,
            )
        self._put(node)
        self._open.append(node)
        self._keys.append(None)

    def _put(self, node: Node) -> None:
        """Put the value where it belongs: at the root, in the open list or in the open mapping."""
        self._count(node.line)
        if not self._open:
            self.root = node
            return
        holder = self._open[-1].value
        if isinstance(holder, list):
            holder.append(node)
        elif isinstance(holder, dict):
            self._put_in_mapping(holder, node)

    def _count(self, line: int) -> None:
        self.room.left -= 1
        if self.room.left < 0:
            self._leave(
                line,
                _("the files hold more than %(most)s values") % {"most": VALUES},
                _("load them in several parts"),
            )

    def _put_in_mapping(self, holder: dict[str, Node], node: Node) -> None:
        waiting = self._keys[-1]
        if waiting is None:
            self._keys[-1] = self._key(node)
            return
        self._keys[-1] = None
        key, line = waiting
        if key in holder:
            self._fault(
                line,
                _("“%(key)s” stands twice here, first on line %(line)s")
                % {"key": quoted(key), "line": holder[key].line},
                _("take one of them away"),
            )
            return
        node.line = line
        holder[key] = node

    def _key(self, node: Node) -> tuple[str, int]:
        if not isinstance(node.value, str):
            self._leave(node.line, _("a list or a mapping can't be a key"), FORMAT)
        return node.value, node.line


def events(text: str) -> Iterator[yaml.Event]:
    return iter(yaml.parse(text, Loader=Loader))


def line_of(text: str, position: int) -> int:
    """The line of a place that the parser counts in bytes."""
    return text.encode()[:position].count(b"\n") + 1


def not_yaml(problem: object) -> tuple[str, str]:
    return (
        _("this can't be read as YAML (%(problem)s)") % {"problem": quoted(problem)},
        _("check indents, colons and quotes on this line and the one before"),
    )
