"""Which of the two stays, and what it says from then on."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.duplicates.merging import merge
from tillit.duplicates.rules import may_either, may_stay, sees_pairs
from tillit.duplicates.views.fetching import Both, both_of, crumbs_to, title_of
from tillit.duplicates.views.pair import OFFICES
from tillit.kit.access import WRITING, insist, open_to, viewer_of
from tillit.kit.forms import EVERYBODY, WritingForm, form_page, posted
from tillit.kit.refusal import Refused


class MergingForm(WritingForm):
    """Radio buttons for which stays, and for each column in which both say something else."""

    kept = forms.ChoiceField(
        label=gettext_lazy("Which one stays, with its name and its address here"),
        widget=forms.RadioSelect,
    )
    why = forms.CharField(label=gettext_lazy("Reason"), max_length=400, required=False)
    audience = {"kept": EVERYBODY, "why": OFFICES}

    def __init__(self, both: Both, staying: Sequence[Any], *args: Any, **kwargs: Any) -> None:
        self.both, self.staying = both, staying
        self.choices = both.kind.choices(both.one, both.other)
        super().__init__(*args, **kwargs)

    def arrange(self) -> None:
        one, other = self.both.one, self.both.other
        self.fields["kept"].choices = [(it.key, f"{it} ({it.key})") for it in self.staying]  # type: ignore[attr-defined]
        why = self.fields.pop("why")
        for it in self.choices:
            self.fields[it.name] = forms.ChoiceField(
                label=str(it.label)[:1].upper() + str(it.label)[1:],
                choices=[(one.key, it.one), (other.key, it.other)],
                widget=forms.RadioSelect,
            )
        self.fields["why"] = why

    @property
    def chosen(self) -> dict[str, str]:
        return {it.name: self.cleaned_data[it.name] for it in self.choices}


@open_to(sees_pairs, methods=WRITING)
def merging(request: HttpRequest, key: str) -> HttpResponse:
    viewer = viewer_of(request)
    both = both_of(viewer, key)
    insist(viewer, may_either, both.one, both.other)
    hindrances = both.kind.hindrances(both.one, both.other)
    staying = may_stay(viewer, both.one, both.other, hindrances)
    if not staying and request.method != "POST":
        return redirect(both.pair)  # which says what hinders it
    staying = staying or [both.one, both.other]  # what hinders it since is said in the form
    form = MergingForm(both, staying, posted(request), initial={"kept": first_of(staying)})
    if form.is_valid():
        kept, gone = both.with_key(form.cleaned_data["kept"])
        try:
            done = merge(
                kept, gone, viewer, timezone.now(), chosen=form.chosen, why=form.cleaned_data["why"]
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            said = _("“%(gone)s” is one with “%(kept)s” now.") % {"gone": gone, "kept": kept}
            messages.success(request, said)
            return redirect(done)
    return form_page(request, form, **around(both))


def first_of(staying: Sequence[Any]) -> str:
    """The one that is suggested to stay: who signs in, or else what was here first."""
    return str(min(staying, key=lambda it: (not getattr(it, "account_id", None), it.pk)).key)


def around(both: Both) -> dict[str, Any]:
    text = _(
        "All that names the one that goes names the one that stays: names, places, people, memberships, "
        "answers, sources, what has been told. Its address here leads to the one that stays. What both "
        "say becomes one; what the one says that goes, and the other doesn't, is kept. Nothing is lost, "
        "and all of it can be undone."
    )
    return {
        "title": _("Merge"),
        "kicker": title_of(both),
        "notice": {"title": _("What happens"), "text": text},
        "submit": _("Merge"),
        "cancel": both.pair.get_absolute_url(),
        "crumbs": crumbs_to(both),
    }
