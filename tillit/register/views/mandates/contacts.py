"""The addresses of an organisation: added, put right, ended; those of functions handed over."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.kit.access import WRITING, insist, open_to, signed_in, viewer_of
from tillit.kit.changes import Actor, change, new_key, together
from tillit.kit.circles import Viewer
from tillit.kit.days import today
from tillit.kit.forms import form_page, take_errors
from tillit.kit.refusal import Refused
from tillit.register.actions import contacts as actions
from tillit.register.forms.contact import ContactForm, LastDayForm
from tillit.register.models import Contact, Organisation, Person
from tillit.register.rules import may_correct_contact, may_keep_contacts, may_see_people
from tillit.register.views.mandates.shared import acting, crumbs_for, organisation_for


@open_to(signed_in, methods=WRITING)
def addition(request: HttpRequest, key: str) -> HttpResponse:
    organisation, viewer = organisation_for(request, key, may_keep_contacts)
    form = ContactForm(request.POST or None, persons=acting(viewer, organisation, today()))
    if request.method == "POST" and form.is_valid():
        row = Contact(organisation=organisation, **form.said)
        row.start, row.end = today().isoformat(), ".."
        try:
            with together(Actor.of(viewer)) as it:
                if name := form.cleaned_data["new_name"]:
                    row.person = it.create(Person(key=new_key(), name=name))
                it.create(row)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("%(contact)s has been added.") % {"contact": row})
            return redirect("register:people", key=key)
    title = _("Add a contact of %(name)s") % {"name": organisation.name}
    return form_page(request, form, title=title, submit=_("Add"), **frame(organisation, viewer))


def contact_for(request: HttpRequest, key: str, rule: Any) -> tuple[Contact, Viewer]:
    """One that is not over, of oneself or of those that one sees. Raises Http404."""
    viewer = viewer_of(request)
    visible = Contact.objects.visible_to(viewer) | Contact.objects.filter(
        person__account=viewer.account
    )
    rows = visible.filter(possible_until__gte=today())
    related = rows.select_related("person", "organisation__secretariat")
    contact = get_object_or_404(related, key=key)
    insist(viewer, rule, contact)
    return contact, viewer


def keeps(viewer: Viewer, contact: Contact) -> bool:
    return may_keep_contacts(viewer, contact.organisation)


def back_to(organisation: Organisation, viewer: Viewer) -> str:
    if may_see_people(viewer, organisation):
        return reverse("register:people", args=[organisation.key])
    return reverse("register:mandates")


def frame(organisation: Organisation, viewer: Viewer) -> dict[str, Any]:
    return {
        "crumbs": crumbs_for(viewer, organisation),
        "cancel": back_to(organisation, viewer),
    }


@open_to(signed_in, methods=WRITING)
def correction(request: HttpRequest, key: str) -> HttpResponse:
    contact, viewer = contact_for(request, key, may_correct_contact)
    form = ContactForm(request.POST or None, persons=[], contact=contact)
    if request.method == "POST" and form.is_valid():
        try:
            change(contact, form.said, Actor.of(viewer))
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(back_to(contact.organisation, viewer))
    title = _("Put %(contact)s right") % {"contact": contact}
    return form_page(
        request, form, title=title, submit=_("Save"), **frame(contact.organisation, viewer)
    )


@open_to(signed_in, methods=WRITING)
def ending(request: HttpRequest, key: str) -> HttpResponse:
    contact, viewer = contact_for(request, key, keeps)
    form = LastDayForm(request.POST or None, today=today())
    if request.method == "POST" and form.is_valid():
        last_day = form.cleaned_data["last_day"]
        try:
            actions.end_contact(contact, Actor.of(viewer), timezone.now(), last_day)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request,
                _("%(contact)s is used until the end of %(day)s.")
                % {"contact": contact, "day": last_day},
            )
            return redirect(back_to(contact.organisation, viewer))
    lede = (
        _("What is held by the address of a function ends with it.") if contact.is_function else ""
    )
    return form_page(
        request,
        form,
        title=_("%(contact)s is used no more") % {"contact": contact},
        lede=lede,
        submit=_("End it"),
        danger=True,
        **frame(contact.organisation, viewer),
    )
