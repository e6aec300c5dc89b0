"""The rules of the house, walked over the whole project so that nobody has to remember them."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver

from tillit.config.api import api
from tillit.kit import messages
from tillit.kit.access import who_may
from tillit.kit.contributions import contributions

ROOT = Path(settings.PACKAGE).parent
CODE = sorted(path for path in (ROOT / "tillit").rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted((ROOT / "tillit").rglob("templates/**/*.html"))
STYLES = sorted((ROOT / "tillit").rglob("static/**/*.css"))
ORDER = {name.rpartition(".")[2]: place for place, name in enumerate(settings.TILLIT_CONTEXTS)}
MODULE_STOP, FUNCTION_STOP, TEMPLATE_STOP = 500, 50, 150
# Its first import must wait for the settings' name.
LATE_IMPORTS = {"tillit/__main__.py"}


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )


def patterns(
    resolver: URLResolver | None = None, before: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    for found in (resolver or get_resolver()).url_patterns:
        address = before + str(found.pattern)
        if isinstance(found, URLResolver):
            yield from patterns(found, address)
        else:
            yield address, found


def test_a_module_stays_under_its_stop():
    long = {
        str(path): n for path in CODE if (n := len(path.read_text().splitlines())) > MODULE_STOP
    }
    assert not long


def test_a_function_stays_under_its_stop():
    long = [
        f"{path.name}:{node.name}"
        for path in CODE
        for node in functions(parsed(path))
        if (node.end_lineno or 0) - node.lineno >= FUNCTION_STOP
    ]
    # A list of parameters that an API documents is a table, not logic.
    assert not [name for name in long if name != "api.py:organisation"]


def test_a_template_stays_under_its_stop():
    assert not [
        str(path) for path in TEMPLATES if len(path.read_text().splitlines()) > TEMPLATE_STOP
    ]


def test_no_import_hides_in_a_function():
    hidden = [
        f"{path.relative_to(ROOT)}:{inner.lineno}"
        for path in CODE
        if str(path.relative_to(ROOT)) not in LATE_IMPORTS
        for node in functions(parsed(path))
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert not hidden


def test_no_day_is_that_of_another_zone():
    """A moment is kept in UTC, where the evening belongs to the day before: `timezone.localdate` knows."""
    in_a_zone = {"localtime", "astimezone"}  # said just before, it is a day of that zone
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in CODE
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and not node.args and called(node) == "date"
        if not (isinstance(node.func.value, ast.Call) and called(node.func.value) in in_a_zone)
    ]
    assert not found


def test_nobody_takes_the_word_of_the_environment_that_it_is_a_demo():
    """`is_demo` asks the database as well. Setup begins one; serve says that it is left aside."""
    asks = {
        str(path.relative_to(ROOT))
        for path in CODE
        if "settings.TILLIT_DEMO" in path.read_text() and "tests" not in path.parts
    }
    assert asks == {
        "tillit/kit/demo.py",
        "tillit/kit/management/commands/serve.py",
        "tillit/site/management/commands/setup.py",
    }


def called(node: ast.Call) -> str:
    """The name after the last full stop: `date` of `row.sent_at.date()`."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else ""


def test_there_are_no_junk_drawers():
    names = {"utils.py", "util.py", "helpers.py", "misc.py", "common.py", "services.py"}
    assert not [str(path) for path in CODE if path.name in names]


def test_no_foreign_key_points_upwards():
    upwards = [
        f"{model.__name__}.{field.name} → {field.related_model.__name__}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation
        and not field.auto_created
        and field.related_model
        and model._meta.app_label in ORDER
        and ORDER.get(field.related_model._meta.app_label, -1) > ORDER[model._meta.app_label]
    ]
    assert not upwards


def test_a_list_that_is_a_file_is_a_workbook_too():
    addresses = {address for address, _pattern in patterns()}
    lists = {address.removesuffix(".csv") for address in addresses if address.endswith(".csv")}
    assert len(lists) >= 10
    assert not [address for address in lists if f"{address}.xlsx" not in addresses]


def test_every_address_declares_who_may():
    open_doors = [
        address
        for address, pattern in patterns()
        if not address.startswith("api/v1/") and who_may(pattern.callback) is None
    ]
    assert not open_doors


def test_every_operation_of_the_api_declares_who_may():
    assert api.auth
    for given in contributions():
        for router in given.routers.values():
            for address, view in router.path_operations.items():
                # An operation may say something stricter than the whole API, never nothing.
                assert all(operation.auth_param is not None for operation in view.operations), (
                    address
                )


def test_addresses_are_lower_case_words_with_hyphens():
    for address, _pattern in patterns():
        words = re.sub(r"<[^>]+>", "", address)
        assert re.fullmatch(r"[a-z0-9/.-]*", words), address


def test_every_migration_is_named():
    files = list((ROOT / "tillit").rglob("migrations/0*.py"))
    assert files
    assert not [path.name for path in files if "auto" in path.name]


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_no_message_lacks_swedish_and_none_is_left_over():
    catalog = messages.read(settings.LOCALE_PATHS[0] / "sv" / "LC_MESSAGES" / "django.po")
    wanted = messages.all_messages(settings.PACKAGE)
    assert messages.untranslated(catalog, wanted) == []
    assert messages.unused(catalog, wanted) == []


def test_every_word_in_quotation_marks_that_a_template_translates_is_collected():
    wanted = messages.all_messages(settings.PACKAGE)
    said = re.compile(r"""(?:translate |trans |_\()("[^"]*"|'[^']*')""")
    mails = sorted((ROOT / "tillit").rglob("templates/**/*.md"))
    found = {text[1:-1] for path in [*TEMPLATES, *mails] for text in said.findall(path.read_text())}
    assert found
    assert not [text for text in found if wanted.get(text) is None]


def test_every_call_that_translates_is_collected():
    """By what the names of a module really are, not by how it came to have them."""
    wanted = messages.all_messages(settings.PACKAGE)
    missed = []
    for path in CODE:
        if "tests" in path.parts or path.name == "__main__.py":
            continue
        module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        words = {name for name, it in vars(module).items() if translates(it)}
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in words:
                text = node.args[0]
                if not isinstance(text, ast.Name | ast.Attribute | ast.Subscript) and (
                    not isinstance(text, ast.Constant) or wanted.get(text.value) is None
                ):
                    missed.append(f"{path.name}:{node.lineno}: {ast.unparse(text)}")
    assert not missed


def translates(it: object) -> bool:
    name, module = getattr(it, "__name__", ""), getattr(it, "__module__", "")
    return module == "django.utils.translation" and "gettext" in str(name)


def test_nothing_is_inline():
    """The content security policy refuses it too, but only in a browser; mail has no other way."""
    inline = re.compile(r"""\sstyle=["']|\son[a-z]+=["']|<style|<script(?![^>]*\ssrc=)""")
    assert not [
        str(path)
        for path in TEMPLATES
        if inline.search(path.read_text()) and path.name != "500.html" and "mail" not in path.parts
    ]


def test_every_context_says_what_it_is():
    for name in [*ORDER, "config"]:
        readme = ROOT / "tillit" / name / "README.md"
        assert readme.exists(), name
        assert 5 <= len(readme.read_text().splitlines()) <= 40, name


def test_every_variable_of_the_environment_is_documented():
    code = "".join((ROOT / "tillit/config" / name).read_text() for name in ("settings.py",))
    named = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', code))
    documented = (ROOT / "docs/settings.md").read_text()
    assert named
    assert not [name for name in named if f"`{name}`" not in documented]


def test_every_term_of_the_glossary_is_a_word_of_the_code():
    rows = re.findall(
        r"^\| [^|]+ \| `([^`]+)`", (ROOT / "docs/glossary.md").read_text(), re.MULTILINE
    )
    code = "".join(path.read_text() for path in CODE)
    assert rows
    assert not [term for term in rows if not re.search(rf"\b{re.escape(term)}\b", code)]
