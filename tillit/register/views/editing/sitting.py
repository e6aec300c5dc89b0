"""Who is about to do what with which row: fetched through permission, for all pages of editing."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from tillit.kit.access import insist, viewer_of
from tillit.kit.circles import Viewer
from tillit.kit.days import today
from tillit.kit.editing.choices import WORD_OF, Deed
from tillit.register import rules
from tillit.register.forms.fact import FactForm, Sitting
from tillit.register.forms.nouns import BY_SLUG
from tillit.register.models import Organisation, Person, Role, Unit
from tillit.register.standing import chosen_mandate

RELATED = {
    "role": ("person", "unit", "represents"),
    "presence": ("place",),
    "address": ("place",),
    "unit": ("parent",),
}


def organisation_of(viewer: Viewer, key: str, *, locked: bool = False) -> Organisation:
    """The organisation with the key, if the viewer sees it; nobody else writes of it while locked."""
    rows = Organisation.objects.visible_to(viewer)
    if locked:
        rows = rows.select_for_update(of=("self",), no_key=True)
    found: Organisation = get_object_or_404(rows, key=key)
    return found


def form_of(slug: str, deed: Deed) -> type[FactForm]:
    """The form of the noun. Raises Http404 when there is none, or not for the deed."""
    form = BY_SLUG.get(slug)
    if form is None or deed not in form.all_deeds:
        raise Http404
    return form


def row_of(form: type[FactForm], organisation: Organisation, viewer: Viewer, key: str) -> Any:
    """A row that the viewer sees. Raises Http404."""
    if form.model is Organisation:
        if key != organisation.key:
            raise Http404
        return organisation
    if form.model is Person:
        roles = Role.objects.visible_to(viewer).filter(organisation=organisation)
        return get_object_or_404(Person, key=key, pk__in=roles.values("person"))
    rows: Any = form.model._default_manager  # noqa: SLF001
    related = RELATED.get(form.model.noun, ())
    found = get_object_or_404(
        rows.visible_to(viewer).select_related(*related), key=key, organisation=organisation
    )
    found.organisation = organisation
    if getattr(found, "unit", None):
        found.unit.organisation = organisation
    return found


def sit(
    viewer: Viewer, key: str, form: type[FactForm], deed: Deed, row: str, *, locked: bool = False
) -> Sitting:
    """The sitting in which the viewer does the deed, or proposes it. Raises Http404."""
    organisation = organisation_of(viewer, key, locked=locked)
    found = None if deed is Deed.ADD else row_of(form, organisation, viewer, row)
    return Sitting(organisation, deed, viewer, today(), found, for_unit=own_unit(viewer, form))


def own_unit(viewer: Viewer, form: type[FactForm]) -> Unit | None:
    """The unit for which alone the viewer acts, and whose people the viewer therefore writes."""
    mandate = chosen_mandate(viewer)
    return mandate.unit if mandate and form.model is Role else None


def must_be_open(sitting: Sitting, form: type[FactForm]) -> None:
    """Raise PermissionDenied when the viewer may neither do nor propose the deed.

    Of a protected organisation nobody else says where it is or who its people are.
    """
    if not sitting.may_edit and not may_propose(sitting, form):
        insist(sitting.viewer, rules.may_edit, sitting.organisation)


def may_propose(sitting: Sitting, form: type[FactForm]) -> bool:
    it = sitting.organisation
    hidden = it.protected and form.tells_who_or_where()
    return rules.may_propose(sitting.viewer, it) and not hidden


def deed_url(organisation: Organisation, form: type[FactForm], deed: Deed, row: str = "") -> str:
    if deed is Deed.ADD:
        return reverse("register:fact-new", args=[organisation.key, form.slug])
    return reverse("register:fact-deed", args=[organisation.key, form.slug, row, WORD_OF[deed]])


def fact_url(organisation: Organisation, form: type[FactForm], row: str) -> str:
    return reverse("register:fact", args=[organisation.key, form.slug, row])


def asked_deed(request: HttpRequest, key: str, noun: str, deed: Deed, row: str) -> Sitting:
    """The sitting of a page that is opened. Raises Http404 and PermissionDenied."""
    form = form_of(noun, deed)
    sitting = sit(viewer_of(request), key, form, deed, row)
    must_be_open(sitting, form)
    return sitting
