"""`stated_figures:` in the files."""

from typing import Annotated, Self

from django.apps import apps
from django.db.models import Model
from django.utils.translation import gettext as _
from pydantic import BeforeValidator, model_validator

from tillit.kit.loading.citing import Sourced
from tillit.kit.loading.entries import Entry
from tillit.kit.loading.faults import Wrong, one_of, quoted
from tillit.kit.loading.plan import Plan
from tillit.kit.loading.shapes import DatedShape, Line, Slug, Whole, line, word_of
from tillit.kit.loading.tables import Table
from tillit.kit.loading.wanted import Ref
from tillit.kit.models import Looseness, StatedFigure

VALUES = {"about", "measure", "as_written", "looseness", "low", "high"}


def nouns() -> dict[str, type[Model]]:
    """All that can be spoken of as `noun:key`, of whatever context."""
    named = ((getattr(model, "noun", None), model) for model in apps.get_models())
    return {noun: model for noun, model in named if isinstance(noun, str)}


def subject(value: object) -> str:
    written = line(value)
    noun, colon, key = written.partition(":")
    if noun not in nouns() or not colon or not key:
        raise Wrong(
            _("“%(subject)s” is not a subject") % {"subject": quoted(written)},
            _("write NOUN:KEY, for example organisation:natverket. %(remedy)s")
            % {"remedy": one_of(sorted(nouns()), noun)},
        )
    return written


class StatedFigureShape(DatedShape, Sourced):
    key: Slug
    about: Annotated[str, BeforeValidator(subject)]
    measure: Line
    as_written: Line
    looseness: Annotated[str, word_of(Looseness)]
    low: Whole
    high: Whole | None = None

    @model_validator(mode="after")
    def high_is_of_between(self) -> Self:
        if (self.high is not None) != (self.looseness == Looseness.BETWEEN):
            raise Wrong(
                _("“high” belongs to “between” and to nothing else"),
                _("write both “low” and “high” with “between”, and otherwise only “low”"),
                "high",
            )
        if self.high is not None and self.high < self.low:
            raise Wrong(_("“high” is lower than “low”"), _("let them change places"), "high")
        return self


class StatedFigures(Table[StatedFigureShape]):
    name = "stated_figures"
    shape = StatedFigureShape
    models = (StatedFigure,)

    def rows(self, entry: Entry[StatedFigureShape], plan: Plan) -> None:
        said = entry.shape
        values = said.model_dump(include=VALUES)
        plan.want(
            StatedFigure,
            entry,
            key=said.key,
            values={**values, **said.dates},
            cited=said.source,
            named=[_about(said.about)],
        )


def _about(subject: str) -> Ref:
    noun, _colon, key = subject.partition(":")
    return Ref(nouns()[noun], key, ("about",))
