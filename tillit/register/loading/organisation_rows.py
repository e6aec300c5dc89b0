"""Which rows an organisation and all that belongs to it become."""

from tillit.kit.loading.entries import Entry
from tillit.kit.loading.keys import joined, slugged
from tillit.kit.loading.plan import Plan
from tillit.register.identifiers import check
from tillit.register.loading.organisation_shapes import (
    AddressShape,
    IdentifierShape,
    NameShape,
    OrganisationShape,
    PresenceShape,
    UnitShape,
)
from tillit.register.loading.refs import organisation_ref, place_ref, topic_refs, unit_ref
from tillit.register.models import Address, Identifier, Name, Organisation, Presence, Unit

VALUES = {"sector", "form", "level", "protected", "description", "web"}


def want_organisation(entry: Entry[OrganisationShape], plan: Plan) -> bool:
    said = entry.shape
    wanted = plan.want(
        Organisation,
        entry,
        key=said.key,
        values={
            "name": "",  # follows from its names, when these are known
            **said.model_dump(include=VALUES),
            **said.dates,
        },
        refs={"parent": organisation_ref(said.parent, "parent")},
        many={"topics": topic_refs(said)},
        cited=said.source,
    )
    return wanted is not None


def want_name(owner: str, entry: Entry[NameShape], plan: Plan) -> None:
    said = entry.shape
    plan.want(
        Name,
        entry,
        key=said.key,
        otherwise=joined(owner, "name", slugged(said.name)),
        values={"kind": said.kind, "name": said.name, **said.dates},
        refs={"organisation": organisation_ref(owner)},
        cited=said.source,
    )


def want_identifier(owner: str, entry: Entry[IdentifierShape], plan: Plan) -> None:
    said = entry.shape
    digits = check(said.scheme, said.value).digits
    plan.want(
        Identifier,
        entry,
        key=said.key,
        otherwise=joined(owner, said.scheme, slugged(digits)),
        values={"scheme": said.scheme, "value": said.value, **said.dates},
        refs={"organisation": organisation_ref(owner)},
        cited=said.source,
    )


def want_address(owner: str, entry: Entry[AddressShape], plan: Plan) -> None:
    said = entry.shape
    plan.want(
        Address,
        entry,
        key=said.key,
        otherwise=joined(owner, said.kind, slugged(said.street or said.town)),
        values={**said.model_dump(include={"kind", "street", "postcode", "town"}), **said.dates},
        refs={"organisation": organisation_ref(owner), "place": place_ref(said.place)},
        cited=said.source,
    )


def want_presence(owner: str, entry: Entry[PresenceShape], plan: Plan) -> None:
    said = entry.shape
    plan.want(
        Presence,
        entry,
        key=said.key,
        otherwise=joined(owner, slugged(said.kind), slugged(said.place)),
        values={"kind": said.kind, **said.dates},
        refs={"organisation": organisation_ref(owner), "place": place_ref(said.place)},
        cited=said.source,
    )


def want_unit(owner: str, entry: Entry[UnitShape], plan: Plan) -> None:
    said = entry.shape
    plan.want(
        Unit,
        entry,
        key=joined(owner, said.key),
        values={"name": said.name, "kind": said.kind, **said.dates},
        refs={
            "organisation": organisation_ref(owner),
            "parent": unit_ref(owner, said.parent, "parent"),
        },
        cited=said.source,
    )
