"""What somebody who may not edit an organisation's entry thinks should stand there."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tillit.kit.circles import Shared, SharedQuerySet, Viewer
from tillit.kit.editing.choices import Deed
from tillit.kit.fields import SubjectField
from tillit.kit.models import Activity, Row
from tillit.kit.refusal import Refused
from tillit.register.choices import Extent
from tillit.register.models.mandate import Mandate
from tillit.register.models.organisation import Organisation

EDITING = (Extent.EDIT, Extent.LEAD, Extent.SECRETARIAT)


def proposers(viewer: Viewer) -> list[str]:
    """How a viewer's proposals are signed: as the person, or the account that was nobody yet."""
    account = f"account:{viewer.account}" if viewer.account is not None else ""
    return [*filter(None, [viewer.identity.person, account])]


class ProposalQuerySet(SharedQuerySet):
    def visible_to(self, viewer: Viewer) -> Self:
        """What the organisation and its secretariat read, and whoever proposed it."""
        read = Q(circle__in=viewer.circles) | Q(also__in=viewer.circles)
        return self.filter(read | Q(proposer__in=proposers(viewer)))

    def by(self, viewer: Viewer) -> Self:
        return self.filter(proposer__in=proposers(viewer))

    def waiting(self) -> Self:
        return self.filter(
            accepted_at__isnull=True, declined_at__isnull=True, withdrawn_at__isnull=True
        )

    def answered_by(self, mandate: Mandate) -> Self:
        """Those that one answers by the mandate: as `rules.may_edit` has it, for many at once."""
        mine = Q(organisation=mandate.organisation_id) if mandate.unit_id is None else Q(pk=None)
        if mandate.extent not in EDITING:
            return self.none()
        if mandate.secretariat:
            mine |= Q(
                organisation__secretariat=mandate.secretariat_id,
                organisation__sector=mandate.secretariat.side,
                organisation__protected=False,
            )
        return self.filter(mine)

    def answered_since(self, moment: datetime) -> Self:
        return self.filter(Q(accepted_at__gte=moment) | Q(declined_at__gte=moment))

    def settled_before(self, moment: datetime) -> Self:
        return self.filter(
            Q(accepted_at__lt=moment) | Q(declined_at__lt=moment) | Q(withdrawn_at__lt=moment)
        )


class Proposal(Shared, Row):
    """A deed that is proposed: with what, and what shall be said of it.

    `values` are those of the deed's form, `held` what the row was when the form was opened, both
    plain. It is settled by one deed: accepted, declined or withdrawn, by whom, when and why.
    `outcome` is the change that came of it.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="proposals"
    )
    about_noun = models.CharField(max_length=20)
    about_key = models.CharField(max_length=200, blank=True)  # of the row; empty for a new one
    deed = models.CharField(max_length=8, choices=Deed.choices)
    values: Any = models.JSONField(default=dict, blank=True)
    held: Any = models.JSONField(default=dict, blank=True)
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    proposer = SubjectField(db_index=True)  # subjects: who, and for whom
    behalf = SubjectField(blank=True)
    proposed_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    decided_by = SubjectField(blank=True)  # subjects: who, and for whom
    decided_for = SubjectField(blank=True)
    answer = models.CharField(_("answer"), max_length=400, blank=True)
    adjusted = models.BooleanField(_("with adjustments"), default=False)
    outcome = models.ForeignKey(
        Activity, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    noun_and_key: ClassVar[tuple[str, str] | None] = ("about_noun", "about_key")
    # The activity tells that there is a proposal; what it says is told by itself alone.
    untold: ClassVar[frozenset[str]] = frozenset({"values", "held", "reason", "answer", "outcome"})

    objects: ClassVar[Any] = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["-proposed_at", "key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(declined_at__isnull=True, withdrawn_at__isnull=True)
                | Q(accepted_at__isnull=True, withdrawn_at__isnull=True)
                | Q(accepted_at__isnull=True, declined_at__isnull=True),
                name="register_proposal_settled_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_deed_display()}"

    def get_absolute_url(self) -> str:
        return reverse("register:proposal", args=[self.key])

    def guard(self) -> None:
        it = self.organisation
        self.circle = it.own_circle
        self.also = it.secretariat.own_circle if it.secretariat and not it.protected else ""

    def lock(self) -> None:
        """In the order of all who write: the organisation before what is told of it."""
        rows = Organisation.objects.select_for_update(no_key=True)
        rows.filter(pk=self.organisation_id).first()

    @property
    def about(self) -> str:
        return self.organisation.subject

    @property
    def about_subject(self) -> str:
        """The subject that it would change."""
        return f"{self.about_noun}:{self.about_key}" if self.about_key else ""

    @property
    def settled_at(self) -> datetime | None:
        return self.accepted_at or self.declined_at or self.withdrawn_at

    def refuse_undo(self, activity: Activity) -> None:
        raise Refused(_now("A proposal is settled once. Undo what came of it instead."), 409)
