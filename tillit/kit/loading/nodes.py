"""What a file holds, each value with its line: texts, lists and mappings, and nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

Step = str | int


@dataclass(slots=True)
class Node:
    """A value. In a mapping it has the line of its key, in a list the line where it begins."""

    line: int
    value: "str | list[Node] | dict[str, Node]"

    def plain(self) -> Any:
        """The value without lines. Files are shallow (see `parsing`), so this ends."""
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        return self.value

    def at(self, path: Iterable[Step]) -> "Node":
        """The value that the path leads to, or the nearest above it.

        Steps that lead nowhere are passed over: what is written as one value is read as a list of
        one, and the path is that of what was read.
        """
        node = self
        for step in path:
            if isinstance(node.value, list) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
            elif isinstance(node.value, dict) and step in node.value:
                node = node.value[str(step)]
        return node
