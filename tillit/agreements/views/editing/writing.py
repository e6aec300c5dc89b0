"""What the pages with forms have in common."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tillit.agreements import told
from tillit.agreements.crumbs import crumbs_of
from tillit.agreements.models import Agreement, Version
from tillit.kit.editing.page import DeedPage
from tillit.kit.models import Activity
from tillit.register.crumbs import Crumbs


def undo_link(agreement: Agreement, activity: Activity | None) -> SafeString:
    if activity is None:
        return SafeString("")
    url = reverse("agreements:change-undo", args=[agreement.key, activity.pk])
    return format_html('<a href="{}">{}</a>', url, _("Undo"))


def say(request: HttpRequest, words: str, agreement: Agreement, done: Activity | None) -> None:
    messages.success(request, format_html("{} {}", words, undo_link(agreement, done)))


def crumbs_to_version(version: Version) -> Crumbs:
    return [*crumbs_of(version.agreement), (version.label, version.get_absolute_url())]


def crumbs_to_draft(version: Version) -> Crumbs:
    return [*crumbs_to_version(version), (_("Edit"), draft_url(version))]


def draft_url(version: Version) -> str:
    return reverse("agreements:edit-version", args=[version.agreement.key, version.local_key])


def entry_url(agreement: Agreement) -> str:
    return reverse("agreements:edit", args=[agreement.key])


def crumbs_to_entry(agreement: Agreement) -> Crumbs:
    return [*crumbs_of(agreement), (_("Edit"), entry_url(agreement))]


class Writing(DeedPage):
    """A deed with something of an agreement."""

    template = "agreements/editing/form.html"

    def undo_link(self, form: Any, activity: Activity) -> SafeString:
        return undo_link(form.sitting.agreement, activity)

    def told(self, activities: list[Activity], form: Any) -> list[Any]:
        return told.tell(activities, self.viewer, form.sitting.agreement)
