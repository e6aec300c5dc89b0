"""Changes made by people: each is written together with one row of activity, and can be taken back.

What a row was is kept as plain values: text and numbers as they are, days in ISO, another row by
its key. So a change can be shown, compared and undone without knowing the noun.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.apps import apps
from django.db import models, transaction
from django.utils.translation import gettext as _

from tillit.kit.circles import Viewer
from tillit.kit.fields import Derived
from tillit.kit.models import Activity, Row, Verb
from tillit.kit.refusal import Refused

R = TypeVar("R", bound=Row)
Values = dict[str, Any]
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that are taken for each other
NOT_TOLD = {"id", "key", "circle", "also", "token_seed", "token_hash"}


@dataclass(frozen=True)
class Actor:
    """Who does it, and for whom: opaque subjects."""

    person: str
    behalf: str = ""

    @classmethod
    def of(cls, viewer: Viewer) -> "Actor":
        """The viewer in the chosen capacity; an account that is no person yet acts as itself."""
        chosen = viewer.chosen
        person = viewer.identity.person or f"account:{viewer.account}"
        return cls(person, chosen.behalf if chosen else "")


def new_key(beginning: str = "") -> str:
    """A key that tells nothing: ten letters, after the beginning if one is given."""
    letters = "".join(secrets.choice(LETTERS) for _place in range(10))
    return f"{beginning}.{letters}" if beginning else letters


def values_of(row: models.Model) -> Values:
    """The row's own columns and sets as plain values, without what follows from them."""
    found: Values = {}
    for field in row._meta.concrete_fields:  # noqa: SLF001 (Django's own public-in-all-but-name API)
        untold = field.name in NOT_TOLD or field.name in getattr(row, "untold", ())
        if not untold and not isinstance(field, Derived):
            found[field.name] = _plain(getattr(row, field.name))
    if row.pk:
        for field in row._meta.many_to_many:  # noqa: SLF001
            found[field.name] = sorted(_plain(it) for it in getattr(row, field.name).all())
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, Row):
        return value.key
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def create(row: R, actor: Actor, reason: str = "", sets: Mapping[str, Any] | None = None) -> R:
    """Write a new row. Raises ValidationError when it breaks a rule of its noun."""
    with transaction.atomic():
        row.key = row.key or new_key()
        row.full_clean()
        row.save(force_insert=True)
        for name, rows in (sets or {}).items():
            getattr(row, name).set(rows)
        after = {name: [None, value] for name, value in values_of(row).items()}
        note(row, Verb.CREATED, after, actor, reason)
    return row


def change(row: R, new: Mapping[str, Any], actor: Actor, reason: str = "") -> Activity | None:
    """Give a stored row new values. Returns what was noted, or nothing when nothing differs.

    The row is locked and read anew first, so that what is noted as before is what was overwritten.
    """
    with transaction.atomic():
        stored = type(row)._default_manager.select_for_update().get(pk=row.pk)  # noqa: SLF001
        before = values_of(stored)
        _set(stored, new)
        stored.full_clean()
        stored.save()
        for name in _sets(stored) & new.keys():
            getattr(stored, name).set(new[name])
        after = values_of(stored)
        differing = {
            name: [before[name], after[name]] for name in after if before[name] != after[name]
        }
        for name in (*new, "circle"):
            if name not in _sets(stored):
                setattr(row, name, getattr(stored, name))
        return note(stored, Verb.CHANGED, differing, actor, reason) if differing else None


def remove(row: Row, actor: Actor, reason: str = "") -> Activity:
    """Delete a row that should never have been there. What ended has an end instead."""
    with transaction.atomic():
        before = {name: [value, None] for name, value in values_of(row).items()}
        noted = note(row, Verb.REMOVED, before, actor, reason)
        row.delete()
    return noted


def note(  # noqa: PLR0917 (a row of a table, in its order)
    row: Row, verb: Verb, changes: Values, actor: Actor, reason: str = "", undoes: Any = None
) -> Activity:
    circle, also = row.told_to
    found: Activity = Activity.objects.create(
        actor=actor.person,
        behalf=actor.behalf,
        subject=row.subject,
        about=row.about,
        verb=verb,
        changes=changes,
        reason=reason[:400],
        circle=circle,
        also=also,
        undoes=undoes,
    )
    return found


def _sets(row: models.Model) -> set[str]:
    return {field.name for field in row._meta.many_to_many}  # noqa: SLF001


def _set(row: models.Model, new: Mapping[str, Any]) -> None:
    for name in new.keys() - _sets(row):
        setattr(row, name, new[name])


def undo(activity: Activity, actor: Actor) -> Activity:
    """Take back the last change of a row. Raises Refused when something came after it."""
    model = model_of(activity.subject)
    key = activity.subject.partition(":")[2]
    with transaction.atomic():
        last = Activity.objects.select_for_update().filter(subject=activity.subject).latest("pk")
        if model is None or last.pk != activity.pk or not activity.changes:
            raise Refused(_("Only the last change can be undone, and this is not the last."), 409)
        row = model._default_manager.filter(key=key).first()  # noqa: SLF001
        reason = _("undone")
        if activity.verb == Verb.REMOVED:
            return _bring_back(model, key, activity, actor)
        if row is None:
            raise Refused(_("It is no longer there."), 409)
        row.refuse_undo(activity)
        before = values_of(row)
        if any(before.get(name) != pair[1] for name, pair in activity.changes.items()):
            raise Refused(_("It has been changed since, so this can't be undone."), 409)
        turned = {name: pair[::-1] for name, pair in activity.changes.items()}
        if activity.verb == Verb.CREATED:
            noted = note(row, Verb.REMOVED, turned, actor, reason, activity)
            row.delete()
            return noted
        _restore(row, {name: pair[0] for name, pair in activity.changes.items()})
        return note(row, Verb.CHANGED, turned, actor, reason, activity)


def _bring_back(model: type[Row], key: str, activity: Activity, actor: Actor) -> Activity:
    row = model(key=key)
    _restore(row, {name: pair[0] for name, pair in activity.changes.items()})
    turned = {name: pair[::-1] for name, pair in activity.changes.items()}
    return note(row, Verb.CREATED, turned, actor, _("undone"), activity)


def _restore(row: Row, plain: Values) -> None:
    """Give the row the plain values back. Raises Refused when what it named is gone."""
    sets = {}
    for name, value in plain.items():
        field = row._meta.get_field(name)  # noqa: SLF001
        if field.many_to_many:
            sets[name] = list(field.related_model._default_manager.filter(key__in=value))  # type: ignore[union-attr] # noqa: SLF001
        elif field.is_relation:
            setattr(row, name, _named(field.related_model, value))
        else:
            setattr(row, name, field.to_python(value))  # type: ignore[union-attr]
    row.full_clean()
    row.save()
    for name, rows in sets.items():
        getattr(row, name).set(rows)


def _named(model: Any, value: Any) -> Any:
    if value is None:
        return None
    by = "key" if issubclass(model, Row) else "pk"
    found = model._default_manager.filter(**{by: value}).first()  # noqa: SLF001
    if found is None:
        raise Refused(_("What it belonged to is no longer there."), 409)
    return found


def model_of(subject: str) -> type[Row] | None:
    """The model whose noun the subject begins with."""
    noun = subject.partition(":")[0]
    rows = (model for model in apps.get_models() if issubclass(model, Row))
    return next((model for model in rows if model.noun == noun), None)
