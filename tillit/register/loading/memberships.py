"""`memberships:` in the files."""

from collections import defaultdict
from typing import Any

from django.utils.translation import gettext as _

from tillit.kit.loading.entries import Entry
from tillit.kit.loading.keys import joined
from tillit.kit.loading.overlaps import sure_overlaps
from tillit.kit.loading.plan import Plan
from tillit.kit.loading.resolving import chunks
from tillit.kit.loading.shapes import Slug
from tillit.kit.loading.tables import Table
from tillit.register.loading.organisation_shapes import Fact
from tillit.register.loading.refs import organisation_ref
from tillit.register.models import Membership

Pair = tuple[str, str]


class MembershipShape(Fact):
    umbrella: Slug
    member: Slug


class Memberships(Table[MembershipShape]):
    name = "memberships"
    shape = MembershipShape
    models = (Membership,)

    def rows(self, entry: Entry[MembershipShape], plan: Plan) -> None:
        said = entry.shape
        plan.want(
            Membership,
            entry,
            key=said.key,
            otherwise=joined(said.umbrella, said.member),
            values=said.dates,
            refs={
                "umbrella": organisation_ref(said.umbrella, "umbrella"),
                "member": organisation_ref(said.member, "member"),
            },
            cited=said.source,
        )

    def check(self, plan: Plan) -> None:
        """Refuse two memberships of one pair that both surely hold on some day."""
        rows = _by_pair(plan)
        for pair, stored in _stored_by_pair(plan).items():
            rows[pair] += stored if pair in rows else []
        for several in rows.values():
            for former, later in sure_overlaps(several):
                _tell(former, later, plan)


def _by_pair(plan: Plan) -> dict[Pair, list[Membership]]:
    found: dict[Pair, list[Membership]] = defaultdict(list)
    for wanted in plan.of(Membership):
        if wanted.is_whole:
            found[wanted.row.umbrella.key, wanted.row.member.key].append(wanted.row)
    return found


def _stored_by_pair(plan: Plan) -> dict[Pair, list[Membership]]:
    """Those in the database that the files don't speak of."""
    found: dict[Pair, list[Membership]] = defaultdict(list)
    umbrellas = {wanted.row.umbrella.pk for wanted in plan.of(Membership) if wanted.is_whole}
    for chunk in chunks(umbrellas - {None}):
        rows = Membership.objects.filter(umbrella__in=chunk).select_related("umbrella", "member")
        for row in rows:
            if row.key not in plan.wanted[Membership]:
                found[row.umbrella.key, row.member.key].append(row)
    return found


def _tell(former: Membership, later: Membership, plan: Plan) -> None:
    spots = {key: wanted.entry.spot("period") for key, wanted in plan.wanted[Membership].items()}
    at: Any = spots.get(later.key) or spots[former.key]
    other = former if later.key in spots else later
    plan.faults.add(
        at,
        _("“%(member)s” is already a member of “%(umbrella)s” then: %(other)s")
        % {
            "member": other.member.key,
            "umbrella": other.umbrella.key,
            "other": spots.get(other.key) or other.key,
        },
        _("let one end where the other begins"),
    )
