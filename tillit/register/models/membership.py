"""Which organisations are members of which umbrella, and when."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tillit.kit.circles import PUBLIC
from tillit.kit.days import format_period
from tillit.kit.loading.resolving import chunks
from tillit.kit.locks import one_at_a_time
from tillit.kit.merging.periods import ended_with, joined
from tillit.kit.models import Activity, Dated, DatedQuerySet, Row
from tillit.kit.refusal import Refused
from tillit.register.models.organisation import Organisation


class MembershipQuerySet(DatedQuerySet):
    def of(self, umbrella: str) -> Self:
        """Memberships of the umbrella with the key."""
        return self.filter(umbrella__key=umbrella)

    def between(self, umbrella: Organisation, member: Organisation) -> Self:
        """All memberships of the one in the other, the latest first."""
        return self.filter(umbrella=umbrella, member=member).order_by("-possible_from", "-pk")

    def several_of_a_pair(
        self, members: Collection[int]
    ) -> dict[tuple[int, int], list["Membership"]]:
        """All memberships of the members in umbrellas in which they have more than one."""
        of_these = self.filter(member__in=members).order_by()
        counted = of_these.values("umbrella", "member").annotate(Count("pk"))
        pairs = {*counted.filter(pk__count__gt=1).values_list("umbrella", "member")}
        found = defaultdict(list)
        if pairs:
            rows = self.filter(member__in={member for _umbrella, member in pairs})
            for row in rows.order_by("-possible_from", "-pk"):
                if (row.umbrella_id, row.member_id) in pairs:
                    found[row.umbrella_id, row.member_id].append(row)
        return found


class Membership(Row, Dated):
    """A member of an umbrella for a period. It is assumed to go on until a source ends it."""

    umbrella = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="members")
    member = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")

    objects: ClassVar[Any] = MembershipQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["umbrella", "member__sort_key", "pk"]
        indexes = [models.Index(fields=["possible_from"], name="register_membership_from")]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(umbrella=F("member")), name="register_membership_of_other"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} – {self.umbrella}"

    def get_absolute_url(self) -> str:
        return reverse("register:members", args=[self.umbrella.key])

    @property
    def about(self) -> str:
        return self.member.subject

    def lock(self) -> None:
        one_at_a_time(f"register.membership.{self.umbrella_id}")

    @classmethod
    def lock_all(cls, rows: Sequence["Membership"]) -> None:
        for row in {it.umbrella_id: it for it in rows}.values():
            row.lock()

    def check_beside(self) -> None:
        self.check_all_beside([self])

    @classmethod
    def check_all_beside(cls, rows: Sequence["Membership"]) -> None:
        """Who was never a member of the umbrella before has nothing to collide with."""
        by_member = defaultdict(list)
        for row in rows:
            if row.pk:
                by_member[row.member_id].append(row)
        for chunk in chunks(by_member):
            known = Membership.objects.several_of_a_pair(chunk)
            for row in (it for member in chunk for it in by_member[member]):
                row.refuse_overlap_with(known[row.umbrella_id, row.member_id])

    def refuse_overlap(self) -> None:
        """Raise ValidationError if the pair has another membership then."""
        self.refuse_overlap_with(Membership.objects.between(self.umbrella, self.member))

    def refuse_overlap_with(self, others: Iterable["Membership"]) -> None:
        for other in others:
            if other.pk != self.pk and self.period.collides_with(other.period):
                words = {"member": self.member, "period": format_period(other.period)}
                raise ValidationError(
                    _("%(member)s is already a member then: %(period)s.") % words, code="overlap"
                )

    def sought_beside(self) -> dict[str, Any]:
        return {"umbrella": self.umbrella, "member": self.member}

    def says_the_same(self, other: Any) -> bool:
        return self.period.collides_with(other.period)

    def take_in(self, other: Any) -> dict[str, Any]:
        return dict(joined(self, other))

    def come_back(self, twin: Any) -> dict[str, Any] | None:
        """Who has left meanwhile has left."""
        return None if twin is None else ended_with(self, twin)

    def refuse_undo(self, activity: Activity) -> None:
        """What came with a decision goes with it."""
        if self.decisions.filter(activity=activity, taken_back_by=None).exists():
            raise Refused(_("This came with a decision. Take the decision back instead."), 409)

    def guard(self) -> None:
        """Whoever may not read both may not read that the one is a member of the other."""
        circles = [self.member.circle, self.umbrella.circle]
        self.circle = next((circle for circle in circles if circle != PUBLIC), PUBLIC)

    def clean(self) -> None:
        super().clean()
        if self.umbrella == self.member:
            raise ValidationError({"member": _("An organisation can't be a member of itself.")})
