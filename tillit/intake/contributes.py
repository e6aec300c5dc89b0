"""What imports give to the whole."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.intake import demo, keeping
from tillit.intake.models import Intake
from tillit.intake.rules import may_bring_in
from tillit.kit.circles import Viewer
from tillit.kit.contributions import Act, Asked, Contributions, Link
from tillit.kit.personal.traces import start_of

OLD_DRAFT = timedelta(days=7)
MOST = 10


def ways(viewer: Viewer) -> Iterator[Link]:
    if may_bring_in(viewer):
        yield Link(_("Bring in lists"), reverse("intake:intakes"))


def links(subjects: Sequence[str], viewer: Viewer) -> Mapping[str, Link]:
    parts = (it.partition(":") for it in subjects)
    keys = [key for noun, _colon, key in parts if noun == Intake.noun]
    rows = Intake.objects.visible_to(viewer).filter(key__in=keys).defer("data") if keys else []
    return {it.subject: Link(it.title, it.get_absolute_url()) for it in rows}


def asked(viewer: Viewer, day: date) -> Iterator[Asked]:
    """One's own imports that nothing has come of for a week."""
    if not viewer.identity.capacities:
        return
    old = (
        Intake.objects.visible_to(viewer)
        .unfinished()
        .filter(touched_at__lt=start_of(day - OLD_DRAFT))
    )
    for it in old.defer("data")[:MOST]:
        yield Asked(
            title=it.title,
            url=it.get_absolute_url(),
            action=_("Go on with it"),
            text=_("An import that nobody has touched for a week."),
            capacity=it.capacity,
        )


contributions = Contributions(
    ways=ways,
    links=links,
    asked=asked,
    acts=[
        Act(
            gettext_lazy("Go on with the own import, and take it back"),
            may_bring_in,
            gettext_lazy("What is told of an organisation"),
            19,
        )
    ],
    populate=demo.populate,
    holdings=keeping.holdings,
    hand_over=keeping.hand_over,
    retentions=[keeping.RETENTION],
    own_data=keeping.own_data,
    erase=keeping.erase,
)
