"""What an organisation is and was called, and how others have written it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tillit.kit.fields import DerivedTextField, FoldedField
from tillit.kit.loading.overlaps import sure_overlaps
from tillit.kit.loading.resolving import chunks
from tillit.kit.models import DatedQuerySet
from tillit.kit.search.index import follow
from tillit.kit.swedish import fold
from tillit.register.choices import NameKind
from tillit.register.likeness.naming import NameParts, parts_of, placed
from tillit.register.models.organisation import Organisation
from tillit.register.models.particular import Particular

LATELY = timedelta(days=31)  # as far back as it is looked for names that have begun or ended


def called(names: Iterable["Name"], day: date) -> str:
    """The official name on the day: a sure one before an assumed, of two the one that came last.

    Empty where no source reaches.
    """
    official = (name for name in names if name.kind == NameKind.OFFICIAL)
    holding = [name for name in official if name.as_read.active_on(day)]
    if not holding:
        return ""
    last = max(holding, key=lambda name: (not name.is_assumed_on(day), name.period.certain_from))
    return str(last.name)


def present_name(names: Iterable["Name"], day: date) -> str:
    """The official name that holds on the day; where none does, the one that came last."""
    official = [name for name in names if name.kind == NameKind.OFFICIAL]
    last = max(official, key=lambda name: name.period.certain_from, default=None)
    return called(official, day) or (str(last.name) if last else "")


class NameQuerySet(DatedQuerySet):
    def containing(self, text: str) -> Self:
        """Names of any kind and time with the text in them, whatever its accents and case."""
        folded = fold(text)
        return self.filter(folded__contains=folded) if folded else self.none()

    def official(self) -> Self:
        return self.filter(kind=NameKind.OFFICIAL)

    def called_on(self, day: date) -> str:
        """What the organisation was called on the day. Asks only if the rows are not at hand."""
        return called(self, day)

    def turning(self, day: date) -> Self:
        """Official names that have begun or ended lately, by when they may have."""
        lately = (day - LATELY, day)
        return self.official().filter(
            Q(possible_from__range=lately)
            | Q(certain_from__range=lately)
            | Q(certain_until__range=lately)
            | Q(possible_until__range=lately)
        )


class Name(Particular):
    """A name for a period: the official one, a short one, an alias, a known misspelling."""

    kind = models.CharField(max_length=12, choices=NameKind.choices)
    name = models.CharField(_("name"), max_length=200)
    folded = FoldedField(derive="name")
    # What it is found by however it is spelled: see `likeness`.
    sound = DerivedTextField(derive="parts.key", max_length=400, default="", db_index=True)
    sound_backwards = DerivedTextField(
        derive="backwards", max_length=400, default="", db_index=True
    )
    initials = DerivedTextField(
        derive="parts.initials_key", max_length=400, default="", db_index=True
    )

    objects: ClassVar[Any] = NameQuerySet.as_manager()

    class Meta(Particular.Meta):
        verbose_name = _("name")
        verbose_name_plural = _("names")
        ordering = ["organisation", "certain_from", "pk"]
        indexes = [models.Index(fields=["possible_from"], name="register_name_from")]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def parts(self) -> NameParts:
        return parts_of(self.name)

    @property
    def backwards(self) -> str:
        """How it sounds from its end, so that names that end alike stand together."""
        return placed(self.parts.sound[::-1], self.parts.whereabouts)

    def sought_beside(self) -> dict[str, Any]:
        return {"organisation": self.organisation, "folded": fold(self.name)}

    def says_the_same(self, other: Any) -> bool:
        """The name that an organisation goes by is the same, whatever else it is there."""
        same = self.name == other.name and self.kind in {other.kind, NameKind.OFFICIAL}
        return same and super().says_the_same(other)

    def take_in(self, other: Any) -> dict[str, Any]:
        return super().take_in(other) if self.kind == other.kind else {}

    def give_way(self, kept: Any) -> dict[str, Any]:
        """Where the kept one has its own official name in that time, this is another that it goes by."""
        if self.kind != NameKind.OFFICIAL:
            return {}
        official = Name.objects.official().filter(organisation=kept)
        at_once = any(it.period.collides_with(self.period) for it in official)
        return {"kind": NameKind.ALIAS} if at_once else {}

    def come_back(self, twin: Any) -> dict[str, Any] | None:
        """Nobody is left without a name."""
        return {} if twin is None else super().come_back(twin)

    def check_beside(self) -> None:
        self.check_all_beside([self])

    @classmethod
    def check_all_beside(cls, rows: Sequence["Name"]) -> None:
        """An organisation that is there has a name, and only one official name at a time."""
        by_owner = defaultdict(list)
        for row in rows:
            by_owner[row.organisation_id].append(row)
        for chunk in chunks(by_owner):
            official = defaultdict(list)
            for name in Name.objects.official().filter(organisation__in=chunk):
                official[name.organisation_id].append(name)
            there = Organisation.objects.filter(pk__in=chunk).order_by()
            for pk in there.values_list("pk", flat=True):
                refuse_nameless(official[pk])
                if len(official[pk]) > 1:
                    refuse_two_at_a_time(official[pk], by_owner[pk])

    def settle(self, day: date) -> None:
        self.settle_all([self], day)

    @classmethod
    def settle_all(cls, rows: Sequence["Name"], day: date) -> None:
        for chunk in chunks({it.organisation_id for it in rows}):
            named = Organisation.objects.filter(pk__in=chunk).prefetch_related("names")
            take_names(named, day)


def refuse_nameless(official: Sequence[Name]) -> None:
    if not official:
        raise ValidationError(
            _("An organisation must have a name. Write the new one first."), code="nameless"
        )


def refuse_two_at_a_time(official: Sequence[Name], rows: Iterable[Name]) -> None:
    """Raise ValidationError when one of the rows names an organisation that has another name then."""
    asked = {row.pk for row in rows}
    for former, later in sure_overlaps(official):
        if {former.pk, later.pk} & asked:
            other = former if later.pk in asked else later
            raise ValidationError(
                _("It is called “%(name)s” then. Let one name end where the other begins.")
                % {"name": other.name},
                code="overlap",
            )


@transaction.atomic
def take_names(organisations: Iterable[Organisation], day: date) -> int:
    """Let each go by the name that holds on the day. How many go by another name than before."""
    renamed = []
    for it in organisations:
        name = present_name(it.names.all(), day)
        if name and name != it.name:
            it.name = name
            it.save(update_fields=["name", "sort_key", "folded"])
            renamed.append(it)
    follow(renamed)
    return len(renamed)


def rename(day: date) -> int:
    """Let all go by the name that holds on the day, of whom one has begun or ended lately."""
    turning = Name.objects.turning(day).values("organisation")
    return take_names(Organisation.objects.filter(pk__in=turning).iterator(), day)
