"""What is wrong in a form is said in words of our own, that name the field."""

from django import forms
from django.template.loader import render_to_string
from django.utils.translation import override

from tillit.kit.forms import WritingForm


class PlaceForm(WritingForm):
    town = forms.CharField(label="Postort")
    kind = forms.ChoiceField(label="Slags adress", choices=[("a", "A")])
    web = forms.URLField(label="Webbplats", assume_scheme="https")
    own = forms.CharField(label="Annat", error_messages={"required": "Egna ord."})


def test_a_field_says_what_to_do():
    with override("sv"):
        said = {name: str(it[0]) for name, it in PlaceForm({"web": "http://"}).errors.items()}
    assert said == {
        "town": "Fyll i: Postort",
        "kind": "Välj: Slags adress",
        "web": "Skriv en webbadress, till exempel www.forening.se.",
        "own": "Egna ord.",
    }


def test_the_summary_names_each_field_once():
    with override("sv"):
        form = PlaceForm({"web": "http://"})
        said = render_to_string("kit/error_summary.html", {"form": form})
    assert ">Fyll i: Postort</a>" in said
    assert ">Webbplats: Skriv en webbadress" in said
    assert ">Annat: Egna ord.</a>" in said
