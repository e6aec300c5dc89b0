"""Who decides about personal data. Both sides are held by the same rules.

The controller of what is kept about a person is the side whose organisations the person is in, by its
secretariat; administrators stand in for both sides where a person is on both, or on none. Nobody
decides about themselves.
"""

from tillit.kit.circles import Viewer
from tillit.privacy.models import ErasureRequest
from tillit.register.rules import administers, keeps_a_side, secretariat_of

__all__ = ["administers", "decides_erasures", "may_decide_erasure"]


def decides_erasures(viewer: Viewer) -> bool:
    """Sees the list of requests for erasure; of each, only those that are theirs to decide."""
    return administers(viewer) or keeps_a_side(viewer)


def may_decide_erasure(viewer: Viewer, request: ErasureRequest) -> bool:
    """Administrators, and the secretariat that looks after all that the person is in. Not oneself."""
    if is_own(viewer, request):
        return False
    kept_by = secretariat_of(viewer)
    return administers(viewer) or (kept_by is not None and kept_by.own_circle == request.also)


def is_own(viewer: Viewer, request: ErasureRequest) -> bool:
    person = request.person
    own = person is not None and person.subject == viewer.identity.person
    return own or (request.account_id is not None and request.account_id == viewer.account)
