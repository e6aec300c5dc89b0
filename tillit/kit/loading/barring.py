"""Rows that have been erased don't come back with an old file; nor does what can't be without them."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from tillit.kit.contributions import barred_among
from tillit.kit.loading.plan import Plan
from tillit.kit.loading.wanted import Ref, Wanted
from tillit.kit.models import Row


def bar(plan: Plan) -> None:
    """Leave the rows out of the plan, and tell where they stand in the files."""
    gone = barred_among(_named(plan))
    for wanted in plan.all():
        if wanted.subject in gone and not _needs(wanted, gone):
            _tell(wanted, plan)
    while left_out := [it for it in plan.all() if it.subject in gone or _needs(it, gone)]:
        for wanted in left_out:
            plan.leave_out(wanted)
            gone.add(wanted.subject)
    for wanted in plan.all():
        _spare(wanted, gone)


def _named(plan: Plan) -> set[str]:
    """All that the files want, and all that they point at."""
    wanted = list(plan.all())
    return {it.subject for it in wanted} | {
        subject_of(ref) for it in wanted for ref in it.all_refs()
    }


def subject_of(ref: Ref) -> str:
    return f"{ref.model.noun}:{ref.key}" if issubclass(ref.model, Row) else ""


def _needs(wanted: Wanted, gone: set[str]) -> bool:
    """Whether the row can't be without one of those that are gone."""
    return any(subject_of(ref) in gone for ref in _needed(wanted))


def _needed(wanted: Wanted) -> Iterator[Ref]:
    yield from wanted.named
    for name, ref in wanted.refs.items():
        if ref and not wanted.model._meta.get_field(name).null:  # noqa: SLF001
            yield ref


def _spare(wanted: Wanted, gone: set[str]) -> None:
    """What the row can be without it doesn't name."""
    if gone:
        wanted.refs = {
            name: None if ref and subject_of(ref) in gone else ref
            for name, ref in wanted.refs.items()
        }
        wanted.many = {
            name: [ref for ref in refs if subject_of(ref) not in gone]
            for name, refs in wanted.many.items()
        }


def _tell(wanted: Wanted, plan: Plan) -> None:
    plan.warnings.add(
        wanted.entry.spot("key"),
        _("left out: it has been erased here, and so has what belongs to it"),
        _("take it out of the file; if it is somebody else, give it another key"),
    )
