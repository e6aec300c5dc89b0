"""The messages of the interface: found in the code and the templates, kept with their Swedish.

Django's own collector needs GNU gettext; this one needs nothing but Python, so that the check runs
on every machine.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from django.template import engines
from django.template.base import Lexer, TokenType
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

TRANSLATION = "django.utils.translation"
TEXTS = {"gettext": 1, "gettext_lazy": 1, "ngettext": 2, "ngettext_lazy": 2}  # that each takes
IN_A_TAG = re.compile(r"""_\((?:"([^"]*)"|'([^']*)')\)""")
Found = tuple[str, int, str | tuple[str, ...]]


def in_code(package: Path) -> Iterator[Found]:
    for path in sorted(package.rglob("*.py")):
        if "tests" not in path.parts:
            for line, message in of_module(ast.parse(path.read_text())):
                yield str(path.relative_to(package)), line, message


def of_module(tree: ast.Module) -> Iterator[tuple[int, str | tuple[str, ...]]]:
    """The messages of one module, by whatever name it has imported what translates."""
    names = {
        it.asname or it.name: TEXTS[it.name]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == TRANSLATION
        for it in node.names
        if it.name in TEXTS
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            given = node.args[: names[node.func.id]]
            texts = tuple(str(it.value) for it in given if isinstance(it, ast.Constant))
            if texts:
                yield node.lineno, texts if len(texts) > 1 else texts[0]


def in_templates(package: Path) -> Iterator[Found]:
    """What templates translate, as Django itself reads them."""
    for path in sorted(package.rglob("templates/**/*.*")):
        name, text = str(path.relative_to(package)), path.read_text()
        template: Any = engines["django"].from_string(text)
        for node in nodes_of(template.template):
            yield name, node.token.lineno if node.token else 0, message_of(node)
        for token in Lexer(text).tokenize():
            if token.token_type in {TokenType.VAR, TokenType.BLOCK}:
                for found in IN_A_TAG.finditer(token.contents):
                    yield name, token.lineno or 0, found[1] or found[2]


def nodes_of(template: Any) -> Iterator[Any]:
    yield from template.nodelist.get_nodes_by_type((TranslateNode, BlockTranslateNode))


def message_of(node: Any) -> str | tuple[str, ...]:
    if isinstance(node, TranslateNode):
        return str(node.filter_expression.var.literal)
    singular = str(node.render_token_list(node.singular)[0])
    return (singular, str(node.render_token_list(node.plural)[0])) if node.plural else singular


def all_messages(package: Path) -> Catalog:
    catalog = Catalog()
    for name, line, message in [*in_code(package), *in_templates(package)]:
        catalog.add(message, locations=[(name, line)])
    return catalog


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="sv")


def write(path: Path, catalog: Catalog) -> None:
    with path.open("wb") as file:
        write_po(file, catalog, width=100, omit_header=False, sort_output=True, no_location=True)


def untranslated(catalog: Catalog, wanted: Catalog) -> list[str]:
    """The messages that are used and have no Swedish, or not in every number."""
    return [
        str(message.id)
        for message in wanted
        if message.id and not is_whole(catalog.get(message.id))
    ]


def is_whole(message: Message | None) -> bool:
    """Whether it says something in every number, and nobody doubts it."""
    if message is None or message.fuzzy or not message.string:
        return False
    return isinstance(message.string, str) or all(message.string)


def unused(catalog: Catalog, wanted: Catalog) -> list[str]:
    return [str(message.id) for message in catalog if message.id and wanted.get(message.id) is None]
