"""How it goes with measures: what both sides say, or else what each of them says."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from tillit.agreements.choices import MeasureState
from tillit.agreements.knowing import statuses_known
from tillit.agreements.models import Measure, MeasureStatus
from tillit.kit.circles import Viewer
from tillit.register.choices import Side

Text = str | Promise
DIFFERS, ONE_SIDE, NOTHING = "differs", "one_side", "nothing"


def with_statuses(measures: list[Measure], viewer: Viewer) -> list[Measure]:
    """Each with `statuses_told`: what the viewer may read of what was said, the earliest first."""
    found: dict[int, list[MeasureStatus]] = defaultdict(list)
    for key in {it.version.agreement.key for it in measures}:
        for row in statuses_known(key, viewer):
            found[row.measure_id].append(row)
    for it in measures:
        it.statuses_told = in_order(found[it.pk])
    return measures


def in_order(rows: Iterable[MeasureStatus]) -> list[MeasureStatus]:
    return sorted(rows, key=lambda row: (row.when.earliest, row.pk))


@dataclass(frozen=True)
class Progress:
    """What each side says on a day."""

    views: Sequence[tuple[Side, MeasureStatus | None]]

    @property
    def said(self) -> list[MeasureStatus]:
        return [row for _side, row in self.views if row]

    @property
    def together(self) -> MeasureState | None:
        """What both say, if they say the same."""
        states = {row.status for row in self.said}
        whole = len(self.said) == len(Side) and len(states) == 1
        return MeasureState(states.pop()) if whole else None

    @property
    def kind(self) -> str:
        """The joint state, or why there is none."""
        if self.together:
            return self.together.value
        return {0: NOTHING, 1: ONE_SIDE}.get(len(self.said), DIFFERS)


def progress_of(measure: Measure, day: date) -> Progress:
    """Of one whose statuses have been fetched."""
    last: dict[str, MeasureStatus] = {}
    for row in measure.statuses_told:
        if row.when.earliest <= day:
            last[row.side] = row
    return Progress([(side, last.get(side.value)) for side in Side])


@dataclass(frozen=True)
class Figure:
    """So many measures of which the same is said."""

    label: Text
    count: int
    tone: str


def figure_of(kind: str, count: int = 1) -> Figure:
    others = {
        DIFFERS: _("the sides see it differently"),
        ONE_SIDE: _("only one side has said"),
        NOTHING: _("nothing said yet"),
    }
    if kind in others:
        return Figure(others[kind], count, "plain")
    state = MeasureState(kind)
    return Figure(state.label, count, state.tone)


def figures(measures: Sequence[Measure], day: date) -> list[Figure]:
    """How it goes with all of them; nothing where no side has said anything of any."""
    kinds = Counter(progress_of(it, day).kind for it in measures)
    if set(kinds) <= {NOTHING}:
        return []
    order = [*MeasureState.values, DIFFERS, ONE_SIDE, NOTHING]
    return [figure_of(kind, kinds[kind]) for kind in order if kinds[kind]]


def tell_progress(measures: Sequence[Measure], day: date) -> list[Measure]:
    """Each with `goes`: how it goes in a few words, if any side has said."""
    for it in measures:
        kind = progress_of(it, day).kind
        it.goes = None if kind == NOTHING else figure_of(kind)
    return list(measures)
