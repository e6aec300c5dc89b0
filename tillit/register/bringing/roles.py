"""Kinds of roles by the words that lists have for them."""

from functools import cache

from django.utils.translation import override

from tillit.kit.swedish import fold
from tillit.register.choices import RoleKind

# What people write besides the words of the register.
ALSO = {
    "ordf": RoleKind.CHAIR,
    "vice ordf": RoleKind.VICE_CHAIR,
    "v ordf": RoleKind.VICE_CHAIR,
    "vordf": RoleKind.VICE_CHAIR,
    "ledamot": RoleKind.MEMBER,
    "styrelseledamot": RoleKind.MEMBER,
    "board member": RoleKind.MEMBER,
    "suppleant": RoleKind.DEPUTY,
    "kontakt": RoleKind.CONTACT_PERSON,
    "verksamhetschef": RoleKind.MANAGER,
    "anstalld": RoleKind.EMPLOYEE,
    "valberedning": RoleKind.NOMINATING_MEMBER,
    "valberedningen": RoleKind.NOMINATING_MEMBER,
}


@cache
def words() -> dict[str, RoleKind]:
    """The words of the register, in both languages, and those."""
    found = dict(ALSO)
    for language in ("sv", "en"):
        with override(language):
            found |= {fold(str(kind.label)): kind for kind in RoleKind}
    return found


def kind_of(title: str) -> RoleKind:
    """The kind that the words mean; a contact person where nothing is said."""
    if not title:
        return RoleKind.CONTACT_PERSON
    return words().get(fold(title), RoleKind.AFFILIATED)
