"""Rows that would be parts of themselves."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from tillit.kit.loading.plan import Plan
from tillit.kit.loading.wanted import Wanted
from tillit.kit.models import Row


def refuse_cycles(plan: Plan, model: type[Row], name: str = "parent") -> None:
    """Tell of each cycle of parents, be it within the files or formed with the database."""
    stored = model._default_manager.filter(**{f"{name}__isnull": False})  # noqa: SLF001
    above: dict[str, str] = dict(stored.values_list("key", f"{name}__key"))
    for wanted in plan.of(model):
        ref = wanted.refs.get(name)
        above[wanted.key] = ref.key if ref else ""
    wanted_by_key = plan.wanted[model]
    for cycle in cycles(above):
        _tell([wanted_by_key[key] for key in cycle if key in wanted_by_key], cycle, plan, name)


def cycles(above: Mapping[str, str]) -> Iterator[list[str]]:
    """The cycles in a mapping from each key to the one above it."""
    done: set[str] = set()
    for key in above:
        path: dict[str, None] = {}
        while key in above and key not in done and key not in path:
            path[key] = None
            key = above[key]  # noqa: PLW2901 (we climb)
        if key in path:
            steps = list(path)
            yield steps[steps.index(key) :]
        done.update(path)


def _tell(members: list[Wanted], cycle: list[str], plan: Plan, name: str) -> None:
    for wanted in members:
        setattr(wanted.row, name, None)  # so that the rules of the noun don't tell of it again
    first = min(members, key=lambda wanted: wanted.entry.spot(name))
    start = cycle.index(first.key)
    steps = [*cycle[start:], *cycle[:start], first.key]
    plan.faults.add(
        first.entry.spot(name),
        _("“%(key)s” would be a part of itself: %(steps)s")
        % {"key": first.key, "steps": " → ".join(steps[:20])},
        _("take one of the parents away"),
    )
