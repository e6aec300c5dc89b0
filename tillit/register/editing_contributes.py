"""What editing and proposals give to pages of others: the desk, the page of rules, links."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.kit.access import anyone
from tillit.kit.circles import Viewer
from tillit.kit.contributions import Act, Asked, Link, Retention
from tillit.kit.days import format_day
from tillit.register import rules
from tillit.register.models import Proposal, Unit
from tillit.register.people import key_in
from tillit.register.proposing import KEPT_DAYS, purge
from tillit.register.standing import capacity_for

AREA = gettext_lazy("What is told of an organisation")
LATELY = timedelta(days=7)
MOST = 10

acts = [
    Act(gettext_lazy("See what has been changed"), anyone, AREA, 10),
    Act(gettext_lazy("Propose a change"), rules.may_propose, AREA, 11),
    Act(gettext_lazy("Edit: names, addresses, people and the rest"), rules.may_edit, AREA, 12),
    Act(gettext_lazy("Undo the last change"), rules.may_edit, AREA, 13),
    Act(gettext_lazy("Answer what others propose"), rules.may_edit, AREA, 14),
    Act(gettext_lazy("Protect place and people"), rules.may_edit, AREA, 15),
    Act(
        gettext_lazy("Edit a unit and its people"),
        rules.may_edit_unit,
        AREA,
        16,
        of=lambda it: Unit(pk=1, organisation=it),  # the one that situations are made up with
    ),
    Act(
        gettext_lazy("Add an organisation of its side"),
        rules.may_add_to,
        AREA,
        17,
        of=lambda it: it.secretariat,
    ),
    Act(gettext_lazy("Bring in lists of its side"), rules.may_bring_in, AREA, 18),
]

retentions = [
    Retention(
        "proposals",
        gettext_lazy("Proposals that have been answered or withdrawn"),
        gettext_lazy(
            "Counted from the answer. What came of them stands in the list of changes, without who "
            "proposed it."
        ),
        KEPT_DAYS,
        purge,
    )
]


def asked(viewer: Viewer, day: date) -> Iterator[Asked]:
    """Proposals to answer, in whichever capacity; and answers to one's own of the last days."""
    if viewer.account is None:
        return
    yield from _to_answer(viewer)
    yield from _answered(viewer)


def _to_answer(viewer: Viewer) -> Iterator[Asked]:
    rows = Proposal.objects.visible_to(viewer).waiting().select_related("organisation")
    for it in rows.order_by("proposed_at")[:MOST]:
        capacity = capacity_for(viewer, rules.may_edit, it.organisation)
        if capacity:
            said = _("A proposal for %(name)s waits for an answer")
            yield Asked(
                said % {"name": it.organisation.name},
                it.get_absolute_url(),
                _("Answer"),
                it.reason,
                capacity=capacity,
            )


def _answered(viewer: Viewer) -> Iterator[Asked]:
    since = timezone.now() - LATELY
    for it in (
        Proposal.objects.by(viewer).answered_since(since).select_related("organisation")[:MOST]
    ):
        said = (
            _("Your proposal for %(name)s has been accepted")
            if it.accepted_at
            else _("Your proposal for %(name)s has been declined")
        )
        title = said % {"name": it.organisation.name}
        yield Asked(title, it.get_absolute_url(), _("See"), it.answer)


def awaited(viewer: Viewer) -> Iterator[Asked]:
    """One's own proposals that nobody has answered."""
    if viewer.account is None:
        return
    rows = Proposal.objects.by(viewer).waiting().select_related("organisation")
    for it in rows.order_by("-proposed_at")[:MOST]:
        yield Asked(
            _("Your proposal for %(name)s") % {"name": it.organisation.name},
            it.get_absolute_url(),
            _("See"),
            _("Waits for an answer since %(day)s")
            % {"day": format_day(timezone.localdate(it.proposed_at))},
        )


def links(subjects: Sequence[str], viewer: Viewer) -> Mapping[str, Link]:
    keys = [key for key in (key_in(it, Proposal.noun) for it in subjects) if key]
    rows = Proposal.objects.visible_to(viewer).filter(key__in=keys).select_related("organisation")
    words = _("Proposal for %(name)s")
    return {
        it.subject: Link(words % {"name": it.organisation.name}, it.get_absolute_url())
        for it in (rows if keys else ())
    }
