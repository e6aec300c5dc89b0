"""When a record has all the signatures that it waits for."""

from collections.abc import Iterable

from tillit.records.choices import Kind
from tillit.records.models import Record, Signatory, Signature
from tillit.register.choices import Side


def are_complete(record: Record, asked: Iterable[Signatory], given: Iterable[Signature]) -> bool:
    """Whether all who were asked have signed; an agreement is signed on both sides."""
    whom = {it.organisation_id: it.side for it in asked}
    both = record.kind != Kind.AGREEMENT or {*Side.values} <= {*whom.values()}
    return bool(whom) and both and whom.keys() <= {it.organisation_id for it in given}
