"""What is written of, fetched through permission; held where it is about to be written."""

from typing import Any

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from tillit.agreements import rules
from tillit.agreements.choices import Stage
from tillit.agreements.forms.part import PartForm
from tillit.agreements.models import Agreement, Version
from tillit.kit.access import insist
from tillit.kit.circles import Viewer
from tillit.kit.refusal import Refused


def agreement_of(viewer: Viewer, key: str, *, locked: bool = False) -> Agreement:
    """Raises Http404."""
    rows = Agreement.objects.visible_to(viewer).select_related("parent", "place")
    found: Agreement = get_object_or_404(rows, key=key)
    if locked:
        found.hold()
        found = get_object_or_404(rows, pk=found.pk)
    return found


def version_of(viewer: Viewer, key: str, version: str, *, locked: bool = False) -> Version:
    """Raises Http404."""
    agreement = agreement_of(viewer, key, locked=locked)
    rows = Version.objects.visible_to(viewer).filter(agreement=agreement)
    found: Version = get_object_or_404(rows, Q(key=f"{key}.{version}") | Q(key=version))
    found.agreement = agreement
    return found


def part_of(viewer: Viewer, version: Version, form: type[PartForm], key: str) -> Any:
    """Raises Http404."""
    rows = of_form(form, version).visible_to(viewer)
    found = get_object_or_404(rows, key=key)
    found.version = version
    return found


def of_form(form: type[PartForm], version: Version) -> Any:
    """The parts of the version that the form is for."""
    rows: Any = form.model._default_manager  # noqa: SLF001
    return rows.filter(version=version, **form.among)


def must_be_drafted(viewer: Viewer, version: Version) -> None:
    """Raise PermissionDenied, or Refused where the wording stands by now."""
    if not rules.may_draft(viewer, version.agreement):
        insist(viewer, rules.may_draft, version.agreement)
    if version.stage == Stage.ADOPTED:
        raise Refused(
            _("What was adopted stands as it was adopted. Begin a new version to change it."), 409
        )
    if version.stage == Stage.CONSULTATION:
        raise Refused(_("The version is in consultation, so its text stands for now."), 409)
    if version.is_bound:
        raise Refused(
            _("A party has adopted this text, so it stands until that is withdrawn."), 409
        )
