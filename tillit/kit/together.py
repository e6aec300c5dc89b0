"""Changes that are one to people: each noted in one row of activity, in the same transaction."""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS
from django.db.models import ProtectedError, RestrictedError
from django.db.models.deletion import Collector
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.kit.circles import Viewer
from tillit.kit.citations import written_of
from tillit.kit.models import Activity, Citation, Row, Verb
from tillit.kit.refusal import Refused
from tillit.kit.search.index import follow
from tillit.kit.values import Values, sets_of, values_of, values_of_new

R = TypeVar("R", bound=Row)
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that are taken for each other
MANY = 500  # rows written in one question
SOURCE = "source"  # where the activity keeps what a row rested on


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


class Together:
    """Changes of one transaction that are one to people. `first` is what was noted first.

    `about` and `told_to` say on whose page, and to which circles, it is told; otherwise each row's own.
    """

    def __init__(
        self,
        actor: Actor,
        reason: str = "",
        about: str = "",
        told_to: tuple[str, str] | None = None,
    ) -> None:
        self.actor, self.reason, self.about, self.told_to = actor, reason, about, told_to
        self.first: Activity | None = None
        self._touched: dict[str, Row] = {}

    def create(self, row: R, sets: Mapping[str, Any] | None = None, undoes: Any = None) -> R:
        """Write a new row. Raises ValidationError when it breaks a rule of its noun."""
        row.lock()
        row.key = row.key or new_key()
        row.full_clean()
        row.save(force_insert=True)
        for name, rows in (sets or {}).items():
            getattr(row, name).set(rows)
        after = {name: [None, value] for name, value in values_of(row).items()}
        self._note(row, Verb.CREATED, after, undoes)
        return row

    def create_all(self, rows: Sequence[Row]) -> None:
        """Write many new rows of one noun, with keys and without sets, at the cost of few.

        For rows that belong to what is new itself, or is locked by the caller. Raises ValidationError.
        """
        if not rows:
            return
        related = {field.name for field in rows[0]._meta.concrete_fields if field.is_relation}  # noqa: SLF001
        for row in rows:
            row.clean_fields(exclude=related)  # that they are there the database sees to
            row.clean()
        told = [row.told_to for row in rows]
        type(rows[0])._default_manager.bulk_create(rows, batch_size=MANY)  # noqa: SLF001
        noted = [
            noting(row, Verb.CREATED, {}, self.actor, self.reason, told_to=self.told_to or circles)
            for row, circles in zip(rows, told, strict=True)
        ]
        for it, row in zip(noted, rows, strict=True):
            it.changes = {name: [None, value] for name, value in values_of_new(row).items()}
            it.about = self.about or it.about
        self.note_all(noted, rows)

    def note_all(self, noted: list[Activity], rows: Sequence[Row]) -> None:
        """Write what was noted of the rows."""
        self._touched |= {row.subject: row for row in rows}
        if self.first is None:
            noted[0].save()
            self.first, noted = noted[0], noted[1:]
        for it in noted:
            it.part_of = self.first
        Activity.objects.bulk_create(noted, batch_size=MANY)

    def change(self, row: Row, new: Mapping[str, Any], undoes: Any = None) -> Activity | None:
        """Give a stored row new values. Returns what was noted, or nothing when nothing differs.

        The row is locked and read anew first, so that what is noted as before is what was overwritten.
        """
        stored = stored_anew(row)
        before = values_of(stored)
        sets = sets_of(stored) & new.keys()
        for name in new.keys() - sets:
            setattr(stored, name, new[name])
        stored.full_clean()
        stored.save()
        for name in sets:
            getattr(stored, name).set(new[name])
        after = values_of(stored)
        for name in {*new, "circle"} - sets:
            setattr(row, name, getattr(stored, name))
        differing = {
            name: [before[name], after[name]] for name in after if before[name] != after[name]
        }
        return self._note(stored, Verb.CHANGED, differing, undoes) if differing else None

    def remove(self, row: Row, undoes: Any = None) -> Activity:
        """Delete a row that should never have been there. What ended has an end instead.

        What it said is told to those alone who look after it, and what it rested on is kept with that.
        Raises ValidationError when other rows rest on it.
        """
        stored = stored_anew(row)
        before = {name: [value, None] for name, value in values_of(stored).items()}
        if rested := written_of(stored.subject):
            before[SOURCE] = [rested, []]
        refuse_to_take_along(stored)
        circle, also = self.told_to or stored.told_when_gone
        told = Activity.objects.filter(subject=stored.subject)
        told.update(circle=circle, also=also)
        noted = self._note(stored, Verb.REMOVED, before, undoes, (circle, also))
        Citation.objects.filter(subject=stored.subject).delete()
        stored.delete()
        return noted

    def _note(
        self,
        row: Row,
        verb: Verb,
        changes: Values,
        undoes: Activity | None,
        told_to: tuple[str, str] | None = None,
    ) -> Activity:
        noted = note(row, verb, changes, self.actor, self.reason, undoes, told_to or self.told_to)
        if self.about or self.first:
            noted.about, noted.part_of = self.about or noted.about, self.first
            noted.save(update_fields=["about", "part_of"])
        self.first = self.first or noted
        self._touched[row.subject] = row
        return noted

    def touch(self, rows: Iterable[Row]) -> None:
        """Rows that were written in another way: their rules are held, and the index follows."""
        self._touched |= {row.subject: row for row in rows}

    def forget(self, row: Row) -> None:
        """A row that was removed in another way."""
        self._touched.pop(row.subject, None)

    @property
    def touched(self) -> list[Row]:
        return list(self._touched.values())

    def finish(self) -> None:
        """Hold the rules of several rows, and see to what follows, in the index too.

        Raises ValidationError.
        """
        day = timezone.localdate(self.first.at) if self.first else timezone.localdate()
        by_noun: dict[type[Row], list[Row]] = defaultdict(list)
        for row in self._touched.values():
            by_noun[type(row)].append(row)
        for noun, rows in by_noun.items():
            noun.check_all_beside(rows)
        for noun, rows in by_noun.items():
            noun.settle_all(rows, day)
        follow(self._touched.values())


def note(  # noqa: PLR0917 (a row of a table, in its order)
    row: Row,
    verb: Verb,
    changes: Values,
    actor: Actor,
    reason: str = "",
    undoes: Activity | None = None,
    told_to: tuple[str, str] | None = None,
) -> Activity:
    noted = noting(row, verb, changes, actor, reason, undoes, told_to)
    noted.save(force_insert=True)
    return noted


def noting(  # noqa: PLR0917 (as above)
    row: Row,
    verb: Verb,
    changes: Values,
    actor: Actor,
    reason: str = "",
    undoes: Activity | None = None,
    told_to: tuple[str, str] | None = None,
) -> Activity:
    """The row of activity, not yet written."""
    circle, also = told_to or row.told_to
    return Activity(
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


def stored_anew(row: R) -> R:
    """The row as it is now, locked. Raises Refused when somebody has removed it meanwhile."""
    row.lock()
    rows = type(row)._default_manager.select_for_update()  # noqa: SLF001
    found: R | None = rows.filter(pk=row.pk).first() if row.pk else None
    if found is None:
        raise Refused(_("It is no longer there."), 409)
    return found


def refuse_to_take_along(row: Row) -> None:
    """Raise ValidationError when other rows would go with the row, or hinder it from going."""
    collector = Collector(using=DEFAULT_DB_ALIAS)
    try:
        collector.collect([row])
    except (ProtectedError, RestrictedError):
        raise rested_on()
    kept = chain.from_iterable(collector.data.values())
    quickly = (
        rows
        for rows in collector.fast_deletes
        if not rows.model._meta.auto_created  # noqa: SLF001
    )
    if any(it != row for it in kept) or any(rows.exists() for rows in quickly):
        raise rested_on()


def rested_on() -> ValidationError:
    return ValidationError(
        _("Other things belong to it, so it can't be removed. Say when it ended instead."),
        code="rested_on",
    )
