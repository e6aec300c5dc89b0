"""Changes as a list, page and files: of an organisation, and of what contexts above let people edit."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from tillit.kit.exports import Column
from tillit.kit.listing import Listing
from tillit.kit.models import Activity
from tillit.register.telling import Told


def change_listing(
    name: str,
    template: str,
    tell: Callable[[Sequence[Activity]], Sequence[Told]],
    undo_url: Callable[[Activity], str],
) -> Listing:
    """The latest first. `name` is that of the files; `undo_url` leads to where one is taken back."""

    def prepare(rows: Sequence[Any]) -> None:
        for row, told in zip(rows, tell(rows), strict=True):
            row.told, row.undo_url = told, undo_url(row)

    return Listing(
        gettext_lazy("Changes"),
        f"andringar-{name}",
        COLUMNS,
        template,
        by=("-at", "-pk"),
        size=30,
        more_in_files=MORE,
        prepare=prepare,
    )


def moment(at: Any) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")


def from_and_to(told: Told) -> str:
    return "; ".join(
        f"{it.label}: {it.before or '–'} → {it.after or '–'}" for it in told.differences
    )


COLUMNS = [
    Column(gettext_lazy("What"), lambda row: row.told.what, template="register/cells/change.html"),
    Column(gettext_lazy("When"), lambda row: moment(row.at)),
    Column(gettext_lazy("Who"), lambda row: row.told.who),
    Column(gettext_lazy("On behalf of"), lambda row: row.told.behalf),
]
MORE = [
    Column(gettext_lazy("From and to"), lambda row: from_and_to(row.told)),
    Column(gettext_lazy("Reason"), lambda row: row.told.reason),
]
