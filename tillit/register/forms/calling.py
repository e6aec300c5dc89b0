"""An organisation that somebody names in a form, by its name or its key."""

from typing import cast

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tillit.kit.circles import Viewer
from tillit.kit.swedish import fold
from tillit.register.models import Organisation

MOST = 5


def organisation_called(said: str, viewer: Viewer) -> Organisation:
    """The one that is called so. Raises ValidationError when there is none, or several."""
    rows = Organisation.objects.visible_to(viewer)
    by_key = rows.filter(key=said.strip()).first()
    found = [by_key] if by_key else list(rows.filter(folded=fold(said.strip()))[: MOST + 1])
    if not found:
        raise ValidationError(_("No organisation is called that. Look it up among them first."))
    if len(found) > 1:
        keys = ", ".join(it.key for it in found[:MOST])
        raise ValidationError(
            _("Several are called that. Write the key of one of them: %(keys)s") % {"keys": keys}
        )
    return cast("Organisation", found[0])
