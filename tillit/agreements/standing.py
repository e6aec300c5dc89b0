"""For which side of which agreements a viewer acts, by mandates for those that are party today."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import CharField, F, OuterRef, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat

from tillit.agreements.models import Agreement, Party
from tillit.kit.circles import Viewer
from tillit.kit.days import today
from tillit.kit.gathering import Words
from tillit.register.choices import Extent
from tillit.register.models import Mandate
from tillit.register.standing import chosen_mandate, mandates_of

BETWEEN = "|"  # which no key has


@dataclass(frozen=True)
class Acting:
    """That an organisation is party to an agreement today, and on which side."""

    agreement_id: int
    agreement_key: str
    side: str
    organisation_id: int

    @property
    def agreement(self) -> Agreement:
        """With its key alone: enough for its circles and addresses."""
        return Agreement(pk=self.agreement_id, key=self.agreement_key)


def party_words() -> Subquery:
    """Asked for with each mandate: what its organisation is party to, in words that `Acting` reads."""
    word = Concat(
        Cast(F("agreement_id"), CharField()),
        Value(BETWEEN),
        F("agreement__key"),
        Value(BETWEEN),
        F("side"),
        output_field=TextField(),
    )
    rows = Party.objects.acting(today()).filter(organisation=OuterRef("organisation"))
    words = rows.order_by().values("organisation").annotate(words=Words(word))
    return Subquery(words.values("words"), output_field=TextField())


def parties_for(viewer: Viewer) -> list[Acting]:
    """What the viewer acts as a party to, by any mandate. It came with the mandates."""
    return viewer.once("agreements.parties", lambda: [*_parties(viewer)])


def _parties(viewer: Viewer) -> Iterator[Acting]:
    told = set()
    for mandate in mandates_of(viewer):
        if not opens_party(mandate) or mandate.organisation_id in told:
            continue
        told.add(mandate.organisation_id)
        words: str = getattr(mandate, "party_words", None) or ""
        for word in sorted(words.split()):
            number, key, side = word.split(BETWEEN)
            yield Acting(int(number), key, side, mandate.organisation_id)


def opens_party(mandate: Mandate) -> bool:
    """For the whole organisation, and not for keeping the installation running."""
    return mandate.unit_id is None and mandate.extent != Extent.ADMINISTER


def circles(viewer: Viewer) -> Iterator[str]:
    """What the parties to an agreement read, and what its own side does. Reading uses all mandates."""
    for party in parties_for(viewer):
        yield party.agreement.parties_circle
        yield party.agreement.circle_of(party.side)


def chosen_party(viewer: Viewer, agreement: Agreement) -> Acting | None:
    """The party for which the viewer acts by the chosen mandate."""
    mandate = chosen_mandate(viewer)
    if mandate is None or not opens_party(mandate):
        return None
    return next(
        (
            it
            for it in parties_for(viewer)
            if it.agreement_id == agreement.pk and it.organisation_id == mandate.organisation_id
        ),
        None,
    )
