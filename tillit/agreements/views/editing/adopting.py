"""A party says what it did with a version, and takes it back; who has and who hasn't."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from tillit.agreements import adopting, rules
from tillit.agreements.forms.adopting import AdoptionForm, WithdrawalForm
from tillit.agreements.models import Adoption, Version
from tillit.agreements.views.editing.fetching import version_of
from tillit.agreements.views.editing.writing import crumbs_to_version
from tillit.agreements.views.version import stances_of
from tillit.kit.access import WRITING, insist, open_to, signed_in, viewer_of
from tillit.kit.bounds import Edge, read_bound
from tillit.kit.changes import Actor, new_key
from tillit.kit.circles import Viewer
from tillit.kit.days import today
from tillit.kit.forms import form_page, posted, take_errors
from tillit.kit.refusal import Refused
from tillit.register.models import Organisation
from tillit.register.standing import chosen_mandate


@open_to(signed_in, methods=WRITING)
def adoption(request: HttpRequest, key: str, version: str) -> HttpResponse:
    if request.method == "POST":
        with transaction.atomic():
            return said(request, key, version)
    found = asked(viewer_of(request), key, version)
    return shown(request, found, form_for(request, found))


def asked(viewer: Viewer, key: str, version: str, *, locked: bool = False) -> Version:
    """A version that the viewer may stand behind for a party. Raises Http404 and the like."""
    found = version_of(viewer, key, version, locked=locked)
    insist(viewer, rules.may_bind, found.agreement)
    if not rules.may_adopt(viewer, found):
        raise Refused(_("The version has been adopted by all already."), 409)
    return found


def own_organisation(viewer: Viewer) -> Organisation:
    mandate = chosen_mandate(viewer)
    if mandate is None:
        raise PermissionDenied
    it: Organisation = mandate.organisation
    return it


def form_for(request: HttpRequest, version: Version, *, completes: bool | None = None) -> Any:
    viewer = viewer_of(request)
    it = own_organisation(viewer)
    if completes is None:
        completes = adopting.completes(version, it.pk, today())
    units = it.units.visible_to(viewer).on(today())
    return AdoptionForm(units, posted(request), completes=completes)


def said(request: HttpRequest, key: str, version: str) -> HttpResponse:
    """Within a transaction, in which nobody else adopts it."""
    viewer = viewer_of(request)
    found = asked(viewer, key, version, locked=True)
    form = form_for(request, found)
    if not form.is_valid() or not is_past(form):
        return shown(request, found, form)
    values = form.cleaned_data
    row = Adoption(
        key=f"{found.key}.adoption.{new_key()}",
        version=found,
        organisation=own_organisation(viewer),
        **{name: values[name] for name in ("kind", "unit", "dated", "case_number")},
    )
    try:
        with transaction.atomic():
            adopting.adopt(row, values.get("in_force_from"), Actor.of(viewer), today())
    except ValidationError as error:
        take_errors(form, error)
        return shown(request, found, form)
    return told(request, found)


def is_past(form: Any) -> bool:
    """What a party did is behind us."""
    if read_bound(form.cleaned_data["dated"], Edge.START).earliest <= today():
        return True
    form.add_error("dated", _("The day lies ahead. Say it when it has been done."))
    return False


def told(request: HttpRequest, version: Version) -> HttpResponse:
    stored = Version.objects.get(pk=version.pk)
    words = _("Saved: what you did with the version.")
    if stored.stage != version.stage:
        words = _("Saved. All parties have adopted the version, and it is what is agreed.")
    messages.success(request, words)
    return redirect(version.get_absolute_url())


def shown(request: HttpRequest, version: Version, form: Any) -> HttpResponse:
    it = own_organisation(viewer_of(request))
    return form_page(
        request,
        form,
        "agreements/editing/adoption.html",
        title=_("What %(name)s did with the version") % {"name": it},
        kicker=str(version),
        lede=_(
            "When all parties of both sides have adopted it, it is what is agreed from the day that the "
            "last one says. What has been adopted is not edited any more."
        ),
        submit=_("Save"),
        cancel=version.get_absolute_url(),
        crumbs=crumbs_to_version(version),
        stances=stances_of(version, version.adoptions.binding(), viewer_of(request)),
        doubts=adopting.doubts(version),
        version=version,
    )


@open_to(signed_in, methods=WRITING)
def withdrawal(request: HttpRequest, key: str, version: str, row: str) -> HttpResponse:
    form = WithdrawalForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            found = own_adoption(request, key, version, row, locked=True)
            reason = form.cleaned_data["reason"]
            adopting.withdraw(found, reason, Actor.of(viewer_of(request)), today())
        messages.success(request, _("It has been taken back, with your reason."))
        return redirect(found.version.get_absolute_url())
    found = own_adoption(request, key, version, row)
    return form_page(
        request,
        form,
        title=_("Take back: %(what)s") % {"what": found.get_kind_display()},
        kicker=str(found.version),
        lede=_("That you had said it is still told, with the reason for taking it back."),
        submit=_("Take it back"),
        cancel=found.version.get_absolute_url(),
        crumbs=crumbs_to_version(found.version),
    )


def own_adoption(
    request: HttpRequest, key: str, version: str, row: str, *, locked: bool = False
) -> Adoption:
    """Of the party that the viewer leads. Raises Http404, PermissionDenied and Refused."""
    viewer = viewer_of(request)
    found = asked(viewer, key, version, locked=locked)
    rows = Adoption.objects.visible_to(viewer).standing()
    it: Adoption = get_object_or_404(
        rows, key=row, version=found, organisation=own_organisation(viewer)
    )
    it.version = found
    return it
