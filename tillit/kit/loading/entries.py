"""The entries of a list in the files, each with its shape and with the line of every value."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from inspect import isclass
from typing import Any, Generic, TypeVar, get_args

from django.utils.translation import gettext as _
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from tillit.kit.loading.faults import FORMAT, Faults, Spot, Wrong, in_words, one_of, quoted
from tillit.kit.loading.nodes import Node, Step
from tillit.kit.loading.reading import Document
from tillit.kit.loading.shapes import Shape

S = TypeVar("S", bound=Shape)
P = TypeVar("P", bound=Shape)


@dataclass(frozen=True)
class Entry(Generic[S]):
    """One mapping of a list, or of a list inside it."""

    file: str
    node: Node
    shape: S

    def spot(self, *path: Step) -> Spot:
        """Where the value stands; where the entry does, when it says nothing of it."""
        return Spot(self.file, self.node.at(path).line)

    def parts(self, name: str, shapes: Sequence[P]) -> "Iterator[Entry[P]]":
        """The entries of the list at that key."""
        for number, shape in enumerate(shapes):
            yield Entry(self.file, self.node.at((name, number)), shape)


def items(documents: Sequence[Document], name: str, faults: Faults) -> Iterator[tuple[str, Node]]:
    """What stands in the lists with the name, over all files."""
    for document in documents:
        held = document.at.get(name)
        if held is None or held.value == "":
            continue
        if isinstance(held.value, list):
            yield from ((document.file, node) for node in held.value)
            continue
        faults.add(Spot(document.file, held.line), *not_a_list(name))


def refuse_unknown(documents: Sequence[Document], names: Sequence[str], faults: Faults) -> None:
    """Tell of keys at the top of a file that no table reads."""
    for document in documents:
        for key, node in document.at.items():
            if key not in names:
                faults.add(Spot(document.file, node.line), *unknown_key(key, names))


def not_a_list(key: str) -> tuple[str, str]:
    return _("“%(key)s” is not a list") % {"key": key}, _("begin each of its rows with a hyphen")


def unknown_key(key: str, known: Sequence[str]) -> tuple[str, str]:
    return _("unknown key “%(key)s”") % {"key": quoted(key)}, one_of(known, key)


def shaped(file: str, node: Node, shape: type[S], faults: Faults) -> Entry[S] | None:
    """The entry, or None when it has not the shape; each reason is told."""
    try:
        return Entry(file, node, shape.model_validate(node.plain()))
    except ValidationError as refused:
        for error in refused.errors(include_url=False, include_input=False):
            path, message, remedy = explain(error, shape)
            faults.add(Spot(file, node.at(path).line), message, remedy)
        return None


def explain(error: ErrorDetails, shape: type[Shape]) -> tuple[tuple[Step, ...], str, str]:
    """Pydantic's error as path, message and remedy."""
    path = error["loc"]
    wrong = error.get("ctx", {}).get("error")
    if isinstance(wrong, Wrong):
        at = (*path, wrong.field) if wrong.field else path
        return at, str(wrong.message), str(wrong.remedy)
    last = quoted(path[-1]) if path else ""
    match error["type"]:
        case "extra_forbidden":
            return path, *unknown_key(str(path[-1]), keys_at(shape, path[:-1]))
        case "missing":
            return path, _("“%(key)s” is missing") % {"key": last}, _("write it, with its value")
        case "list_type":
            return path, *not_a_list(last)
        case "model_type":
            remedy = _("write keys and values: %(keys)s") % {"keys": in_words(keys_at(shape, path))}
            return path, _("a mapping is expected here"), remedy
        case _:
            return path, error["msg"], str(FORMAT)


def keys_at(shape: type[Shape], path: Sequence[Step]) -> list[str]:
    """The keys that may stand in the mapping that the path leads to."""
    inner: type[BaseModel] | None = shape
    for step in path:
        if inner is not None and step in inner.model_fields:
            inner = model_in(inner.model_fields[str(step)].annotation)
    return list(inner.model_fields) if inner else []


def model_in(annotation: Any) -> type[BaseModel] | None:
    """The model that an annotation such as list[Model] speaks of."""
    if isclass(annotation) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(model_in, get_args(annotation))), None)
