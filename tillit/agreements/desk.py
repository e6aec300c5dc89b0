"""What agreements ask on the desk: versions that wait for a party, and where something may be begun."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.agreements import rules
from tillit.agreements.adopting import Stance, is_whole
from tillit.agreements.choices import AdoptionKind, Stage
from tillit.agreements.models import Adoption, Agreement, Party, Version
from tillit.agreements.standing import parties_for
from tillit.kit.circles import Viewer
from tillit.kit.contributions import Asked, Link
from tillit.kit.days import today
from tillit.register.standing import capacity_for, chosen_mandate

MOST = 10


def half_adopted(viewer: Viewer, day: date) -> list[tuple[Version, list[Stance]]]:
    """Versions of one's agreements that some party has adopted and not all have, with each stance."""
    mine = {it.agreement_id for it in parties_for(viewer)}
    if not mine:
        return []
    return viewer.once("agreements.half_adopted", lambda: _half_adopted(mine, day))


def _half_adopted(mine: set[int], day: date) -> list[tuple[Version, list[Stance]]]:
    rows = (
        Adoption.objects.standing()
        .filter(version__agreement__in=mine, kind=AdoptionKind.ADOPTED)
        .exclude(version__stage=Stage.ADOPTED)
        .select_related("version__agreement")
    )
    by_version: dict[Version, dict[int, Adoption]] = {}
    for row in rows[: MOST * 20]:
        by_version.setdefault(row.version, {})[row.organisation_id] = row
    parties = Party.objects.acting(day).filter(agreement__in={it.agreement_id for it in by_version})
    known = list(parties.select_related("organisation")) if by_version else []
    return [
        (
            version,
            [
                Stance(it, adopted.get(it.organisation_id or 0))
                for it in known
                if it.agreement_id == version.agreement_id
            ],
        )
        for version, adopted in list(by_version.items())[:MOST]
    ]


def asked(viewer: Viewer, day: date) -> Iterator[Asked]:
    """That one's own party adopts what another has; when all have, from which day."""
    mine = {(it.agreement_id, it.organisation_id) for it in parties_for(viewer)}
    for version, stances in half_adopted(viewer, day):
        lacks_day = is_whole(stances)
        for it in stances:
            party = it.party
            is_mine = (version.agreement_id, party.organisation_id) in mine
            if not is_mine or (it.adoption and not lacks_day):
                continue
            capacity = capacity_for(viewer, binds, version, party.organisation_id)
            if capacity:
                words = {"version": version, "name": party.organisation}
                said = _("All have adopted %(version)s: from which day is it in force?")
                yield Asked(
                    (said if lacks_day else _("%(version)s waits for %(name)s to adopt it"))
                    % words,
                    reverse("agreements:adoption", args=[version.agreement.key, version.local_key]),
                    _("Answer"),
                    capacity=capacity,
                )


def binds(viewer: Viewer, version: Version, organisation: int | None) -> bool:
    """Whether the viewer says for that very organisation what it does with the version."""
    mandate = chosen_mandate(viewer)
    is_for = mandate is not None and mandate.organisation_id == organisation
    return is_for and rules.may_adopt(viewer, version)


def awaited(viewer: Viewer) -> Iterator[Asked]:
    """Versions that one's own party has adopted, and others have not."""
    mine = {it.organisation_id for it in parties_for(viewer)}
    for version, stances in half_adopted(viewer, today()):
        missing = [it.party for it in stances if it.adoption is None]
        if missing and any(it.adoption and it.party.organisation_id in mine for it in stances):
            names = ", ".join(str(it) for it in missing)
            yield Asked(
                str(version),
                version.get_absolute_url(),
                _("See"),
                _("Waits for %(names)s to adopt it") % {"names": names},
            )


def ways(viewer: Viewer) -> Iterator[Link]:
    if rules.may_begin(viewer):
        yield Link(_("Begin an agreement"), reverse("agreements:new-agreement"))
    mine = [it.agreement_id for it in parties_for(viewer)]
    for it in Agreement.objects.visible_to(viewer).filter(pk__in=mine) if mine else ():
        if rules.may_draft(viewer, it):
            words = _("Edit %(title)s") % {"title": it}
            yield Link(words, reverse("agreements:edit", args=[it.key]))
