"""All rows of one load, before anything is written."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from tillit.kit.loading.citing import Cited
from tillit.kit.loading.entries import Entry
from tillit.kit.loading.faults import Faults, did_you_mean, one_of, quoted
from tillit.kit.loading.wanted import Ref, Wanted
from tillit.kit.models import Row, Source


class Plan:
    """What the files want. Tables add to it and check it; a fault anywhere stops the writing."""

    def __init__(self, faults: Faults, today: date, *, complete: bool = True) -> None:
        self.faults = faults
        self.warnings = Faults()
        self.today = today
        self.wanted: dict[type[Model], dict[str, Wanted]] = defaultdict(dict)
        self.stored: dict[type[Model], dict[str, Any]] = defaultdict(dict)
        # Entries with faults of their own: that others name them is no fault.
        self._flawed: set[str] = set()
        self._complete = complete

    def want(
        self,
        model: type[Row],
        entry: Entry[Any],
        *,
        key: str = "",
        otherwise: str = "",
        values: dict[str, Any],
        refs: Mapping[str, Ref | None] | None = None,
        many: Mapping[str, Sequence[Ref]] | None = None,
        cited: Sequence[Cited] = (),
        named: Sequence[Ref] = (),
    ) -> Wanted | None:
        """Add a row, with the key that the file gives it or one that is worked out.

        A given key that is taken is a fault, and nothing is added; another is numbered.
        """
        taken = self.wanted[model].get(key)
        if taken:
            self._tell_of_double(key, entry, taken)
            return None
        key = key or self._free(model, otherwise)
        wanted = Wanted(model, key, entry, values, refs or {}, many or {}, cited, named)
        self.wanted[model][key] = wanted
        return wanted

    def _tell_of_double(self, key: str, entry: Entry[Any], taken: Wanted) -> None:
        self.faults.add(
            entry.spot("key"),
            _("the key “%(key)s” is used twice, first in %(spot)s")
            % {"key": key, "spot": taken.entry.spot("key")},
            _("give one of them another key, or write them as one"),
        )

    def _free(self, model: type[Row], key: str) -> str:
        taken, free, number = self.wanted[model], key, 1
        while free in taken:
            number += 1
            free = f"{key}.{number}"
        return free

    def leave_out(self, wanted: Wanted) -> None:
        """Want the row no longer."""
        del self.wanted[wanted.model][wanted.key]

    def of(self, model: type[Model]) -> list[Wanted]:
        return list(self.wanted[model].values())

    def all(self) -> Iterator[Wanted]:
        for rows in self.wanted.values():
            yield from rows.values()

    def differing(self) -> list[Wanted]:
        """The rows that are new or say something else than before."""
        return [it for it in self.all() if it.is_new or it.changes]

    def forgive(self, key: str) -> None:
        """Say that the entry with the key has faults, so that naming it is not another."""
        self._flawed.add(key)

    def find(self, model: type[Model], key: str) -> Any:
        """The row with the key, of this load or from the database, or None."""
        if key in self.wanted[model]:
            return self.wanted[model][key].row
        return self.stored[model].get(key)

    def look_up(self, wanted: Wanted, ref: Ref) -> Any:
        """The row that is named. That there is none is told, and None."""
        row = self.find(ref.model, ref.key)
        if row is None:
            wanted.is_whole = False
            if self._complete and not {ref.key, ref.key.partition(".")[0]} & self._flawed:
                self._tell_of_unknown(wanted, ref)
        return row

    def _tell_of_unknown(self, wanted: Wanted, ref: Ref) -> None:
        noun = ref.model._meta.verbose_name  # noqa: SLF001 (Django's own name for it)
        self.faults.add(
            wanted.entry.spot(*ref.path),
            _("no %(noun)s has the key “%(key)s”") % {"noun": noun, "key": quoted(ref.key)},
            ref.remedy
            or did_you_mean(ref.key, self.wanted[ref.model])
            or _("mend the key, or add the row to the files"),
        )

    def check_cited(self, wanted: Wanted) -> None:
        """Each citation is at a source that is known, and of a value that the row has."""
        written = type(wanted.entry.shape).model_fields
        known = {*written, *(field.name for field in wanted.model._meta.fields)}  # noqa: SLF001
        for number, cited in enumerate(wanted.cited):
            self.look_up(wanted, Ref(Source, cited.source, ("source", number)))
            if cited.field and cited.field not in known:
                self.faults.add(
                    wanted.entry.spot("source", number, "field"),
                    _("the row has no value “%(field)s”") % {"field": quoted(cited.field)},
                    one_of(written, cited.field),
                )
