"""The pair that a page is about, with both rows, as far as the viewer may read them."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.duplicates.kinds import KINDS, Kind
from tillit.duplicates.models import Pair
from tillit.duplicates.pairing import key_of
from tillit.duplicates.reading import pairs_for
from tillit.kit.circles import Viewer


@dataclass(frozen=True)
class Both:
    """A pair with its rows."""

    pair: Pair
    kind: Kind
    one: Any
    other: Any

    def with_key(self, key: str) -> tuple[Any, Any]:
        """The row with the key, and the other one."""
        return (self.one, self.other) if self.one.key == key else (self.other, self.one)


def both_of(viewer: Viewer, key: str) -> Both:
    """Raises Http404 when the pair, or one of the two, isn't there for the viewer."""
    pair = get_object_or_404(pairs_for(viewer), key=key)
    kind = KINDS[pair.noun_of_both]
    rows = {it.key: it for it in kind.rows(viewer).filter(key__in=pair.keys)}
    one, other = (rows.get(key_of(it)) for it in pair.subjects)
    if one is None or other is None:
        raise Http404
    return Both(pair, kind, one, other)


def crumbs() -> list[tuple[str, str]]:
    return [(_("Duplicates"), reverse("duplicates:pairs"))]


def crumbs_to(both: Both) -> list[tuple[str, str]]:
    return [*crumbs(), (title_of(both), both.pair.get_absolute_url())]


def title_of(both: Both) -> str:
    return _("%(one)s and %(other)s") % {"one": both.one, "other": both.other}
