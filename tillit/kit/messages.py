"""The messages of the interface: found in the code and the templates, kept with their Swedish.

Django's own collector needs GNU gettext; this one needs nothing but Python, so that the check runs
on every machine.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po
from django.template import engines
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

KEYWORDS: dict[str, Any] = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "_now": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}
Found = tuple[str, int, str | tuple[str, ...]]


def in_code(package: Path) -> Iterator[Found]:
    for name, line, message, _comments, _context in extract_from_dir(
        package, method_map=[("**/tests/**", "ignore"), ("**.py", "python")], keywords=KEYWORDS
    ):
        yield name, line, message


def in_templates(package: Path) -> Iterator[Found]:
    """What templates translate, as Django itself reads them."""
    files = [path for kind in ("html", "md") for path in package.glob(f"*/templates/**/*.{kind}")]
    for path in sorted(files):
        name = str(path.relative_to(package))
        template: Any = engines["django"].from_string(path.read_text())
        for node in nodes_of(template.template):
            yield name, node.token.lineno if node.token else 0, message_of(node)


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
