"""For which side of which agreements a viewer acts, by mandates for those that are party today."""

from collections.abc import Iterator

from tillit.agreements.models import Agreement, Party
from tillit.kit.circles import Viewer
from tillit.kit.days import today
from tillit.register.choices import Extent
from tillit.register.models import Mandate
from tillit.register.standing import chosen_mandate, mandates_of


def parties_for(viewer: Viewer) -> list[Party]:
    """The parties that the viewer acts for by any mandate; one question for a request."""
    return viewer.once("agreements.parties", lambda: _parties(viewer))


def _parties(viewer: Viewer) -> list[Party]:
    if viewer.account is None:
        return []
    organisations = {it.organisation_id for it in mandates_of(viewer) if opens_party(it)}
    if not organisations:
        return []
    rows = Party.objects.on(today()).filter(organisation__in=organisations)
    return list(rows.select_related("agreement"))


def opens_party(mandate: Mandate) -> bool:
    """For the whole organisation, and not for keeping the installation running."""
    return mandate.unit_id is None and mandate.extent != Extent.ADMINISTER


def circles(viewer: Viewer) -> Iterator[str]:
    """What the parties to an agreement read, and what its own side does. Reading uses all mandates."""
    for party in parties_for(viewer):
        yield party.agreement.parties_circle
        yield party.agreement.circle_of(party.side)


def chosen_party(viewer: Viewer, agreement: Agreement) -> Party | None:
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
