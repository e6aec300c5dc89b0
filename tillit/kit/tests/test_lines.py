"""Text of one line holds nothing that can't be seen, wherever people type it."""

import pytest
from django import forms

from tillit.kit.forms import ProseField, WritingForm


class NameForm(WritingForm):
    name = forms.CharField()
    text = ProseField(required=False)


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ("Åsa\u202e", "Åsa"),
        ("\u2067Åsa\u2069 Öberg", "Åsa Öberg"),
        ("Åsa\x07\r\nÖberg", "Åsa  Öberg"),
        ("أمل", "أمل"),
        ("👩\u200d🔧", "👩\u200d🔧"),
    ],
)
def test_what_can_t_be_seen_is_left_out_of_a_line(typed, stands):
    form = NameForm({"name": typed, "text": "En rad\nen till"})
    assert form.is_valid()
    assert form.cleaned_data == {"name": stands, "text": "En rad\nen till"}
    assert form["name"].value() == stands


def test_a_name_of_nothing_else_is_no_name():
    assert not NameForm({"name": "\u202e\u202c"}).is_valid()
