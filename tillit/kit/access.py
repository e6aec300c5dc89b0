"""Who may: every view declares it, and a test walks all addresses to see that it did."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from tillit.kit.circles import PUBLIC, Capacity, Viewer
from tillit.kit.contributions import circles_of, identity_of
from tillit.kit.refusal import Refused

Predicate = Callable[[Viewer], bool]
View = Callable[..., HttpResponseBase]
READING = ("GET", "HEAD")
WRITING = (*READING, "POST")
CHOSEN = "capacity"  # in the session: the key of the capacity in which the person writes


def anyone(viewer: Viewer) -> bool:
    """Open to all; what a person sees is decided row by row, by circle."""
    return True


def signed_in(viewer: Viewer) -> bool:
    """Anyone who has signed in."""
    return viewer.account is not None


def viewer_of(request: HttpRequest) -> Viewer:
    """Who reads this request; worked out once."""
    known = getattr(request, "_viewer", None)
    if known is None:
        known = _viewer(request)
        request._viewer = known  # type: ignore[attr-defined] # noqa: SLF001 (ours, on their object)
    return cast("Viewer", known)


def _viewer(request: HttpRequest) -> Viewer:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return Viewer()
    return viewer_for(user.pk, request.session.get(CHOSEN, ""))


def viewer_for(account: int, asked: str = "") -> Viewer:
    """The viewer that an account is today; what the contexts find out on the way is kept in it."""
    seed = Viewer(account=account, asked=asked)
    return replace(seed, circles=frozenset({PUBLIC, *circles_of(seed)}), identity=identity_of(seed))


def open_to(may: Predicate, *, methods: tuple[str, ...] = READING) -> Callable[[View], View]:
    """Declare who may call a view, and by which methods. Others get 403 and 405.

    Who has not signed in is asked to do so first, and comes back.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in methods:
                raise Refused(_("This page can't be used in that way."), status=405)
            viewer = viewer_of(request)
            if not may(viewer):
                if viewer.account is None and request.method in READING:
                    return redirect_to_login(request.get_full_path())
                raise InAnotherCapacity(others_by_which(viewer, may))
            return view(request, *args, **kwargs)

        checked.may = may  # type: ignore[attr-defined]
        checked.methods = methods  # type: ignore[attr-defined]
        return checked

    return declare


class InAnotherCapacity(PermissionDenied):
    """Not open in the chosen capacity. The person may do it in these, if in any, and can choose one."""

    def __init__(self, capacities: Sequence[Capacity]) -> None:
        super().__init__()
        self.capacities = capacities


def insist(viewer: Viewer, rule: Callable[..., bool], *things: Any) -> None:
    """Go on only if the rule lets the viewer do it with the things. Raises InAnotherCapacity."""
    if not rule(viewer, *things):
        raise InAnotherCapacity(others_by_which(viewer, rule, *things))


def others_by_which(viewer: Viewer, rule: Callable[..., bool], *things: Any) -> list[Capacity]:
    """The viewer's other capacities in which the rule would say yes."""
    known = [it for it in viewer.identity.capacities if it != viewer.chosen]
    return [it for it in known if rule(replace(viewer, asked=it.key), *things)]


def who_may(view: Any) -> Predicate | None:
    """The predicate that a view declares, or None when it declares none."""
    return cast("Predicate | None", getattr(view, "may", None))
