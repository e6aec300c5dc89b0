"""Agreements and drafts begun, drafts made as copies of other versions, and taken away."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from tillit.agreements.choices import Stage
from tillit.agreements.models import (
    Adoption,
    Agreement,
    Aim,
    Commitment,
    Definition,
    Measure,
    Party,
    Principle,
    Section,
    Version,
)
from tillit.kit.changes import Actor, new_key, together
from tillit.kit.editing import deeds
from tillit.kit.editing.deeds import OWN_TO_EACH
from tillit.kit.fields import Derived
from tillit.kit.loading.keys import joined, slugged
from tillit.kit.locks import one_at_a_time
from tillit.kit.models import Activity
from tillit.kit.refusal import Refused
from tillit.kit.together import Together
from tillit.register.choices import Side

TAKEN = {"ny"}  # words of addresses that stand where a key would
PARTS = (Measure, Commitment, Principle, Definition, Aim, Section)


def free_key(model: Any, text: str, within: str = "") -> str:
    """A key of the text that no row has."""
    base, number = slugged(text), 1
    key = base
    while key in TAKEN or model.objects.filter(key=joined(within, key)).exists():
        number += 1
        key = f"{base}-{number}"
    return joined(within, key)


def begin(said: dict[str, Any], actor: Actor, day: date) -> tuple[Agreement, Activity | None]:
    """Enter an agreement with a party of each side. Raises ValidationError."""
    columns = ("title", "level", "place", "parent", "description", "start", "private")
    with together(actor) as it:
        one_at_a_time("agreements.tree")
        agreement = Agreement(**{name: said[name] for name in columns})
        agreement.key = free_key(Agreement, agreement.title)
        agreement = deeds.add(it, agreement, {}, day)
        for side in Side.values:
            party = Party(
                key=f"{agreement.key}.party.{new_key()}",
                agreement=agreement,
                side=side,
                title=said[f"{side}_title"],
                organisation=said[f"{side}_organisation"],
                start=agreement.start,
            )
            deeds.add(it, party, {}, day)
    return agreement, it.first


@dataclass
class Copying:
    """The parts of a version written as those of a new one."""

    it: Together
    source: Version
    version: Version
    new: dict[tuple[str, int], Any] = field(default_factory=dict)

    @property
    def is_inherited(self) -> bool:
        """Whether it comes from the agreement that this one builds on."""
        return self.source.agreement_id != self.version.agreement_id

    def copy(self) -> None:
        """Of what an agreement builds on, the principles and the words; of its own, all of it."""
        self.rows(Definition)
        self.rows(Principle, taken_from=self.taken_from)
        if not self.is_inherited:
            self.rows(Section)
            self.rows(Aim)
            self.rows(Commitment, principle=lambda row: self.now("principle", row.principle_id))
            self.measures()

    def taken_from(self, row: Principle) -> Any:
        return row if self.is_inherited else row.taken_from

    def now(self, noun: str, pk: int | None) -> Any:
        """What a row of the source has become."""
        return self.new.get((noun, pk)) if pk else None

    def rows(self, model: Any, **columns: Any) -> None:
        found = list(model.objects.filter(version=self.source))
        made = [self.like(row, **{name: of(row) for name, of in columns.items()}) for row in found]
        self.it.create_all(made)
        self.new |= {(model.noun, old.pk): row for old, row in zip(found, made, strict=True)}

    def like(self, row: Any, **columns: Any) -> Any:
        own = {
            column.name: getattr(row, column.name)
            for column in row._meta.concrete_fields  # noqa: SLF001
            if column.name not in OWN_TO_EACH and not isinstance(column, Derived)
        }
        key = f"{self.version.key}.{row.noun}.{new_key()}"
        return type(row)(**{**own, "key": key, "version": self.version, **columns})

    def measures(self) -> None:
        """Each continues the one that it was; when it is to be done is to be said anew."""
        version = self.version
        for row in Measure.objects.filter(version=self.source).prefetch_related("serves"):
            key = f"{version.agreement.key}.{version.local_key}-{row.number}"
            made = self.like(row, key=key, continues=row)
            serves = [self.now("commitment", it.pk) for it in row.serves.all()]
            self.it.create(made, {"serves": [it for it in serves if it]})


def draft(
    agreement: Agreement, label: str, title: str, source: Version | None, actor: Actor
) -> tuple[Version, Activity | None]:
    """Begin a draft. The agreement must be held. Raises ValidationError."""
    key = free_key(Version, label, agreement.key)
    row = Version(key=key, agreement=agreement, label=label, title=title, stage=Stage.DRAFT)
    with together(actor) as it:
        it.create(row)
        if source:
            Copying(it, source, row).copy()
    return row, it.first


def take_away(version: Version, actor: Actor) -> Activity | None:
    """Remove a draft with all its parts. The agreement must be held. Raises Refused."""
    if Adoption.objects.filter(version=version).exists():
        raise Refused(_("A party has said what it did with this version, so it stays."), 409)
    with together(actor) as it:
        for model in PARTS:
            rows: Any = model._default_manager.filter(version=version)  # noqa: SLF001
            for row in rows:
                it.remove(row)
        it.remove(version)
    return it.first
