"""`agreements:` in the files: each agreement with its parties and its versions."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from tillit.agreements.loading.plan_rows import LISTS, MODELS, OWNED, refuse_double_adherence
from tillit.agreements.loading.shapes import AgreementShape, PartyShape
from tillit.agreements.loading.version_rows import want_version
from tillit.agreements.models import (
    Adoption,
    AdoptionWithdrawal,
    Agreement,
    Aim,
    Commitment,
    CommitmentFollowUp,
    Definition,
    Measure,
    MeasureFollowUp,
    MeasureStatus,
    Party,
    Principle,
    Section,
    Version,
)
from tillit.kit.loading.cycles import refuse_cycles
from tillit.kit.loading.entries import Entry
from tillit.kit.loading.keys import joined, slugged
from tillit.kit.loading.plan import Plan
from tillit.kit.loading.resolving import chunks
from tillit.kit.loading.tables import Table
from tillit.kit.loading.wanted import Ref, Wanted
from tillit.register.loading.refs import organisation_ref, place_ref


class Agreements(Table[AgreementShape]):
    name = "agreements"
    shape = AgreementShape
    models = (
        Agreement,
        Party,
        Version,
        Section,
        Aim,
        Definition,
        Principle,
        Commitment,
        Measure,
        MeasureFollowUp,
        MeasureStatus,
        CommitmentFollowUp,
        Adoption,
        AdoptionWithdrawal,
        *MODELS,
    )
    # What stands within something else goes before it.
    owned = {
        **OWNED,
        Party: "agreement",
        **dict.fromkeys((MeasureFollowUp, MeasureStatus), "measure__version__agreement"),
        CommitmentFollowUp: "commitment__version__agreement",
        AdoptionWithdrawal: "adoption__version__agreement",
        **dict.fromkeys(
            (Measure, Commitment, Principle, Section, Aim, Definition, Adoption),
            "version__agreement",
        ),
        Version: "agreement",
    }

    def rows(self, entry: Entry[AgreementShape], plan: Plan) -> None:
        said = entry.shape
        wanted = plan.want(
            Agreement,
            entry,
            key=said.key,
            values={
                **said.model_dump(include={"title", "level", "description", "private"}),
                **said.dates,
            },
            refs={
                "place": place_ref(said.place),
                "parent": Ref(Agreement, said.parent, ("parent",)) if said.parent else None,
            },
            cited=said.source,
        )
        if wanted is None:
            return
        for party in entry.parts("parties", said.parties):
            want_party(said.key, party, plan)
        for version in entry.parts("versions", said.versions):
            want_version(said.key, version, plan)
        for name, want in LISTS.items():
            for part in entry.parts(name, getattr(said, name)):
                want(said.key, part, plan)

    def check(self, plan: Plan) -> None:
        refuse_cycles(plan, Agreement)
        refuse_nobody(plan)
        refuse_overlaps(plan)
        refuse_same_numbers(plan)
        refuse_double_adherence(plan)


def want_party(owner: str, entry: Entry[PartyShape], plan: Plan) -> None:
    said = entry.shape
    plan.want(
        Party,
        entry,
        key=said.key,
        otherwise=joined(owner, said.side, said.organisation or slugged(said.title)),
        values={**said.model_dump(include={"side", "title", "text"}), **said.dates},
        refs={
            "agreement": Ref(Agreement, owner),
            "organisation": organisation_ref(said.organisation),
        },
        cited=said.source,
    )


def refuse_nobody(plan: Plan) -> None:
    for wanted in plan.of(Party):
        if not wanted.values["title"] and wanted.refs["organisation"] is None:
            plan.faults.add(
                wanted.entry.spot("title"),
                _("the party is nobody"),
                _("write its organisation, or a title"),
            )


def refuse_overlaps(plan: Plan) -> None:
    """Two versions of an agreement are never in force at the same time."""
    rows = defaultdict(list)
    for version in [*wanted_versions(plan), *stored_versions(plan)]:
        rows[version.agreement.key].append(version)
    for several in rows.values():
        for former, later in colliding(several):
            tell(former, later, plan)


def refuse_same_numbers(plan: Plan) -> None:
    """A version counts its measures; the keys of these may be others."""
    taken: dict[tuple[str, int], Wanted] = {}
    for wanted in plan.of(Measure):
        version = wanted.refs["version"]
        place = (version.key if version else "", wanted.values["number"])
        first = taken.setdefault(place, wanted)
        if first is not wanted:
            plan.faults.add(
                wanted.entry.spot("number"),
                _("the version has a measure number %(number)s already, in %(spot)s")
                % {"number": place[1], "spot": first.entry.spot("number")},
                _("give one of them another number"),
            )


def wanted_versions(plan: Plan) -> Iterator[Version]:
    yield from (wanted.row for wanted in plan.of(Version) if wanted.is_whole)


def stored_versions(plan: Plan) -> Iterator[Version]:
    """Those in the database that the files don't speak of."""
    agreements = {wanted.row.pk for wanted in plan.of(Agreement)} - {None}
    for chunk in chunks(agreements):
        rows = Version.objects.filter(agreement__in=chunk).select_related("agreement")
        yield from (row for row in rows if row.key not in plan.wanted[Version])


def colliding(versions: Iterable[Version]) -> Iterator[tuple[Version, Version]]:
    known = list(versions)
    for number, one in enumerate(known):
        yield from ((other, one) for other in known[:number] if one.collides_with(other))


def tell(former: Version, later: Version, plan: Plan) -> None:
    spots = {key: wanted.entry.spot("period") for key, wanted in plan.wanted[Version].items()}
    mine, other = (former, later) if former.key in spots else (later, former)
    plan.faults.add(
        spots[mine.key],
        _("the version “%(other)s” of the agreement is in force then") % {"other": other.local_key},
        _("let one end where the other begins"),
    )
