"""A version becomes what is agreed when every party of both sides has adopted it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tillit.agreements.choices import AdoptionKind, ConsultationState, Stage
from tillit.agreements.models import Adoption, AdoptionWithdrawal, Party, Version
from tillit.agreements.stages import tell_others
from tillit.kit.changes import Actor, create, together
from tillit.kit.models import Activity
from tillit.kit.refusal import Refused
from tillit.kit.together import Together
from tillit.register.choices import Side


@dataclass(frozen=True)
class Stance:
    """A party, and that it has adopted a version; None: it has not."""

    party: Party
    adoption: Adoption | None


def stances(binding: Iterable[Adoption], parties: Iterable[Party]) -> list[Stance]:
    """Of the parties in their order, by the adoptions of a version that are binding."""
    by_organisation = {it.organisation_id: it for it in binding}
    return [Stance(it, by_organisation.get(it.organisation_id or 0)) for it in parties]


def doubts(version: Version) -> list[str]:
    """What one should know before adopting it, and may still want to wait for. Two questions."""
    found = []
    if version.consultations.filter(state=ConsultationState.OPEN).exists():
        found.append(
            _("Its consultation is open still. Answers may come that nobody has looked at.")
        )
    promised = set(version.commitments.values_list("side", flat=True))
    words = {
        Side.CIVIL: _("Civil society promises nothing in it."),
        Side.PUBLIC: _("The public sector promises nothing in it."),
    }
    return found + [str(it) for side, it in words.items() if side not in promised]


def is_whole(found: list[Stance], *, besides: int | None = None) -> bool:
    """Whether both sides have parties and all have adopted; `besides`: not looking at one of them."""
    sides = {it.party.side for it in found}
    missing = [
        it
        for it in found
        if it.adoption is None and (besides is None or it.party.organisation_id != besides)
    ]
    return sides == {*Side.values} and not missing


def completes(version: Version, organisation: int, day: date) -> bool:
    """Whether it becomes agreed once the organisation adopts it."""
    parties = Party.objects.acting(day).filter(agreement=version.agreement_id)
    return is_whole(stances(version.adoptions.binding(), parties), besides=organisation)


def adopt(adoption: Adoption, from_when: date | None, actor: Actor, day: date) -> Activity | None:
    """Write what a party did. Where that makes the version whole, it is in force from a day.

    Raises ValidationError, also when that day is to be said. The agreement must be held.
    """
    version = adoption.version
    if version.stage == Stage.ADOPTED:
        raise Refused(_("The version has been adopted by all already."), 409)
    with together(actor) as it:
        if lacks_only_day(adoption, day):
            put_in_force(it, version, from_when)
            return it.first
        refuse_twice(adoption)
        refuse_signing_unadopted(adoption)
        it.create(adoption)
        if adoption.kind == AdoptionKind.ADOPTED and completes(
            version, adoption.organisation_id, day
        ):
            put_in_force(it, version, from_when)
    return it.first


def lacks_only_day(adoption: Adoption, day: date) -> bool:
    """Whether all parties of today have adopted it, the one that says so again among them: so it is
    when another ceased to be party after that.
    """
    parties = Party.objects.acting(day).filter(agreement=adoption.version.agreement_id)
    found = stances(adoption.version.adoptions.binding(), parties)
    own = any(it.party.organisation_id == adoption.organisation_id for it in found)
    return adoption.kind == AdoptionKind.ADOPTED and own and is_whole(found)


def refuse_twice(adoption: Adoption) -> None:
    """A party adopts a version once, by whichever unit decides; it may begin by several."""
    same = Adoption.objects.standing().filter(
        version=adoption.version, organisation=adoption.organisation, kind=adoption.kind
    )
    if adoption.kind == AdoptionKind.BEGUN:
        same = same.filter(unit=adoption.unit)
    if same.exists():
        words = _("You have said this already. If it was wrong, take it back first.")
        raise ValidationError({"kind": words}, code="twice")


def refuse_signing_unadopted(adoption: Adoption) -> None:
    own = adoption.version.adoptions.binding().filter(organisation=adoption.organisation)
    if adoption.kind == AdoptionKind.SIGNED and not own.exists():
        words = _("Say first that you have adopted it: one signs what one stands behind.")
        raise ValidationError({"kind": words}, code="unadopted")


def put_in_force(it: Together, version: Version, from_when: date | None) -> None:
    """The version before it ends where it begins."""
    if from_when is None:
        said = _("All others have adopted it now. Say from which day it is in force.")
        raise ValidationError({"in_force_from": said}, code="completes")
    begins, last = from_when.isoformat(), (from_when - timedelta(days=1)).isoformat()
    adopted = Version.objects.filter(agreement=version.agreement_id, stage=Stage.ADOPTED)
    for former in adopted:
        period = former.period
        if former.says_when and period.start.earliest < from_when <= period.end.latest:
            it.change(former, former.bounded(end=last))
    try:
        new = {"stage": Stage.ADOPTED, "start": begins, "end": "..", "seen": ""}
        tell_others(it, version, new)
    except ValidationError as error:
        raise ValidationError({"in_force_from": error.messages}) from error


def withdraw(adoption: Adoption, reason: str, actor: Actor, day: date) -> AdoptionWithdrawal:
    """Take back what a party said, as long as not all have said it. The agreement must be held."""
    if adoption.version.stage == Stage.ADOPTED:
        raise Refused(
            _("The version has been adopted by all, so this can't be taken back any more."), 409
        )
    if AdoptionWithdrawal.objects.filter(adoption=adoption).exists():
        raise Refused(_("It has been taken back already."), 409)
    row = AdoptionWithdrawal(
        key=f"{adoption.key}.aterkallad",
        adoption=adoption,
        dated=day.isoformat(),
        reason=reason,
    )
    return create(row, actor, reason)
