"""What duplicates give to the whole."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tillit.duplicates import demo, keeping
from tillit.duplicates.kinds import KINDS
from tillit.duplicates.models import Merge, Pair
from tillit.duplicates.reading import merges_for, pairs_for
from tillit.duplicates.rules import may_merge, sees_pairs
from tillit.kit.circles import Viewer
from tillit.kit.contributions import Act, Asked, Contributions, Link, Panel

AREA = gettext_lazy("What is told of an organisation")


def ways(viewer: Viewer) -> Iterator[Link]:
    if sees_pairs(viewer):
        yield Link(_("Duplicates"), reverse("duplicates:pairs"))


def asked(viewer: Viewer, day: date) -> Iterator[Asked]:
    """One line for all of them: they are looked through together."""
    if not sees_pairs(viewer):
        return
    number = pairs_for(viewer).waiting(day).count()
    if number:
        title = ngettext(
            "%(number)s pair of entries that may be the same",
            "%(number)s pairs of entries that may be the same",
            number,
        )
        yield Asked(
            title=title % {"number": number},
            url=reverse("duplicates:pairs"),
            action=_("Look through"),
        )


def panels(subject: str, viewer: Viewer, day: date) -> Iterator[Panel]:
    """For those who may do something about it: that it may stand here twice."""
    noun, _colon, key = subject.partition(":")
    if noun in KINDS and sees_pairs(viewer):
        content = {"url": reverse("duplicates:new", args=[noun, key])}
        yield Panel(
            _("Does it stand here twice?"), "duplicates/parts/panel.html", content, order=96
        )


def links(subjects: Sequence[str], viewer: Viewer) -> Mapping[str, Link]:
    found: dict[str, Link] = {}
    for noun, readable in ((Merge.noun, merges_for), (Pair.noun, pairs_for)):
        keys = [it.partition(":")[2] for it in subjects if it.startswith(f"{noun}:")]
        rows = readable(viewer).filter(key__in=keys) if keys else ()
        found |= {it.subject: Link(str(it), it.get_absolute_url()) for it in rows}
    return found


contributions = Contributions(
    ways=ways,
    asked=asked,
    panels=panels,
    links=links,
    acts=[
        Act(gettext_lazy("Look through what may be the same"), sees_pairs, AREA, 17),
        Act(
            gettext_lazy("Merge two entries, and make them two again"),
            lambda viewer, it: may_merge(viewer, it, it),
            AREA,
            18,
        ),
    ],
    retentions=[keeping.RETENTION],
    own_data=keeping.own_data,
    erase=keeping.erase,
    known_as=keeping.known_as,
    carried_in=keeping.carried_in,
    populate=demo.populate,
)
