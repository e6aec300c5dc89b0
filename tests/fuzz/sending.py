"""What is sent by a form: what it would send untouched, with some of it spoilt.

Everything is drawn by number from lists in a fixed order, so that an example means the same each time.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from tests.fuzz.forms import Control, Form
from tests.fuzz.walking import text_of
from tillit.kit.files.tests.samples import PDF, picture

TIMES = int(os.environ.get("TILLIT_FUZZ", "1"))
EXAMPLES = 2 * TIMES
# What people write where nothing stands, by the kind of control; the rest are texts.
USUAL = {
    "email": ["nina@example.org"],
    "url": ["https://example.org/"],
    "number": ["3", "2026"],
    "date": ["2024-05-16"],
    "tel": ["070-123 45 67"],
}
TEXTS = ["Något nytt", "2024-05-16", "2024", "802435-6498", "211 55", "nina@example.org", "1280"]
ODD = [
    *("", " ", "finns-inte", "\x00", "a\x00b", "\n\n\n", "a\r\nBcc: b@example.org", "x" * 10_000),
    *("-1", "0", "1e400", "NaN", "٣", "²", "9" * 20, "-" + "9" * 400, '{"a": [1e999]}', "[]"),
    *("0000", "2014-1", "2026-02-30", "0000-00-00", "9999-12-31", "10000-01-01", "9999", "0001"),
    *("..", "../2024", "2024-05-16/2020", "2024-05-16/..", "~2024?", "[2020,2024-05]"),
    *('"', "*", "'\"; DROP TABLE x; --", "NEAR(a b", "a AND", "%_\\", "%(x)s %s {0}", "{namn"),
    *("<script>alert(1)</script>", "{{ 1 }}{% now %}", "javascript:alert(1)", "//example.org"),
    *("https://[::1", "http://a:b", "../../etc/passwd", "a@b@c", "nina@" + "x" * 300 + ".org"),
    *(
        "å" * 300,
        "\u202e\u200f\u2066",
        "\ufeff\u00ad\u200b",
        "👩‍👩‍👧‍👦" * 40,
        "ﷺ" * 50,
        "İß1\u0301",
    ),
]
FILES = [
    ("Namn.txt", "Namn\nFöreningen Tallen\n".encode()),
    ("bild.png", picture()),
    ("avtal.pdf", PDF),
    ("tom.csv", b""),
    ("trasig.png", picture()[:40]),
    ("lista.xlsx", b"PK\x03\x04" + b"\x00\xff" * 40),
    ("lista.csv", b'Namn;Ort\r\n"Tallen;Lund\r\n\x00;\xff\xfe'),
    ("arkiv.zip", b"PK\x05\x06" + b"\x00" * 18),
    ("x" * 300 + ".pdf", "\ufeffNamn\tNummer\n".encode("utf-16")),
    ("../\u202efdp.exe", b"MZ\x90"),
]
Said = dict[str, list[Any]]


@st.composite
def sent(draw: st.DrawFn, form: Form) -> Said:
    """What stands under each name. Nothing there: it was not sent at all."""
    if not form.controls:
        return {}
    numbers = st.sampled_from(range(len(form.controls)))
    spoilt = draw(st.lists(numbers, unique=True, max_size=4))
    return {
        it.name: draw(odd(it) if number in spoilt else fitting(it))
        for number, it in enumerate(form.controls)
    }


def fitting(it: Control) -> st.SearchStrategy[list[Any]]:
    """What stands there, or something else that the form offers, or that people write."""
    if it.kind == "file":
        return st.sampled_from([[], *([it] for it in FILES[:3])])
    if it.offered:
        several = [[*it.offered]] if it.kind == "checkbox" else []
        return st.sampled_from([it.stands, *([value] for value in it.offered), *several])
    written = USUAL.get(it.kind, TEXTS) if it.kind != "hidden" and not any(it.stands) else []
    return st.sampled_from([*([value] for value in written), it.stands])


def odd(it: Control) -> st.SearchStrategy[list[Any]]:
    """Missing, doubled, or what no form offers and hardly anybody writes."""
    values: st.SearchStrategy[Any] = st.sampled_from(ODD) | st.text(max_size=40)
    if it.kind == "file":
        values = st.sampled_from(FILES) | values
    return st.lists(values, max_size=2) | st.builds(lambda one: [*it.stands, one], values)


@contextmanager
def undone() -> Iterator[None]:
    """All that is done meanwhile leaves no trace in the database."""
    block: Any = transaction.atomic()
    block._from_testcase = True  # what must be the outermost transaction may be so inside this one
    with block:
        yield
        transaction.set_rollback(True)


def try_out(form: Form, client: Client) -> list[str]:
    """Send it in many ways; the pages that answer. An error of the server rises here."""
    answers: list[str] = []

    @settings(
        max_examples=EXAMPLES,
        derandomize=TIMES == 1,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(sent(form))
    def example(said: Said) -> None:
        note(f"Sent: {said}")
        cookies = client.cookies.copy()
        try:
            with undone():
                answers.append(text_of(send(client, form, said)))
        finally:
            client.cookies = cookies

    example()
    return answers


def send(client: Client, form: Form, said: Mapping[str, list[Any]]) -> Any:
    values = {name: [file_of(it) for it in those] for name, those in said.items()}
    return getattr(client, form.method)(form.action, values)


def file_of(it: Any) -> Any:
    return SimpleUploadedFile(*it) if isinstance(it, tuple) else it
