"""Whatever stands in a file, what is said are faults and never a traceback."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tillit.kit.loading.entries import keys_at
from tillit.kit.loading.loading import Outcome, load
from tillit.kit.loading.tables import tables
from tillit.register.reference import load_places

pytestmark = pytest.mark.django_db

NAME = {"name": "Nätverket", "kind": "official", "period": "2014/..", "source": ["S0:1-2"]}
ORGANISATION = {
    "key": "natverket", "sector": "civil", "form": "association", "level": "regional",
    "parent": "region", "period": "2006/..", "protected": "true", "description": "x",
    "web": "https://example.org", "themes": ["kultur"], "target_groups": ["alla"],
    "source": {"at": "S0:1", "field": "form", "says": "x", "contradicts": "true"},
    "names": [NAME, {**NAME, "kind": "alias"}],
    "identifiers": [{"scheme": "orgnr", "value": "802435–6498"}],
    "addresses": [{"kind": "postal", "street": "A 1", "town": "Malmö", "place": "1280"}],
    "places": [{"kind": "seat", "place": "12"}],
    "units": [{"key": "styrelse", "name": "S", "kind": "board", "parent": "ombud"},
              {"key": "ombud", "name": "O", "kind": "assembly"}],
}  # fmt: skip
REGION = {"key": "region", "sector": "public", "names": [{"name": "R", "kind": "official"}]}
ROLE = {
    "kind": "chair", "organisation": "region", "share": "0.5", "party": "MP", "seen": "2012",
    "represents": "natverket",
}  # fmt: skip
PERSON = {"key": "eva", "name": "Eva", "roles": [ROLE, {**ROLE, "period": "2012/2013"}]}
FIGURE = {
    "key": "f", "about": "organisation:region", "measure": "m", "as_written": "1", "low": "1",
    "looseness": "exactly",
}  # fmt: skip
EXAMPLE: dict[str, Any] = {
    "sources": [{"key": "S0", "title": "A", "dated": "2012"}],
    "topics": [{"key": "kultur", "kind": "theme", "name": "K"},
               {"key": "alla", "kind": "target_group", "name": "A"}],
    "organisations": [ORGANISATION, REGION],
    "persons": [PERSON],
    "memberships": [{"umbrella": "natverket", "member": "region", "period": "2012/"}],
    "stated_figures": [FIGURE],
}  # fmt: skip

SNIPPETS = st.sampled_from(
    ["", "..", "/", "2012", "2012-13", "[..]", "[2012..2011]", "S0:1-0", "S0", "natverket", "region",
     "SE", "1280", "true", "theme", "official", "1e9", "-1", "0", "9" * 30, "organisation:x", "\u2028",
     "\x00", "\x85", "a\nb", "<script>", "&amp;", "%(key)s", "{0}", "é" * 300, "[]", "*a", "12:30"]
)  # fmt: skip
TEXTS = SNIPPETS | st.text(max_size=30)
KEYS = st.sampled_from([key for table in tables() for key in keys_at(table.shape, ())]) | st.text()
ANYTHING = st.recursive(
    TEXTS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4)
)


def loaded(data: bytes) -> Outcome:
    with TemporaryDirectory() as folder, transaction.atomic():
        Path(folder, "a.yaml").write_bytes(data)
        outcome = load(Path(folder), date(2026, 1, 1))
        transaction.set_rollback(True)
    str(outcome.faults), str(outcome.warnings)
    return outcome


class Dumper(yaml.SafeDumper):
    """Writes out what is the same object twice, since no anchors are read."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def written(value: Any) -> bytes:
    return yaml.dump(value, Dumper=Dumper, allow_unicode=True).encode()


def tried(times: int) -> settings:
    return settings(
        max_examples=times,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )


@pytest.fixture(autouse=True)
def places():
    load_places()


def test_the_example_itself_is_right():
    assert str(loaded(written(EXAMPLE)).faults) == ""


@tried(60)
@given(st.binary(max_size=200))
def test_any_bytes_are_a_file(data):
    loaded(data)


@tried(60)
@given(
    st.text(alphabet=st.sampled_from("ab:-[]{}&*!|>'\"#%@`?, \n\t\\0é\x00\u2028😀"), max_size=60)
)
def test_any_text_is_a_file(text):
    loaded(text.encode())


@tried(60)
@given(st.dictionaries(st.sampled_from(list(EXAMPLE)) | st.text(), ANYTHING, max_size=4))
def test_any_mapping_is_a_file(mapping):
    loaded(written(mapping))


def spoilt(value: Any, path: list[int], other: Any) -> Any:
    """The value with something else at the place that the path leads to."""
    if not path or not isinstance(value, list | dict) or not value:
        return other
    pairs = list(enumerate(value)) if isinstance(value, list) else list(value.items())
    at, _inner = pairs[path[0] % len(pairs)]
    copy = value.copy()
    copy[at] = spoilt(value[at], path[1:], other)
    return copy


@tried(250)
@given(st.lists(st.integers(0, 20), min_size=1, max_size=6), ANYTHING)
def test_any_value_may_stand_in_any_place(path, other):
    loaded(written(spoilt(EXAMPLE, path, other)))


@tried(60)
@given(st.lists(st.tuples(st.lists(st.integers(0, 20), min_size=2, max_size=6), TEXTS), max_size=6))
def test_several_values_may_be_wrong_at_once(changes):
    example: Any = EXAMPLE
    for path, other in changes:
        example = spoilt(example, path, other)
    loaded(written(example))
