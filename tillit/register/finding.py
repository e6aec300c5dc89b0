"""Which organisation somebody means who types a part of its name, or its number."""

from django.db.models import Q

from tillit.kit.circles import Viewer
from tillit.kit.days import today
from tillit.kit.swedish import fold
from tillit.register.models import Identifier, Name, Organisation
from tillit.register.particulars import with_names_and_places

MOST = 10
LEAST_LETTERS = 2


def matching(
    asked: str, viewer: Viewer, *, but: Organisation | None = None, sector: str = ""
) -> list[Organisation]:
    """The organisations that the text may mean, by any name or by number; a few of them."""
    if len(fold(asked)) < LEAST_LETTERS:
        return []
    names = Name.objects.visible_to(viewer).containing(asked).values("organisation")
    numbers = Identifier.objects.visible_to(viewer).beginning(asked).values("organisation")
    rows = Organisation.objects.visible_to(viewer).on(today())
    rows = rows.exclude(pk=but.pk) if but else rows
    rows = rows.filter(sector=sector) if sector else rows
    found = rows.filter(Q(pk__in=names) | Q(pk__in=numbers)).order_by("sort_key", "key")
    return list(with_names_and_places(found, viewer, today())[:MOST])
