"""Hiding where an organisation is and who its people are, and showing it again."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.kit.access import WRITING, insist, open_to, signed_in, viewer_of
from tillit.kit.changes import Actor
from tillit.kit.forms import EVERYBODY, WritingForm, form_page
from tillit.register import rules
from tillit.register.models import Organisation
from tillit.register.views.editing.sitting import organisation_of
from tillit.register.views.editing.writing import crumbs_to_editing

PROTECT, SHOW = "protect", "show"


class ProtectionForm(WritingForm):
    # What the page offered when it was opened: what is sent twice must not turn back.
    to = forms.ChoiceField(choices=[(PROTECT, PROTECT), (SHOW, SHOW)], widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=400,
        required=False,
        help_text=gettext_lazy("Nothing that tells where, or who."),
    )
    audience = {"reason": EVERYBODY}


@open_to(signed_in, methods=WRITING)
def protection(request: HttpRequest, key: str) -> HttpResponse:
    viewer = viewer_of(request)
    it = organisation_of(viewer, key)
    insist(viewer, rules.may_edit, it)
    sent = request.POST if request.method == "POST" else None
    form = ProtectionForm(sent, initial={"to": SHOW if it.protected else PROTECT})
    if sent is not None and form.is_valid():
        turn(it, form.cleaned_data["to"], Actor.of(viewer), form.cleaned_data["reason"])
        said = _("Place and people are hidden now.") if it.protected else _("It is shown again.")
        messages.success(request, said)
        # Who has protected it for somebody else may not edit it any more.
        return redirect("register:edit" if rules.may_edit(viewer, it) else it, key=it.key)
    return form_page(request, form, **(shown(it) if it.protected else hidden(it)))


def turn(it: Organisation, to: str, actor: Actor, why: str) -> None:
    if to == PROTECT and not it.protected:
        it.protect(actor, why)
    elif to == SHOW and it.protected:
        it.unprotect(actor, why)


def hidden(it: Organisation) -> dict[str, Any]:
    text = _(
        "Addresses, places, units and people disappear from every list, map, search and file, and from "
        "earlier days too; what has been told of them in the list of changes as well. Only those who "
        "act for the organisation see and change them. Its secretariat can still invite people for it, "
        "and nothing more. Name, description and numbers are shown as before."
    )
    return {
        "title": _("Protect place and people"),
        "kicker": it.name,
        "lede": _("For organisations whose people are in danger if they are found."),
        "notice": {"title": _("What happens"), "text": text, "tone": "warn"},
        "submit": _("Protect"),
        "danger": True,
        **around(it),
    }


def shown(it: Organisation) -> dict[str, Any]:
    text = _("Everybody will see addresses, places, units and people, on earlier days too.")
    return {
        "title": _("Show place and people again"),
        "kicker": it.name,
        "notice": {"title": _("What happens"), "text": text, "tone": "warn"},
        "submit": _("Show them to everybody"),
        "danger": True,
        **around(it),
    }


def around(it: Organisation) -> dict[str, Any]:
    return {
        "cancel": reverse("register:edit", args=[it.key]),
        "crumbs": crumbs_to_editing(it),
    }
