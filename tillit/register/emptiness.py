"""What to do first where the register has nothing yet: a way on for those who may go it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.kit.circles import Viewer
from tillit.register.rules import may_add_organisation, may_name_secretariats


def first_step(viewer: Viewer) -> dict[str, str]:
    """`empty_url` and `empty_action` for `kit/empty.html`; nothing for those who can only wait."""
    if may_add_organisation(viewer):
        url = reverse("register:new-organisation")
        return {"empty_url": url, "empty_action": _("Enter an organisation")}
    if may_name_secretariats(viewer):
        url = reverse("register:secretariats")
        return {"empty_url": url, "empty_action": _("See to the secretariats")}
    return {}
