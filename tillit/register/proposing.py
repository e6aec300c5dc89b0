"""Proposals: made through the forms of editing, and accepted by the very same way."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.accounts.models import User
from tillit.accounts.owners import own_addresses
from tillit.kit.changes import Actor, change, create, new_key, together
from tillit.kit.editing.form import Clash
from tillit.kit.forms import Text
from tillit.kit.models import Activity
from tillit.kit.refusal import Refused
from tillit.post.outbox import Addressee, Page, write
from tillit.register.forms.fact import FactForm, Sitting
from tillit.register.forms.nouns import BY_NOUN
from tillit.register.models import Organisation, Proposal
from tillit.register.people import addressee_of, key_in, names_of, person_behind

MOST_WAITING = 20  # of one person at a time, so that nobody is drowned in them
ACCOUNT = "account"
KEPT_DAYS = 730  # of what has been settled


def form_of(proposal: Proposal) -> type[FactForm]:
    return BY_NOUN[proposal.about_noun]


def propose(form: FactForm, now: datetime) -> Proposal:
    """Keep what the form says as a proposal. Raises Refused when the person has too many waiting."""
    sitting = form.sitting
    waiting = Proposal.objects.by(sitting.viewer).waiting()
    if waiting.count() >= MOST_WAITING:
        said = _("You have %(count)s proposals that wait for an answer. Withdraw one first.")
        raise Refused(said % {"count": MOST_WAITING}, 429)
    values = {name: value for name, value in form.typed.items() if name != "reason"}
    proposal = Proposal(
        key=new_key(),
        organisation=sitting.organisation,
        about_noun=form.model.noun,
        about_key=sitting.row.key if sitting.row else "",
        deed=sitting.deed,
        values=values,
        held=form.now,
        reason=form.reason,
        proposer=sitting.actor.person,
        behalf=sitting.actor.behalf,
        proposed_at=now,
    )
    return create(proposal, sitting.actor)


@dataclass
class Acceptance:
    """What came of saying yes: it is done, or it must be looked at first, with what hinders it."""

    proposal: Proposal
    outcome: Activity | None = None
    clashes: dict[str, Clash] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    @property
    def is_done(self) -> bool:
        return not self.clashes and not self.errors


def accept(proposal: Proposal, sitting: Sitting, now: datetime) -> Acceptance:
    """Do what is proposed, as it stands, within a transaction in which the sitting's rows are locked.

    Raises ValidationError when it breaks a rule, and Refused when somebody else has answered it.
    """
    proposal = waiting(proposal)
    form = form_of(proposal)(sitting, proposal.values | {"reason": proposal.reason})
    if not form.is_valid():
        errors = [str(said) for words in form.errors.values() for said in words]
        return Acceptance(proposal, errors=errors)
    clashes = form.meet(proposal.held)
    if clashes:
        return Acceptance(proposal, clashes=clashes)
    with together(sitting.actor, proposal.reason) as it:
        form.carry_out(it)
    conclude(proposal, sitting.actor, it.first, now)
    return Acceptance(proposal, it.first)


def conclude(
    proposal: Proposal,
    actor: Actor,
    outcome: Activity | None,
    now: datetime,
    *,
    adjusted: bool = False,
) -> None:
    """It has been done: the proposal is accepted by that, and the proposer told."""
    new = {"accepted_at": now, "outcome": outcome, "adjusted": adjusted, **_by(actor)}
    change(proposal, new, actor)
    tell(proposal)


def decline(proposal: Proposal, actor: Actor, why: str, now: datetime) -> None:
    """Raises Refused when somebody else has answered it."""
    with transaction.atomic():
        proposal = waiting(proposal)
        change(proposal, {"declined_at": now, "answer": why, **_by(actor)}, actor)
        tell(proposal)


def withdraw(proposal: Proposal, actor: Actor, now: datetime) -> None:
    """Raises Refused when it has been answered meanwhile."""
    with transaction.atomic():
        change(waiting(proposal), {"withdrawn_at": now, **_by(actor)}, actor)


def waiting(proposal: Proposal) -> Proposal:
    """The proposal, locked, if nobody has answered it yet. Raises Refused."""
    proposal.lock()
    found: Proposal | None = Proposal.objects.select_for_update().filter(pk=proposal.pk).first()
    if found is None or found.settled_at:
        raise Refused(_("Somebody has already answered this proposal."), 409)
    return found


def _by(actor: Actor) -> dict[str, str]:
    return {"decided_by": actor.person, "decided_for": actor.behalf}


def tell(proposal: Proposal) -> None:
    """Tell the proposer what became of it, if there is an address to write to."""
    to = _proposer(proposal)
    if to is None:
        return
    values = {
        "organisation": proposal.organisation.name,
        "accepted": bool(proposal.accepted_at),
        "adjusted": proposal.adjusted,
        "answer": proposal.answer,
        "page": Page("register:proposal", {"key": proposal.key}),
    }
    about = proposal.subject
    write("register/mail/proposal_decided.md", to, values, kind="proposal-decided", about=about)


def _proposer(proposal: Proposal) -> Addressee | None:
    person = person_behind(proposal.proposer)
    if person:
        return addressee_of(person)
    account = key_in(proposal.proposer, ACCOUNT)
    user = User.objects.filter(pk=account, is_active=True).first() if account.isdecimal() else None
    address = next(iter(own_addresses(user)), "") if user else ""
    return Addressee(address, language=user.language) if user and address else None


def who_proposed(proposals: list[Proposal]) -> dict[str, str]:
    """The names of those who proposed, and on whose behalf, by the subjects."""
    found = dict(names_of(it.proposer for it in proposals))
    keys = {key_in(it.behalf, Organisation.noun) for it in proposals} - {""}
    rows = Organisation.objects.filter(key__in=keys).values_list("key", "name") if keys else []
    return found | {f"{Organisation.noun}:{key}": name for key, name in rows}


def state_of(proposal: Proposal) -> tuple[Text, str]:
    """How far it has come, in a word, and the tone of that."""
    if proposal.accepted_at:
        return (_("accepted with adjustments") if proposal.adjusted else _("accepted")), "good"
    if proposal.declined_at:
        return _("declined"), "bad"
    return (_("withdrawn"), "plain") if proposal.withdrawn_at else (_("waiting"), "warn")


def purge(today: date) -> int:
    """Forget proposals that were settled long ago."""
    midnight = timezone.make_aware(datetime.combine(today, time.min))
    rows = Proposal.objects.settled_before(midnight - timedelta(days=KEPT_DAYS))
    return int(rows.delete()[0])
