"""The address of a function passes on; its new holder shows that its mail is read."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.accounts import codes, mails
from tillit.accounts.codes import Use
from tillit.accounts.forms import CodeForm
from tillit.accounts.limits import Limited
from tillit.accounts.views.pages import told
from tillit.accounts.views.sign_in import wrong_words
from tillit.kit.access import WRITING, open_to, signed_in, viewer_of
from tillit.kit.changes import Actor
from tillit.kit.days import today
from tillit.kit.forms import form_page, take_errors
from tillit.kit.refusal import Refused
from tillit.register.actions.contacts import confirm, hand_over_function
from tillit.register.forms.contact import SuccessorForm
from tillit.register.models import Contact
from tillit.register.views.mandates.contacts import back_to, contact_for, frame, keeps
from tillit.register.views.mandates.shared import acting


@open_to(signed_in, methods=WRITING)
def passing_on(request: HttpRequest, key: str) -> HttpResponse:
    contact, viewer = contact_for(request, key, keeps)
    if not contact.is_function:
        raise Http404
    persons = acting(viewer, contact.organisation, today(), without=contact.person)
    form = SuccessorForm(request.POST or None, persons=persons, today=today())
    if request.method == "POST" and form.is_valid():
        first_day = form.cleaned_data["first_day"]
        try:
            hand_over_function(contact, form.chosen, Actor.of(viewer), timezone.now(), first_day)
        except Refused as refused:
            form.add_error(None, str(refused))
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(
                request,
                _("%(address)s belongs to %(name)s from %(day)s on.")
                % {"address": contact.email, "name": form.chosen.name, "day": first_day},
            )
            return redirect(back_to(contact.organisation, viewer))
    return form_page(request, form, **words_for(contact), **frame(contact.organisation, viewer))


def words_for(contact: Contact) -> dict[str, Any]:
    return {
        "title": _("Hand over %(address)s") % {"address": contact.email},
        "lede": _(
            "The holder of today is out, and what was held by the address passes on with it. The "
            "successor confirms by a code sent to the address, and can sign in by it then. Somebody "
            "who does not act for the organisation yet is invited instead."
        ),
        "submit": _("Hand over"),
    }


def own_function(request: HttpRequest, key: str) -> Contact:
    """An address that the viewer holds today, and has not confirmed."""
    account = viewer_of(request).account
    rows = Contact.objects.standing(today()).filter(is_function=True, person__account=account)
    found: Contact = get_object_or_404(rows.select_related("organisation", "person"), key=key)
    return found


@open_to(signed_in, methods=WRITING)
def confirmation(request: HttpRequest, key: str) -> HttpResponse:
    """What it means to hold the address; a code is sent there when one wants to go on."""
    contact = own_function(request, key)
    if contact.confirmed_at:
        messages.info(request, _("You have confirmed that address already."))
        return redirect("register:mandates")
    context: dict[str, Any] = {"contact": contact}
    if request.method == "POST":
        try:
            send_code(request, contact)
        except Limited as limited:
            context["limited"] = told(limited)
        else:
            return redirect("register:function-code", key=contact.key)
    return render(request, "register/mandates/function.html", context)


def send_code(request: HttpRequest, contact: Contact) -> None:
    """Raises Limited."""
    account = viewer_of(request).account
    mails.code(contact.email, codes.ask(request, Use.FUNCTION, contact.email, account, contact.key))


@open_to(signed_in, methods=WRITING)
def function_code(request: HttpRequest, key: str) -> HttpResponse:
    contact = own_function(request, key)
    try:
        asked = codes.asked(request, Use.FUNCTION)
    except codes.Gone:
        return redirect("register:function", key=contact.key)
    if asked.onward != contact.key:
        return redirect("register:function", key=contact.key)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            codes.check(request, Use.FUNCTION, form.cleaned_data["code"])
        except codes.Wrong as wrong:
            form.add_error("code", wrong_words(wrong.left))
        else:
            return confirmed(request, contact)
    context = {
        "form": form,
        "contact": contact,
        "spent": codes.is_spent(request, asked),
        "again": reverse("register:function", args=[contact.key]),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "register/mandates/function_code.html", context, status=status)


def confirmed(request: HttpRequest, contact: Contact) -> HttpResponse:
    confirm(contact, Actor.of(viewer_of(request)), timezone.now())
    messages.success(request, _("You can sign in by %(address)s now.") % {"address": contact.email})
    return redirect("register:mandates")
