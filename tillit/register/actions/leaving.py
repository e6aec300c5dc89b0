"""Somebody leaves: what the register knows that they hold, and what becomes of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.kit.circles import Viewer
from tillit.kit.contributions import Fate, HandOver, Holding
from tillit.kit.days import today
from tillit.kit.together import Together
from tillit.register.actions.contacts import end_contact_in, pass_on
from tillit.register.actions.inviting import withdraw_in
from tillit.register.actions.mandates import by_turns, could_give, end_from, give
from tillit.register.choices import Extent
from tillit.register.models import (
    Application,
    Contact,
    Handover,
    Invitation,
    Mandate,
    Organisation,
    Person,
    Proposal,
    Role,
)
from tillit.register.people import addressee_of, key_in, person_behind
from tillit.register.rules import is_own, may_appoint

ONE_DAY = timedelta(days=1)


def holdings(person: str, behalf: str, viewer: Viewer) -> Iterator[Holding]:
    """Roles, mandates, addresses and unanswered invitations, as far as they reach beyond a hand-over."""
    found = Held.by(person, behalf, today())
    for role in found.roles():
        yield Holding(role.subject, _("Role"), role_in_words(role), role.person.get_absolute_url())
    for mandate in found.mandates():
        yield Holding(
            mandate.subject,
            _("Mandate"),
            f"{mandate.get_extent_display()}, {mandate.reaches}",
            fixed=why_fixed(viewer, mandate),
        )
    for contact in found.contacts():
        kind = _("The address of a function") if contact.is_function else _("Own address")
        yield Holding(contact.subject, kind, str(contact), passes_on=contact.is_function)
    for noun, key, title, at in found.waiting():
        said = _("%(title)s, %(day)s") % {"title": title, "day": timezone.localdate(at)}
        yield Holding(f"{noun}:{key}", WAITING[noun], said, page_of(noun, key, found))


WAITING = {
    Invitation.noun: gettext_lazy("Invitation without an answer"),
    Application.noun: gettext_lazy("Application for membership"),
    Proposal.noun: gettext_lazy("Proposal without an answer"),
}


def page_of(noun: str, key: str, held: "Held") -> str:
    if noun == Proposal.noun:
        return reverse("register:proposal", args=[key])
    return reverse("register:people", args=[held.organisation]) if noun == Invitation.noun else ""


def role_in_words(role: Role) -> str:
    unit = role.unit_to_tell
    return f"{role}, {unit}" if unit else str(role)


def why_fixed(viewer: Viewer, mandate: Mandate) -> str:
    """Why the viewer can't decide what becomes of it; empty when the viewer can."""
    if is_own(viewer, mandate) or may_appoint(viewer, mandate.extent, mandate.organisation):
        return ""
    if mandate.extent == Extent.SECRETARIAT:
        return _("It is ended or handed over by somebody in the secretariat, or an administrator.")
    return _("It is ended or handed over by an administrator.")


@dataclass(frozen=True)
class Held:
    """What a person holds for an organisation from a day on, by their keys.

    What has been handed over already, and goes on to a last day, is held no more.
    """

    person: str
    organisation: str
    day: date

    @classmethod
    def by(cls, person: str, behalf: str, day: date) -> "Held":
        return cls(key_in(person, Person.noun), key_in(behalf, Organisation.noun), day)

    def _of(self, model: Any) -> Any:
        said = Handover.objects.filter(
            leaver__key=self.person, organisation__key=self.organisation
        ).order_by("-last_day")
        last_day = Coalesce(Subquery(said.values("last_day")[:1]), Value(self.day - ONE_DAY))
        return model.objects.filter(
            person__key=self.person,
            organisation__key=self.organisation,
            possible_until__gte=self.day,
            possible_until__gt=last_day,
        )

    def roles(self) -> Any:
        return self._of(Role).select_related("organisation", "unit", "person", "represents")

    def mandates(self) -> Any:
        rows = self._of(Mandate).filter(stopped_at__isnull=True)
        return rows.select_related("organisation", "unit", "secretariat", "person", "through")

    def contacts(self) -> Any:
        return self._of(Contact).select_related("organisation", "person")

    def invitations(self) -> Any:
        """Those that the person sent and that can still be answered."""
        rows = Invitation.objects.waiting(timezone.now())
        giver = f"{Person.noun}:{self.person}"
        return rows.filter(given_by=giver, organisation__key=self.organisation)

    def applications(self) -> Any:
        """Those for the organisation that the person is to be told of."""
        rows = Application.objects.open().filter(applicant=f"{Person.noun}:{self.person}")
        return rows.filter(member__key=self.organisation).select_related("umbrella")

    def waiting(self) -> Any:
        """What waits for an answer, of all nouns in one question: noun, key, title, since when."""
        parts = (
            (self.invitations(), Invitation.noun, "name", "sent_at"),
            (self.applications(), Application.noun, "umbrella__name", "applied_at"),
            (self.proposals(), Proposal.noun, "organisation__name", "proposed_at"),
        )
        first, *others = (
            rows.order_by().values_list(Value(noun), "key", title, at)
            for rows, noun, title, at in parts
        )
        return first.union(*others, all=True)

    def proposals(self) -> Any:
        """What the person has proposed on the organisation's behalf, and nobody has answered."""
        rows = Proposal.objects.waiting().filter(proposer=f"{Person.noun}:{self.person}")
        behalf = f"{Organisation.noun}:{self.organisation}"
        return rows.filter(behalf=behalf).select_related("organisation")


def hand_over(act: HandOver) -> int:
    """The register's part. What passes on begins on the day after the last."""
    found = Held.by(act.leaver, act.behalf, today())
    successor = Person.objects.filter(key=key_in(act.successor, Person.noun)).first()
    with by_turns(act.actor) as it:
        return Leaving(act, found, successor, it, timezone.now()).do()


class Leaving:
    """One person leaves one organisation."""

    def __init__(
        self,
        act: HandOver,
        held: Held,
        successor: Person | None,
        it: Together,
        now: datetime,
    ) -> None:
        self.act, self.held, self.successor, self.it, self.now = act, held, successor, it, now
        self.first_day = act.last_day + ONE_DAY

    def do(self) -> int:
        """How many things it were. The addresses go first: what is held by them goes with them."""
        parts = (
            (self.held.contacts, self.contact),
            (self.held.mandates, self.mandate),
            (self.held.roles, self.role),
            (self.held.invitations, self.invitation),
            (self.held.applications, self.application),
            (self.held.proposals, self.proposal),
        )
        return sum(self._part(rows, settle) for rows, settle in parts)

    def _part(self, rows: Any, settle: Any) -> int:
        count = 0
        for row in list(rows()):
            fate = self.fate(row)
            if fate is not Fate.STAY:
                settle(row, fate)
                count += 1
        return count

    def fate(self, row: Any) -> Fate:
        passes_on = not isinstance(row, Contact) or row.is_function
        return self.act.fate_of(row.subject, passes_on=passes_on)

    def contact(self, contact: Contact, fate: Fate) -> None:
        if fate is Fate.HAND_ON and self.successor:
            pass_on(self.it, contact, self.successor, self.now, self.first_day)
        else:
            end_contact_in(self.it, contact, self.act.last_day, self.now)

    def mandate(self, mandate: Mandate, fate: Fate) -> None:
        stored = Mandate.objects.select_related("organisation", "unit").get(pk=mandate.pk)
        if not stored.lasts(self.first_day):
            return  # it went with the address
        if fate is Fate.HAND_ON and self.successor:
            give(self.it, self.successors(stored, self.successor), self.now)
        end_from(
            self.it,
            stored,
            self.first_day,
            self.now,
            reason=_("Has left."),
            knowing=self.act.knowing,
        )

    def successors(self, mandate: Mandate, successor: Person) -> Mandate:
        """The same mandate for the successor, from the next day on."""
        first = max(self.first_day, mandate.certain_from).isoformat()
        return Mandate(
            person=successor,
            organisation=mandate.organisation,
            unit=mandate.unit,
            extent=mandate.extent,
            secretariat=mandate.secretariat,
            start=first,
            end=mandate.end or "..",
            accepted_at=self.now if successor.account_id else None,
            given_by=self.it.actor.person,
            given_for=self.it.actor.behalf,
        )

    def role(self, role: Role, fate: Fate) -> None:
        if role.as_read.start.earliest > self.act.last_day:
            self._role_to_come(role, fate)
            return
        self.it.change(role, {"end": self.act.last_day.isoformat()})
        if fate is Fate.HAND_ON and self.successor:
            alike = {name: getattr(role, name) for name in ALIKE}
            start, end = self.first_day.isoformat(), ".."
            self.it.create(Role(person=self.successor, start=start, end=end, **alike))

    def _role_to_come(self, role: Role, fate: Fate) -> None:
        """One that has not begun is the successor's from the start, or was never anybody's."""
        if fate is Fate.HAND_ON and self.successor:
            self.it.change(role, {"person": self.successor})
        else:
            self.it.remove(role)

    def invitation(self, invitation: Invitation, fate: Fate) -> None:
        """It goes on in the name of whoever may give it: the successor, else who hands over."""
        if fate is Fate.END:
            withdraw_in(self.it, invitation, self.now)
            return
        giver = self.act.successor if self._may_give(invitation) else self.it.actor.person
        behalf = self.act.behalf if giver == self.act.successor else self.it.actor.behalf
        self.it.change(invitation, {"given_by": giver, "given_for": behalf})

    def application(self, application: Application, fate: Fate) -> None:
        """The successor is told what is decided, or else whoever hands over for another."""
        by = self.it.actor.person
        remaining = person_behind(by) if by != self.act.leaver else None
        to = self.successor if fate is Fate.HAND_ON else remaining
        new = {"applicant": to.subject if to else "", "contact_name": to.name if to else ""}
        reached = addressee_of(to) if to else None
        if reached:
            new["contact_email"] = reached.email
        self.it.change(application, new)

    def proposal(self, proposal: Proposal, fate: Fate) -> None:
        """The successor gets the answer; ended, it waits for none."""
        if fate is Fate.HAND_ON:
            self.it.change(proposal, {"proposer": self.act.successor})
        else:
            self.it.change(proposal, {"withdrawn_at": self.now})

    def _may_give(self, invitation: Invitation) -> bool:
        day = timezone.localdate(self.now)
        return could_give(self.successor, invitation.extent, invitation.organisation, day)


ALIKE = ("organisation", "unit", "represents", "kind", "title", "share")
