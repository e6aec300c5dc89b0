"""Changes made by people: each is written together with one row of activity, and can be taken back.

What a row was is kept as plain values (see `values`). So a change can be shown, compared and undone
without knowing the noun. Changes that are one to people are made `together`:

    with together(actor, reason) as it:
        it.change(former, {"end": "2024-05-16"})
        it.create(later)

They are undone together too. Rules of several rows are held when all is written, so that their order
doesn't matter.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from tillit.kit.citations import cite_again
from tillit.kit.loading.resolving import chunks
from tillit.kit.many import runs, stored_all, take_back_all
from tillit.kit.models import Activity, Row, Verb
from tillit.kit.personal.relatives import row_of, rows_of_all
from tillit.kit.refusal import Refused
from tillit.kit.together import SOURCE, Actor, Together, new_key, note, stored_anew
from tillit.kit.values import fill, values_of

__all__ = [
    "Actor",
    "change",
    "create",
    "is_last",
    "model_of",
    "new_key",
    "note",
    "remove",
    "together",
    "undo",
    "values_of",
]

R = TypeVar("R", bound=Row)
BY_COMMAND = "command:"  # how the actors begin that are no persons


@contextmanager
def together(
    actor: Actor, reason: str = "", about: str = "", told_to: tuple[str, str] | None = None
) -> Iterator[Together]:
    """Changes that are one to people, in one transaction."""
    with transaction.atomic():
        it = Together(actor, reason, about, told_to)
        yield it
        it.finish()


def create(row: R, actor: Actor, reason: str = "", sets: Mapping[str, Any] | None = None) -> R:
    """Write a new row, alone. See `Together.create`."""
    with together(actor, reason) as it:
        return it.create(row, sets)


def change(row: R, new: Mapping[str, Any], actor: Actor, reason: str = "") -> Activity | None:
    """Give a stored row new values, alone. See `Together.change`."""
    with together(actor, reason) as it:
        return it.change(row, new)


def remove(row: Row, actor: Actor, reason: str = "") -> Activity:
    """Delete a row that should never have been there, alone. See `Together.remove`."""
    with together(actor, reason) as it:
        return it.remove(row)


def undo(activity: Activity, actor: Actor) -> Activity:
    """Take back a change, with all that was done together with it.

    Raises Refused when it is not the last of its rows.
    """
    with transaction.atomic():
        first = activity.part_of or activity
        done = Activity.objects.filter(Q(pk=first.pk) | Q(part_of=first)).order_by("pk")
        for model, run in runs(done):
            _hold_run(model, run)
        parts = list(done.select_for_update())
        if not is_last(parts):
            raise Refused(_("Only the last change can be undone, and this is not the last."), 409)
        try:
            with together(actor, _("undone")) as it:
                for model, run in runs(reversed(parts)):
                    _take_back_run(model, run, it)
        except ValidationError as error:
            raise Refused(" ".join(error.messages), 409)
    if it.first is None:
        raise Refused(_("There is nothing to undo."), 409)
    return it.first


def is_last(parts: list[Activity]) -> bool:
    """Whether people made these changes, and nothing came after them."""
    return (
        all(it.changes and not it.actor.startswith(BY_COMMAND) for it in parts)
        and bool(parts)
        and _lasts({it.subject for it in parts}) <= {it.pk for it in parts}
    )


def _hold_run(model: type[Row] | None, run: list[Activity]) -> None:
    if model is not None:
        stored_all(model, run)
        return
    for part in run:
        _hold(part)


def _hold(part: Activity) -> None:
    """Keep the row from others, and first what it belongs to: in the order of all who write."""
    row = row_of(part.subject)
    if row is not None:
        stored_anew(row)
    elif part.verb == Verb.REMOVED:
        with suppress(Refused):  # its owner may have been removed with it, and comes back first
            _removed(part)[0].lock()


def _lasts(subjects: set[str]) -> set[int]:
    """The last change of each."""
    found: set[int] = set()
    for chunk in chunks(subjects):
        rows = Activity.objects.filter(subject__in=chunk).order_by().values("subject")
        found |= {*rows.annotate(last=Max("pk")).values_list("last", flat=True)}
    return found


def _take_back_run(model: type[Row] | None, run: list[Activity], it: Together) -> None:
    """Parts that made many rows of one noun are taken back together."""
    if model is not None:
        take_back_all(model, run, it)
        return
    for part in run:
        _take_back(part, it)


def _take_back(part: Activity, it: Together) -> None:
    it.about = part.about
    if part.verb == Verb.REMOVED:
        _bring_back(part, it)
        return
    found = row_of(part.subject)
    if found is None:
        raise Refused(_("It is no longer there."), 409)
    row = stored_anew(found)
    row.refuse_undo(part)
    now, said = values_of(row), _said(part)
    if any(now.get(name) != pair[1] for name, pair in said.items()):
        raise Refused(_("It has been changed since, so this can't be undone."), 409)
    if part.verb == Verb.CREATED:
        it.remove(row, undoes=part)
        return
    before = {name: pair[0] for name, pair in said.items()}
    sets = fill(row, before)
    it.change(row, {name: sets.get(name, getattr(row, name, None)) for name in before}, part)


def _bring_back(part: Activity, it: Together) -> None:
    """Write a removed row again, with its key and what it rested on."""
    row, sets = _removed(part)
    it.create(row, sets, undoes=part)
    cite_again(row.subject, row.circle, part.changes.get(SOURCE, [[]])[0])


def _removed(part: Activity) -> tuple[Row, dict[str, list[Any]]]:
    """The removed row as it was, and its sets; not written. Raises Refused when its owner is gone."""
    model = model_of(part.subject)
    if model is None:
        raise Refused(_("It is no longer there."), 409)
    row = model(key=part.subject.partition(":")[2])
    return row, fill(row, {name: pair[0] for name, pair in _said(part).items()})


def _said(part: Activity) -> dict[str, list[Any]]:
    return {name: pair for name, pair in part.changes.items() if name != SOURCE}


def model_of(subject: str) -> type[Row] | None:
    """The model whose noun the subject begins with."""
    noun = subject.partition(":")[0]
    return next((model for model in rows_of_all() if model.noun == noun), None)
