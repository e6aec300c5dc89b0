"""Where somebody may begin something in the register: the same on both sides, by the rules alone."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.kit.circles import Viewer
from tillit.kit.contributions import Link
from tillit.register import rules
from tillit.register.members import is_umbrella
from tillit.register.standing import chosen_mandate


def ways(viewer: Viewer) -> Iterator[Link]:
    mandate = chosen_mandate(viewer)
    if mandate is None or mandate.unit_id:
        return
    it = mandate.organisation
    if rules.may_edit(viewer, it):
        yield Link(_("Edit the entry"), reverse("register:edit", args=[it.key]))
    if rules.may_read_own(viewer, it):
        yield Link(_("People with a mandate"), reverse("register:people", args=[it.key]))
    if rules.may_decide_membership(viewer, it) and is_umbrella(it, viewer):
        yield Link(_("Members"), reverse("register:members", args=[it.key]))
        yield Link(_("Applications"), reverse("register:applications", args=[it.key]))
    if rules.keeps_a_side(viewer):
        yield Link(_("Add an organisation"), reverse("register:new-organisation"))
    if rules.administers(viewer):
        yield Link(_("Administrators"), reverse("register:administrators"))
