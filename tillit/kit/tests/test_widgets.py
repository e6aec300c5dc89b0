"""What a long choice looks like."""

import html5lib
import pytest
from django import forms

from tillit.kit.widgets import LongSelect

CHOICES = [("", "Alla"), ("SE", "<Hela> Sverige"), ("Skåne", [("1280", "Malmö"), ("1281", "Lund")])]


def parsed(widget, value):
    html = forms.Form()
    html.fields["place"] = forms.ChoiceField(choices=CHOICES, widget=widget, required=True)
    html.initial = {"place": value}
    tree = html5lib.parse(str(html["place"]), namespaceHTMLElements=False)
    return [
        (it.tag, sorted((k, v or k) for k, v in it.attrib.items()), (it.text or "").strip())
        for it in tree.iter()
    ]


@pytest.mark.parametrize("value", ["", "SE", "1281", "nowhere", None])
def test_it_is_what_django_would_have_made(value):
    attrs = {"aria-describedby": "a b", "disabled": True, "hidden": False}
    assert parsed(LongSelect(attrs), value) == parsed(forms.Select(attrs), value)
